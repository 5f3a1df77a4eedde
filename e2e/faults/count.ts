import type pg from 'pg';
import type { Keyring } from '../../src/foundation/keyring/keyring.server.ts';
import { verifyLog } from '../../src/foundation/log/verify.server.ts';
import { books } from './books.ts';
import { footprints } from './footprints.ts';
import type { Ledger } from './ledger.ts';
import { findLostMessages, readHandedOver } from './messages.ts';
import type { Overdue } from './overdue.ts';
import { findShut } from './sealed.ts';
import { readTraces } from './traces.ts';
import type { Traces } from './traces.ts';
import { wholeness } from './wholeness.ts';

/** What went wrong, each with what it was; all empty when nothing was lost. */
export interface Losses {
	/** Acknowledged, and not there. */
	readonly missing: readonly string[];
	/** There without something that belongs to it. */
	readonly half: readonly string[];
	/** There, and never acknowledged as such: when every act was answered in the end, it was done twice. */
	readonly twice: readonly string[];
	/** What `loopplank verify` finds. */
	readonly log: readonly string[];
}

export interface Counted extends Losses {
	/** Acts of the network that were done since the making of it, those of the product itself among them. */
	readonly acts: number;
	/** Of those, what the product did itself: by act, how often. */
	readonly byProduct: ReadonlyMap<string, number>;
	readonly lines: number;
	readonly seals: number;
}

export interface CountWish {
	readonly networkId: string;
	/** The first transaction that is looked at. */
	readonly since: bigint;
	readonly ledger: Ledger;
	/** A connection as the jobs role, where there is a queue. */
	readonly jobs?: pg.ClientBase;
	readonly overdue?: Overdue;
	/** Given in the end, when everything was answered: then nothing may be there that was not acknowledged, and all words are opened. */
	readonly end?: { readonly keyring: Keyring };
}

interface DoneLine {
	readonly act: string;
	readonly xid: number;
	readonly objectId: string | null;
	readonly origin: string;
}
interface Key {
	readonly act: string;
	readonly xid: number;
}

/**
 * Counts what was acknowledged against what stands in the database, all as of one moment.
 * @param owner a connection as the owner of the database, who sees all rows
 */
export async function countLosses(owner: pg.ClientBase, wish: CountWish): Promise<Counted> {
	const { networkId, since, ledger, end } = wish;
	// What is acknowledged while the count goes on may or may not be in it.
	const acknowledged = ledger.acknowledged.length;
	const half: string[] = [];
	await owner.query('begin isolation level repeatable read read only');
	let found: { done: DoneLine[]; keys: Map<string, Key>; traces: Traces; handedOver: ReadonlyMap<string, string> };
	try {
		found = {
			...{ done: await readLines(owner, networkId, since), keys: await readKeys(owner, networkId, since) },
			...{ traces: await readTraces(owner, networkId, since), handedOver: await readHandedOver(owner, networkId) }
		};
		for (const [what, query] of Object.entries({ ...wholeness, ...books })) {
			const { rows } = await owner.query<{ id: string | null }>(query, [networkId]);
			half.push(...rows.map(({ id }) => `${what}: ${id ?? '-'}`));
		}
		if (end) half.push(...(await findShut(owner, end.keyring, networkId)));
	} finally {
		await owner.query('rollback');
	}
	const { done, keys, traces, handedOver } = found;
	half.push(...findHalf(done, keys, traces), ...(await findLostMessages(wish.jobs, handedOver)));
	const { missing, twice } = compare(wish, acknowledged, done, keys);
	const report = await verifyLog(owner, { networkId });
	const network = report.networks[0];
	return {
		byProduct: countByAct(done.filter(({ origin }) => origin === 'job')),
		...{ missing, half, twice, acts: done.length, lines: network?.lines ?? 0, seals: network?.seals ?? 0 },
		log: report.findings.map((finding) => JSON.stringify(finding))
	};
}

const countByAct = (lines: readonly DoneLine[]): Map<string, number> =>
	new Map([...Map.groupBy(lines, ({ act }) => act)].map(([act, these]) => [act, these.length]));

