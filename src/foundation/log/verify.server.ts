import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { beforeFirstSeal, canonicalLine, hashSeal, lineSelection, sealSelection } from './canonical.ts';
import type { LineRecord, SealRecord } from './canonical.ts';

/** What is wrong with a log. `expected` and `found` count lines. */
export type Finding =
	/** A line under this seal was altered, or lines were exchanged: the count is right, the hash is not. */
	| { readonly kind: 'line_altered'; readonly networkId: string; readonly sealNumber: number; readonly lineCount: number }
	| {
			readonly kind: 'line_removed';
			readonly networkId: string;
			readonly sealNumber: number;
			readonly expected: number;
			readonly found: number;
	  }
	| {
			readonly kind: 'line_inserted';
			readonly networkId: string;
			readonly sealNumber: number;
			readonly expected: number;
			readonly found: number;
	  }
	/** The lines are whole, the row of the seal is not. */
	| { readonly kind: 'seal_altered'; readonly networkId: string; readonly sealNumber: number }
	/** The seal is gone; the seal after it cannot be checked. */
	| { readonly kind: 'seal_missing'; readonly networkId: string; readonly sealNumber: number }
	| AnchorFinding;

export type AnchorFinding =
	/** A seal that was kept outside is not in the log any more: its end was cut off. */
	| { readonly kind: 'anchor_missing'; readonly networkId: string; readonly sealNumber: number }
	/** A seal that was kept outside has another hash in the log: it was rewritten from there or before. */
	| { readonly kind: 'anchor_differs'; readonly networkId: string; readonly sealNumber: number };

/** A seal as it was kept outside: on a receipt, or in the mail to a checker. */
export interface Anchor {
	readonly networkId: string;
	readonly sealNumber: number;
	/** 64 hexadecimal digits. */
	readonly hash: string;
}

export interface NetworkReport {
	readonly networkId: string;
	readonly lines: number;
	readonly seals: number;
	/** Lines younger than the last seal: not yet protected. */
	readonly unsealed: number;
	/** The moment of the oldest of them. */
	readonly unsealedSince: Date | null;
	readonly lastSeal: { readonly sealNumber: number; readonly hash: string; readonly sealedAt: Date } | null;
}

export interface LogReport {
	readonly networks: readonly NetworkReport[];
	readonly findings: readonly Finding[];
}

export interface VerifyWish {
	/** Only this network; default: all. */
	readonly networkId?: string;
	readonly anchors?: readonly Anchor[];
	readonly onProgress?: (progress: { readonly networkId: string; readonly lines: number }) => void;
}

type StoredSeal = SealRecord & { readonly hash: Buffer };

/**
 * Counts every seal again from the lines, in one snapshot, with a fixed amount of memory. Does not use what the sealer decided:
 * only the seals and the lines as they stand. A rewritten end is found by an anchor alone.
 */
export async function verifyLog(owner: ClientBase, wish: VerifyWish = {}): Promise<LogReport> {
	await owner.query('begin isolation level repeatable read read only');
	try {
		const networks = await owner.query<{ network_id: string }>(
			`select network_id::text as network_id from network where $1::uuid is null or network_id = $1::uuid order by network_id`,
			[wish.networkId ?? null]
		);
		const reports: NetworkReport[] = [];
		const findings: Finding[] = [];
		for (const { network_id: networkId } of networks.rows) {
			const one = await verifyNetwork(owner, networkId, wish.onProgress);
			reports.push(one.report);
			findings.push(...one.findings);
		}
		for (const anchor of wish.anchors ?? []) {
			const finding = await verifyAnchor(owner, anchor);
			if (finding !== null) findings.push(finding);
		}
		await owner.query('commit');
		return { networks: reports, findings };
	} catch (error) {
		await owner.query('rollback');
		throw error;
	}
}

/** Compares a seal kept outside with the log. Null when it is the same. */
export async function verifyAnchor(owner: ClientBase, anchor: Anchor): Promise<AnchorFinding | null> {
	const { networkId, sealNumber } = anchor;
	const found = await owner.query<{ hash: string }>(
		`select encode(hash, 'hex') as hash from log_seal where network_id = $1 and seal_number = $2`,
		[networkId, sealNumber]
	);
	const hash = found.rows[0]?.hash;
	if (hash === undefined) return { kind: 'anchor_missing', networkId, sealNumber };
	return hash === anchor.hash.trim().toLowerCase() ? null : { kind: 'anchor_differs', networkId, sealNumber };
}

