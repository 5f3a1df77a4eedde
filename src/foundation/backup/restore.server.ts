import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { listMigrations, migrateWithin, migrationLock } from '../database/migrate.server.ts';
import type { Progress } from './backup.server.ts';
import { tableName } from './frames.ts';
import type { BackupHeader, BackupTable } from './frames.ts';
import { asOutcome, BackupError } from './problem.ts';
import type { BackupOutcome } from './problem.ts';
import { readBackup } from './read-backup.server.ts';
import { plainSettings, readRows, RowTally, withOwner } from './snapshot.server.ts';
import { listExportTables, quoteColumns, quoteTable } from './tables.server.ts';
import type { ExportTable } from './tables.server.ts';

export interface RestoreWish {
	readonly file: string;
	/** `AGE-SECRET-KEY-…`, one of which the backup was made for. */
	readonly identities: readonly string[];
	/** Owner's connection string of an empty database. */
	readonly ownerUrl: string;
	readonly onProgress?: (progress: Progress) => void;
	/** Another folder of migrations, for tests. */
	readonly migrations?: string;
}

export interface Restored {
	readonly madeAt: string;
	readonly rows: number;
	readonly tables: number;
	/** The new epoch of the log, one more than the backup's. */
	readonly epoch: number;
	/** The migration of the backup, and the one the database has now. */
	readonly migratedFrom: number;
	readonly migratedTo: number;
}

/**
 * Puts a backup in an empty database, in one transaction: whatever happens on the way, the database is whole or empty. It is migrated to where the
 * backup was made, loaded, compared table by table with what was written down, and migrated on. The log begins a new epoch, because another server
 * counts its transactions anew. Sessions, one-time links and the search index are not in a backup; keys come back by the keyring's own copy.
 * Problems: those of `readBackup`, and `not_empty`, `newer_schema`, `other_migration`, `table_differs`.
 */
export const restoreBackup = (wish: RestoreWish): Promise<BackupOutcome<Restored>> =>
	asOutcome(() =>
		withOwner(wish.ownerUrl, 'restore', async (client) => {
			await client.query(`begin; set local client_min_messages = warning; ${plainSettings}`);
			// Whoever migrates now waits for us, and finds the work done.
			await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
			await refuseFull(client);
			const parts = readBackup(wish.file, wish.identities);
			try {
				const first = (await parts.next()).value;
				if (first?.kind !== 'header') throw new Error('a backup begins with its header');
				const restored = await load(client, first.header, parts, wish);
				await client.query('commit');
				return restored;
			} finally {
				await parts.return(undefined);
			}
		})
	);

/** Any table, view or sequence that no extension brought. */
async function refuseFull(client: pg.Client): Promise<void> {
	const found = await client.query<{ name: string }>(
		`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
			and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
		order by 1 limit 1`
	);
	const table = found.rows[0]?.name;
	if (table !== undefined) throw new BackupError('not_empty', { table });
}

async function refuseUnknown(header: BackupHeader, folder: string | undefined): Promise<void> {
	const known = await listMigrations(folder);
	for (const { number, name, sha256 } of header.migrations) {
		const ours = known.find((migration) => migration.number === number);
		if (ours === undefined) throw new BackupError('newer_schema', { product: header.product, number, newest: known.length });
		if (ours.sha256 !== sha256) throw new BackupError('other_migration', { product: header.product, number, name });
	}
}

async function load(client: pg.Client, header: BackupHeader, parts: ReturnType<typeof readBackup>, wish: RestoreWish): Promise<Restored> {
	const folder = wish.migrations === undefined ? {} : { folder: wish.migrations };
	await refuseUnknown(header, wish.migrations);
	const migratedFrom = header.migrations.at(-1)?.number ?? 0;
	await migrateWithin(client, { ...folder, only: header.migrations.map(({ number }) => number) });
	// A migration may have set these for itself.
	await client.query(plainSettings);
	const tables = new Map((await listExportTables(client)).map((table) => [tableName(table), table]));
	for (const table of header.tables) {
		const here = tables.get(tableName(table));
		if (here === undefined || here.columns.join() !== table.columns.join())
			throw new BackupError('table_differs', { table: tableName(table) });
	}
	if (tables.size !== header.tables.length) throw new BackupError('table_differs', { table: missingFrom(header, tables) });

	const guards = await openForLoading(client, [...tables.values()]);
	const rows = await loadTables(client, header, parts, tables, wish.onProgress);
	await guards.close();
	const migrated = await migrateWithin(client, folder);
	const epoch = header.epoch + 1;
	const set = await client.query('update app.installation set epoch = $1', [epoch]);
	if (set.rowCount !== 1) throw new Error('app.installation has no row');
	return { madeAt: header.madeAt, rows, tables: header.tables.length, epoch, migratedFrom, migratedTo: migrated.at(-1) ?? migratedFrom };
}