async function readLines(owner: pg.ClientBase, networkId: string, since: bigint): Promise<DoneLine[]> {
	const { rows } = await owner.query<{ act: string; xid: string; object_id: string | null; origin: string }>(
		`select act, xid::text as xid, object_id, origin from log_line where network_id = $1 and result = 'done' and xid::text::bigint >= $2`,
		[networkId, since.toString()]
	);
	return rows.map(({ act, xid, object_id, origin }) => ({ act, xid: Number(xid), objectId: object_id, origin }));
}

async function readKeys(owner: pg.ClientBase, networkId: string, since: bigint): Promise<Map<string, Key>> {
	const { rows } = await owner.query<{ act: string; xid: string; person_id: string; key: string }>(
		`select act, xmin::text as xid, person_id, key from command_key where network_id = $1 and xmin::text::bigint >= $2`,
		[networkId, since.toString()]
	);
	return new Map(rows.map(({ act, xid, person_id, key }) => [`${person_id} ${key}`, { act, xid: Number(xid) }]));
}

/** Acts of which something is missing, and rows that belong to no act. */
function findHalf(done: readonly DoneLine[], keys: ReadonlyMap<string, Key>, traces: Traces): string[] {
	const half: string[] = [];
	const lineOf = new Map<number, DoneLine>();
	for (const line of done) {
		if (lineOf.has(line.xid)) half.push(`two lines of one act: ${line.act} ${line.xid}`);
		lineOf.set(line.xid, line);
		for (const name of footprints[line.act as keyof typeof footprints] ?? [])
			if (!name.split(' or ').some((one) => traces.get(one)?.has(line.xid) === true))
				half.push(`${line.act} without ${name}: ${line.objectId ?? line.xid}`);
	}
	const keyed = new Set<number>();
	for (const { act, xid } of keys.values()) {
		keyed.add(xid);
		if (lineOf.get(xid)?.act !== act) half.push(`a key of ${act} without its one line in the log: ${xid}`);
	}
	for (const { act, xid, origin } of done) if (origin === 'api' && !keyed.has(xid)) half.push(`a line of ${act} without its key: ${xid}`);
	for (const [name, byTransaction] of traces)
		for (const xid of byTransaction.keys()) if (!lineOf.has(xid)) half.push(`rows of ${name} without a line in the log: ${xid}`);
	return half;
}

/** What was acknowledged and is not there; in the end also what is there and was not acknowledged, or not once. */
function compare(
	{ ledger, overdue = {}, end }: CountWish,
	upTo: number,
	done: readonly DoneLine[],
	keys: ReadonlyMap<string, Key>
): { missing: string[]; twice: string[] } {
	const missing: string[] = [];
	const twice: string[] = [];
	const lines = Map.groupBy(done, ({ act }) => act);
	const known = new Set<string>();
	for (const { act, by, key, path } of ledger.acknowledged.slice(0, upTo)) {
		if (by === null) continue;
		const name = `${by.person.personId} ${key}`;
		known.add(name);
		if (keys.get(name)?.act !== act) missing.push(`${act} ${path}`);
	}
	for (const [act, times] of ledger.counts(upTo)) {
		const there = lines.get(act)?.length ?? 0;
		if (there < times) missing.push(`${act}: acknowledged ${times} times, ${there} lines`);
		if (end && there > times) twice.push(`${act}: acknowledged ${times} times, ${there} lines`);
	}
	if (end) twice.push(...[...keys].filter(([name]) => !known.has(name)).map(([name, { act }]) => `${act} by ${name}`));
	for (const [act, ids] of Object.entries(overdue)) {
		const times = Map.groupBy(lines.get(act) ?? [], ({ objectId }) => objectId ?? '');
		for (const id of ids) {
			const count = times.get(id)?.length ?? 0;
			if (count > 1) twice.push(`${act} of ${id}, ${count} times`);
			if (end && count === 0) missing.push(`${act} of ${id}: its term ran out`);
		}
	}
	return { missing, twice };
}
