import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../database/door.server.ts';
import { beforeFirstSeal, canonicalLine, hashSeal, lineSelection, sealSelection } from './canonical.ts';
import type { LineRecord, SealRecord } from './canonical.ts';

/** What the last seals of a network say of their lines, counted again by who may read them. */
export interface CheckedSeals {
	/** How many seals were counted again, and over how many lines. */
	readonly checked: number;
	readonly lines: number;
	/** The first of them that does not fit its lines or the seal before it; null when all hold. */
	readonly broken: number | null;
	readonly last: { readonly sealNumber: number; readonly hash: string; readonly sealedAt: Date } | null;
	/** Lines younger than the last seal: not yet protected. */
	readonly unsealed: number;
}

/** Most lines that the sealer puts under one seal. */
const mostUnderOne = 20_000;

type StoredSeal = SealRecord & { readonly hash: Buffer };

/**
 * Counts the last seals again from the lines, in a transaction that may read the whole log: at most `mostSeals` of them and about `mostLines`
 * lines, so that a page can do it. The whole chain is counted by `loopplank verify`.
 */
export async function checkLastSeals(tx: Tx, networkId: string, mostSeals = 50, mostLines = 5_000): Promise<CheckedSeals> {
	const raw = tx.withoutPlugins();
	const newestFirst = await sql<StoredSeal>`select ${sql.raw(sealSelection)}, hash from log_seal
		where network_id = ${networkId} order by log_seal.seal_number desc limit ${mostSeals + 1}`.execute(raw);
	let wanted = 0;
	for (let lines = 0; wanted < Math.min(mostSeals, newestFirst.rows.length); wanted++) {
		lines += Number(newestFirst.rows[wanted]?.line_count ?? 0);
		if (wanted > 0 && lines > mostLines) break;
	}
	const before = newestFirst.rows[wanted] ?? null;
	const seals = newestFirst.rows.slice(0, wanted).toReversed();
	const found = await sql<LineRecord>`select ${sql.raw(lineSelection)} from log_line
		where network_id = ${networkId} and (epoch, xid) > (${before?.epoch ?? '0'}::integer, ${before?.upto_xid ?? '0'}::xid8)
		order by log_line.epoch, log_line.xid, log_line.line_id limit ${mostLines + mostUnderOne}`.execute(raw);
	let at = 0;
	let broken: number | null = null;
	let previous: { readonly hash: Uint8Array; readonly number: number } =
		before === null ? { hash: beforeFirstSeal, number: 0 } : { hash: before.hash, number: Number(before.seal_number) };
	for (const seal of seals) {
		const hash = createHash('sha256');
		const first = at;
		for (let line = found.rows[at]; line !== undefined && isUpTo(line, seal); line = found.rows[++at])
			hash.update(canonicalLine(line), 'utf8');
		const holds =
			Number(seal.seal_number) === previous.number + 1 &&
			at - first === Number(seal.line_count) &&
			hashSeal(previous.hash, hash.digest(), seal).equals(seal.hash);
		if (!holds && broken === null) broken = Number(seal.seal_number);
		previous = { hash: seal.hash, number: Number(seal.seal_number) };
	}
	const last = seals.at(-1);
	return {
		checked: seals.length,
		lines: at,
		broken,
		last:
			last === undefined
				? null
				: {
						sealNumber: Number(last.seal_number),
						hash: last.hash.toString('hex'),
						sealedAt: new Date(Number(BigInt(last.sealed_at) / 1000n))
					},
		unsealed: found.rows.length - at
	};
}

const isUpTo = (line: LineRecord, seal: SealRecord): boolean => {
	const epochs = Number(line.epoch) - Number(seal.epoch);
	return epochs < 0 || (epochs === 0 && BigInt(line.xid ?? 0) <= BigInt(seal.upto_xid));
};
