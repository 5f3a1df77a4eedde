import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { keptKinds } from './kinds/rules.ts';
import type { About, KindCode } from './kinds/rules.ts';
import { clearedByItself, termOf } from './rules.ts';

/** A table that holds data, and how long, as its own comment says. */
export interface KeptTable {
	readonly name: string;
	/** In English, as it stands in the database; null when it says nothing. */
	readonly term: string | null;
	/** Whether the daily work removes what was kept long enough. */
	readonly byItself: boolean;
}

export interface Kept {
	/** Null for tables that nobody sorted yet: they are told too. */
	readonly kind: KindCode | null;
	readonly about: About | null;
	readonly tables: readonly KeptTable[];
}

/** Of a table: how many rows the daily work destroyed in all, and when last. */
export interface Gone {
	readonly tableName: string;
	readonly rows: number;
	readonly last: Date;
}

/** What went because its term was over; of the tables that tell it. */
export async function listGone(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<Gone[]> {
	const { rows } = await sql<Gone>`
		select table_name, sum(rows)::int as rows, max(at) as last from destruction where network_id = ${actor.networkId} group by table_name order by table_name`.execute(
		tx
	);
	return rows;
}

/** What is kept and how long, from the comments in the database: the one place where a term stands. */
export async function listKept(tx: Tx): Promise<Kept[]> {
	const { rows } = await sql<{ name: string; comment: string | null }>`
		select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as name, obj_description(c.oid, 'pg_class') as comment
		from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and n.nspname in ('public', 'app', 'identity') order by 1`.execute(tx);
	const left = new Map(rows.map(({ name, comment }) => [name, { name, term: termOf(comment), byItself: clearedByItself.has(name) }]));
	const kept: Kept[] = keptKinds.map(({ kind, about, tables }) => ({
		kind,
		about,
		tables: tables.flatMap((name) => {
			const table = left.get(name);
			left.delete(name);
			return table ? [table] : [];
		})
	}));
	return left.size === 0 ? kept : [...kept, { kind: null, about: null, tables: [...left.values()] }];
}
