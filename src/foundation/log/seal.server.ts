import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Door, Tx } from '../database/door.server.ts';
import { lockNumber } from '../jobs/lock-number.ts';
import { beforeFirstSeal, canonicalLine, hashSeal, lineSelection } from './canonical.ts';
import type { LineRecord } from './canonical.ts';
import { inIndexOrder } from './index-order.ts';

export type SealResult =
	/** Another process is sealing this network. */
	| { readonly state: 'busy' }
	/** There is no finished line after the last seal. */
	| { readonly state: 'idle' }
	| { readonly state: 'sealed'; readonly sealNumber: number; readonly lineCount: number; readonly hash: Buffer; readonly more: boolean };

export interface SealWish {
	/** Most lines under one seal, save that the lines of one transaction are never parted. Default 20,000. */
	readonly maxLines?: number;
	/** `sealAll` stops after the batch under way. */
	readonly signal?: AbortSignal;
}

interface Mark {
	readonly horizon: string;
	readonly current_epoch: number;
	readonly seal_number: number | null;
	readonly epoch: number | null;
	readonly upto_xid: string | null;
	readonly hash: Buffer | null;
}

/**
 * Seals the lines of one network that stand after its last seal and whose transactions are finished, at most one batch.
 * A line of a transaction that is still open is left for a later seal: nothing is sealed at or beyond the oldest open transaction.
 */
export function sealNetwork(door: Door, networkId: string, now: Date, wish: SealWish = {}): Promise<SealResult> {
	return door.job(networkId, now, async (tx): Promise<SealResult> => {
		const locked = await sql<{
			locked: boolean;
		}>`select pg_try_advisory_xact_lock(${lockNumber(`log seal ${networkId}`)}::bigint) as locked`.execute(raw(tx));
		if (locked.rows[0]?.locked !== true) return { state: 'busy' };
		for (const setting of inIndexOrder.split('; ')) await sql.raw(setting).execute(tx);
		// The horizon is taken before the lines are read: whatever was finished then is finished, and visible, in every later statement.
		const marks = await sql<Mark>`
			select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, i.epoch as current_epoch, s.seal_number, s.epoch, s.upto_xid::text as upto_xid, s.hash
			from app.installation i
			left join lateral (
				select * from log_seal where network_id = ${networkId} order by seal_number desc limit 1
			) s on true`.execute(raw(tx));
		const mark = marks.rows[0];
		if (mark === undefined) throw new Error('app.installation has no row.');
		const lines = await nextLines(tx, networkId, mark, wish.maxLines ?? 20_000);
		const first = lines.batch[0];
		const last = lines.batch.at(-1);
		if (first === undefined || last === undefined) return { state: 'idle' };

		const seal = {
			network_id: networkId,
			seal_number: String((mark.seal_number ?? 0) + 1),
			epoch: String(first.epoch),
			upto_xid: String(last.xid),
			line_count: String(lines.batch.length),
			sealed_at: `${now.getTime()}000`
		};
		const hash = hashSeal(mark.hash ?? beforeFirstSeal, hashLines(lines.batch), seal);
		await sql`insert into log_seal (network_id, seal_number, epoch, upto_xid, line_count, hash, sealed_at)
			values (${networkId}, ${seal.seal_number}, ${seal.epoch}, ${seal.upto_xid}::xid8, ${lines.batch.length}, ${hash}, ${now})`.execute(raw(tx));
		return { state: 'sealed', sealNumber: Number(seal.seal_number), lineCount: lines.batch.length, hash, more: lines.more };
	});
}

/** Seals everything of one network that can be sealed now. Answers how many lines. */
export async function sealAll(door: Door, networkId: string, now: () => Date, wish: SealWish = {}): Promise<number> {
	let lines = 0;
	for (;;) {
		const result = await sealNetwork(door, networkId, now(), wish);
		if (result.state !== 'sealed') return lines;
		lines += result.lineCount;
		if (!result.more || wish.signal?.aborted === true) return lines;
	}
}

const raw = (tx: Tx): Tx => tx.withoutPlugins();

function hashLines(lines: readonly LineRecord[]): Buffer {
	const hash = createHash('sha256');
	for (const line of lines) hash.update(canonicalLine(line), 'utf8');
	return hash.digest();
}

/** The next batch: lines of one epoch, cut between two transactions. */
async function nextLines(
	tx: Tx,
	networkId: string,
	mark: Mark,
	maxLines: number
): Promise<{ batch: readonly LineRecord[]; more: boolean }> {
	const found = await sql<LineRecord>`
		select ${sql.raw(lineSelection)} from log_line
		where network_id = ${networkId}
			and (epoch, xid) > (${mark.epoch ?? 0}, ${mark.upto_xid ?? '0'}::xid8)
			and (epoch, xid) < (${mark.current_epoch}, ${mark.horizon}::xid8)
		order by log_line.epoch, log_line.xid, log_line.line_id
		limit ${maxLines + 1}`.execute(raw(tx));
	const rows = found.rows;
	const first = rows[0];
	if (first === undefined) return { batch: [], more: false };
	const sameEpoch = rows.filter((line) => line.epoch === first.epoch);
	const beyond = rows[maxLines];
	if (sameEpoch.length < rows.length) return { batch: sameEpoch, more: true };
	if (beyond === undefined) return { batch: rows, more: false };
	const whole = rows.filter((line) => line.xid !== beyond.xid);
	if (whole.length > 0) return { batch: whole, more: true };
	// One transaction wrote more lines than a batch holds: it is sealed whole.
	const all = await sql<LineRecord>`
		select ${sql.raw(lineSelection)} from log_line
		where network_id = ${networkId} and log_line.epoch = ${first.epoch} and log_line.xid = ${first.xid}::xid8
		order by log_line.line_id`.execute(raw(tx));
	return { batch: all.rows, more: true };
}