const missingFrom = (header: BackupHeader, tables: ReadonlyMap<string, ExportTable>): string => {
	const there = new Set(header.tables.map(tableName));
	return [...tables.keys()].filter((name) => !there.has(name)).join(', ');
};

/**
 * COPY does not go together with row security that holds for the owner too, and triggers that act would act again: both are put aside inside this
 * transaction, which nobody else sees. What checks stays: foreign keys, constraints and constraint triggers. Rows that a migration itself put in
 * are in the backup as well.
 */
async function openForLoading(client: pg.Client, tables: readonly ExportTable[]): Promise<{ close(): Promise<void> }> {
	const forced = tables.filter((table) => table.forced).map(quoteTable);
	const acting = await client.query<{ table: string; trigger: string }>(
		`select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table", quote_ident(t.tgname) as trigger
		from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
		where not t.tgisinternal and t.tgconstraint = 0 and t.tgenabled = 'O' and n.nspname || '.' || c.relname = any($1)`,
		[tables.map(tableName)]
	);
	const each = (names: readonly string[], what: string): string => names.map((name) => `alter table ${name} ${what};`).join(' ');
	// What refers to them from outside the backup (sessions) is as empty as they are.
	await client.query(`truncate ${tables.map(quoteTable).join(', ')} cascade`);
	await client.query(each(forced, 'no force row level security'));
	for (const { table, trigger } of acting.rows) await client.query(`alter table ${table} disable trigger ${trigger}`);
	return {
		async close() {
			// Deferred checks are answered now: with answers outstanding no table can be altered.
			await client.query('set constraints all immediate');
			await client.query(each(forced, 'force row level security'));
			for (const { table, trigger } of acting.rows) await client.query(`alter table ${table} enable trigger ${trigger}`);
		}
	};
}

async function loadTables(
	client: pg.Client,
	header: BackupHeader,
	parts: ReturnType<typeof readBackup>,
	tables: ReadonlyMap<string, ExportTable>,
	onProgress: RestoreWish['onProgress']
): Promise<number> {
	const of = header.tables.reduce((sum, table) => sum + table.rows, 0);
	let done = 0;
	for (;;) {
		const part = (await parts.next()).value;
		if (part === undefined) return done;
		if (part.kind !== 'table') throw new Error('a table begins with its name');
		const end: { sha256?: string } = {};
		const copy = client.query(
			copyFrom(`copy ${quoteTable(part.table)} (${quoteColumns(part.table.columns)}) from stdin (encoding 'UTF8')`)
		);
		await pipeline(Readable.from(rowsOfTable(parts, end), { objectMode: false }), copy);
		await compare(client, tables, part.table, end.sha256);
		done += part.table.rows;
		onProgress?.({ rows: done, of, table: tableName(part.table) });
	}
}

/** The rows up to the end of the table that was begun. */
async function* rowsOfTable(parts: ReturnType<typeof readBackup>, end: { sha256?: string }): AsyncGenerator<Buffer> {
	for (;;) {
		const part = (await parts.next()).value;
		if (part?.kind === 'rows') yield part.bytes;
		else if (part?.kind === 'end') {
			end.sha256 = part.sha256;
			return;
		} else throw new Error('a table ends before another begins');
	}
}

/** Reads back what was loaded: it must be, byte for byte, what the backup holds. */
async function compare(
	client: pg.Client,
	tables: ReadonlyMap<string, ExportTable>,
	table: BackupTable,
	sha256: string | undefined
): Promise<void> {
	const here = tables.get(tableName(table));
	const tally = new RowTally();
	if (here !== undefined) for await (const bytes of readRows(client, here)) tally.add(bytes);
	const found = tally.end();
	if (found.rows !== table.rows || found.sha256 !== sha256) throw new BackupError('table_differs', { table: tableName(table) });
}
