import type pg from 'pg';

/** Which transactions wrote what: by table, how many rows of it each transaction left. The number of a transaction stands on every row (`xmin`). */
export type Traces = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** What an act does not write, or not in the transaction of its line. */
const notOfActs = new Set([
	// The log itself, of which readings and refusals write too, and its seals.
	...['log_line', 'log_seal'],
	// The relay takes them out; `faults.told` has what was told.
	'outbox',
	// Filled again by the jobs after a crash.
	...['search_document', 'search_filling'],
	// Counts of the books, made each night; they hold no fact of anyone.
	'ledger_check',
	// Figures for everyone, frozen by the product once a quarter; they hold no fact of anyone.
	...['public_figure', 'public_exception']
]);

/** Which rows of a table are of acts: the links in letters are made when the letters leave. */
const only: Readonly<Record<string, string>> = { private_link: `purpose in ('resident', 'calendar')` };

/** Tables of the network. */
async function listTables(owner: pg.ClientBase): Promise<string[]> {
	const { rows } = await owner.query<{ name: string }>(
		`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'network_id' and not a.attisdropped
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`
	);
	return rows.map((row) => row.name);
}

/** What was written from transaction `since` on, in the tables that acts write. */
export async function readTraces(owner: pg.ClientBase, networkId: string, since: bigint): Promise<Traces> {
	const tables = (await listTables(owner)).filter((name) => !notOfActs.has(name));
	const query = [
		...tables.map(
			(name) =>
				`select '${name}' as name, xmin::text::bigint as xid from ${name} where network_id = $1 and xmin::text::bigint >= $2 and ${only[name] ?? 'true'}`
		),
		`select 'words: ' || part, xmin::text::bigint from case_words where network_id = $1 and xmin::text::bigint >= $2`,
		`select 'message: ' || kind, xid from faults.told where network_id = $1 and kind !~ '^(live|daily|sweep)[.]' and xid >= $2`
	].join(' union all ');
	const { rows } = await owner.query<{ name: string; xid: string; rows: number }>(
		`select name, xid, count(*)::int as rows from (${query}) t group by 1, 2`,
		[networkId, since.toString()]
	);
	const traces = new Map<string, Map<number, number>>();
	for (const { name, xid, rows: count } of rows) {
		const ofTable = traces.get(name) ?? new Map<number, number>();
		ofTable.set(Number(xid), count);
		traces.set(name, ofTable);
	}
	return traces;
}
