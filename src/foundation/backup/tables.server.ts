import type pg from 'pg';
import { tableName } from './frames.ts';

/** Tables that stand in no backup, and why. Unlogged tables and the schema of the queue are left out by their kind. */
export const leftOut: ReadonlyMap<string, string> = new Map([
	['app.migration', 'the header says which migrations there were, and restoring applies them'],
	['app.installation', 'belongs to the installation; the epoch stands in the header'],
	['identity.session', 'whoever signed in elsewhere is not signed in here: after a restore everyone signs in anew'],
	['identity.one_time_link', 'a link that was used since would work again'],
	['identity.outbox', 'its letters carry those links']
]);

export interface ExportTable {
	readonly schema: string;
	readonly name: string;
	/** Without generated columns. */
	readonly columns: readonly string[];
	/** The primary key as it stands in ORDER BY: text by its bytes, so that the order is the same on every server. */
	readonly order: readonly string[];
	/** Row security also holds for the owner. */
	readonly forced: boolean;
}

/** All schemas that hold what people made. */
const schemas = ['app', 'identity', 'public'];

interface Found extends ExportTable {
	/** The owner sees every row: one policy for all, and none that takes away. */
	readonly open: boolean;
	readonly own: boolean;
	readonly sequence: boolean;
}

const catalogue = `
	select n.nspname::text as schema, c.relname::text as name, c.relforcerowsecurity as forced,
		(select array_agg(a.attname::text order by a.attnum) from pg_attribute a
			where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
		coalesce((select array_agg(quote_ident(a.attname) || case when a.attcollation = 0 then '' else ' collate "C"' end order by k.place)
			from pg_index i cross join unnest(i.indkey::smallint[]) with ordinality k(attnum, place)
			join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
			where i.indrelid = c.oid and i.indisprimary), '{}') as "order",
		not c.relrowsecurity or (
			exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and pg_get_expr(p.polqual, c.oid) = 'true'
				and p.polroles && array[0::oid, (select oid from pg_roles where rolname = current_user)])
			and not exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive
				and p.polroles && array[0::oid, (select oid from pg_roles where rolname = current_user)])) as open,
		pg_get_userbyid(c.relowner) = current_user as own,
		exists (select from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S' where d.refobjid = c.oid) as sequence
	from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname = any($1)
	order by n.nspname collate "C", c.relname collate "C"`;

const references = `
	select distinct tn.nspname || '.' || t.relname as "from", rn.nspname || '.' || r.relname as "to"
	from pg_constraint k
	join pg_class t on t.oid = k.conrelid join pg_namespace tn on tn.oid = t.relnamespace
	join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace
	where k.contype = 'f' and t.oid <> r.oid`;

/**
 * The tables of an export, each behind those it refers to. Throws when a table would come out wrong without a word: the owner does not see all
 * its rows, it has no key to be ordered by, it counts with a sequence, or it refers to a table that is left out.
 */
export async function listExportTables(client: pg.ClientBase): Promise<readonly ExportTable[]> {
	const found = (await client.query<Found>(catalogue, [schemas])).rows.filter((table) => !leftOut.has(tableName(table)));
	for (const table of found) {
		const name = tableName(table);
		if (!table.own) throw new Error(`${name} is not owned by the role that exports it`);
		if (!table.open) throw new Error(`${name} has no policy that lets its owner see every row: an export would miss rows`);
		if (table.order.length === 0) throw new Error(`${name} has no primary key: an export of it has no order`);
		if (table.sequence) throw new Error(`${name} counts with a sequence: a backup does not carry where it stood`);
	}
	const wanted = new Map(found.map((table) => [tableName(table), table]));
	const needs = new Map<string, string[]>();
	for (const { from, to } of (await client.query<{ from: string; to: string }>(references)).rows) {
		if (!wanted.has(from)) continue;
		if (!wanted.has(to)) throw new Error(`${from} refers to ${to}, which is in no backup`);
		needs.set(from, [...(needs.get(from) ?? []), to]);
	}
	const ordered = new Map<string, ExportTable>();
	const visit = (name: string, path: readonly string[]): void => {
		if (path.includes(name)) throw new Error(`tables refer to each other in a circle: ${[...path, name].join(', ')}`);
		const table = wanted.get(name);
		if (ordered.has(name) || table === undefined) return;
		for (const need of (needs.get(name) ?? []).toSorted()) visit(need, [...path, name]);
		ordered.set(name, table);
	};
	for (const name of wanted.keys()) visit(name, []);
	return [...ordered.values()];
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The table's name as it stands in SQL. */
export const quoteTable = (table: { readonly schema: string; readonly name: string }): string =>
	`${quote(table.schema)}.${quote(table.name)}`;
export const quoteColumns = (columns: readonly string[]): string => columns.map(quote).join(', ');