async function verifyNetwork(
	owner: ClientBase,
	networkId: string,
	onProgress: VerifyWish['onProgress']
): Promise<{ report: NetworkReport; findings: readonly Finding[] }> {
	const seals = readRows<StoredSeal>(
		owner,
		'verify_seals',
		`select ${sealSelection}, hash from log_seal where network_id = $1 order by log_seal.seal_number`,
		networkId
	);
	const lines = readRows<LineRecord>(
		owner,
		'verify_lines',
		`select ${lineSelection} from log_line where network_id = $1 order by log_line.epoch, log_line.xid, log_line.line_id`,
		networkId,
		(count) => onProgress?.({ networkId, lines: count })
	);
	const chain = new Chain(networkId);
	let line = await lines.next();
	let lineCount = 0;
	for await (const seal of seals) {
		const hash = createHash('sha256');
		let found = 0;
		while (line.done !== true && isUpTo(line.value, seal)) {
			hash.update(canonicalLine(line.value), 'utf8');
			found++;
			line = await lines.next();
		}
		lineCount += found;
		chain.check(seal, hash.digest(), found);
	}
	let unsealed = 0;
	while (line.done !== true) {
		unsealed++;
		line = await lines.next();
	}
	const last = chain.last;
	return {
		report: {
			networkId,
			lines: lineCount + unsealed,
			seals: chain.seals,
			unsealed,
			unsealedSince: unsealed === 0 ? null : await oldestUnsealed(owner, networkId, last),
			lastSeal:
				last === null
					? null
					: {
							sealNumber: Number(last.seal_number),
							hash: last.hash.toString('hex'),
							sealedAt: new Date(Number(BigInt(last.sealed_at) / 1000n))
						}
		},
		findings: chain.findings
	};
}

async function oldestUnsealed(owner: ClientBase, networkId: string, last: StoredSeal | null): Promise<Date | null> {
	const found = await owner.query<{ ms: string | null }>(
		`select floor(extract(epoch from min(at) filter (where isfinite(at))) * 1000)::text as ms
		from log_line where network_id = $1 and (epoch, xid) > ($2::integer, $3::text::xid8)`,
		[networkId, last?.epoch ?? '0', last?.upto_xid ?? '0']
	);
	const ms = found.rows[0]?.ms;
	return ms === null || ms === undefined ? null : new Date(Number(ms));
}

const isUpTo = (line: LineRecord, seal: SealRecord): boolean => {
	const epochs = Number(line.epoch) - Number(seal.epoch);
	return epochs < 0 || (epochs === 0 && BigInt(line.xid ?? 0) <= BigInt(seal.upto_xid));
};

/** Follows the seals of one network. Each is checked against the stored hash before it, so that one fault is one finding. */
class Chain {
	readonly findings: Finding[] = [];
	last: StoredSeal | null = null;
	seals = 0;
	readonly #networkId: string;
	/** What the last seal should have been by its lines, where that is not what is stored. */
	#counted: Buffer | null = null;

	constructor(networkId: string) {
		this.#networkId = networkId;
	}

	check(seal: StoredSeal, linesHash: Buffer, found: number): void {
		const networkId = this.#networkId;
		const sealNumber = Number(seal.seal_number);
		const expectedNumber = Number(this.last?.seal_number ?? 0) + 1;
		const before = this.last;
		const countedBefore = this.#counted;
		this.last = seal;
		this.#counted = null;
		this.seals++;
		if (sealNumber > expectedNumber) {
			for (let missing = expectedNumber; missing < sealNumber; missing++)
				this.findings.push({ kind: 'seal_missing', networkId, sealNumber: missing });
			return;
		}
		const previous = before?.hash ?? beforeFirstSeal;
		const hash = hashSeal(previous, linesHash, seal);
		if (hash.equals(seal.hash)) return;
		if (countedBefore !== null && hashSeal(countedBefore, linesHash, seal).equals(seal.hash)) {
			// This seal stands on what the one before it should have been: not a line there was altered, but that seal.
			const finding = this.findings.pop();
			if (finding?.kind !== 'line_altered') throw new Error('A seal was counted otherwise without a finding.');
			this.findings.push({ kind: 'seal_altered', networkId, sealNumber: finding.sealNumber });
			return;
		}
		const expected = Number(seal.line_count);
		if (hashSeal(previous, linesHash, { ...seal, line_count: String(found) }).equals(seal.hash)) {
			this.findings.push({ kind: 'seal_altered', networkId, sealNumber });
		} else if (found === expected) {
			this.#counted = hash;
			this.findings.push({ kind: 'line_altered', networkId, sealNumber, lineCount: found });
		} else {
			this.findings.push({ kind: found < expected ? 'line_removed' : 'line_inserted', networkId, sealNumber, expected, found });
		}
	}
}

/** Reads a query through a cursor of the open transaction, a few thousand rows at a time. */
async function* readRows<R extends object>(
	client: ClientBase,
	cursor: 'verify_seals' | 'verify_lines',
	query: string,
	networkId: string,
	onBatch: (count: number) => void = () => undefined
): AsyncGenerator<R, void> {
	await client.query(`declare ${cursor} no scroll cursor for ${query.replace('$1', client.escapeLiteral(networkId))}`);
	let count = 0;
	for (;;) {
		const { rows } = await client.query<R>(`fetch 5000 from ${cursor}`);
		if (rows.length === 0) break;
		count += rows.length;
		onBatch(count);
		yield* rows;
	}
	await client.query(`close ${cursor}`);
}
