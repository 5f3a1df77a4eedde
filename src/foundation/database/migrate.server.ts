import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { primaryUrl } from './primary.server.ts';
import { StartError } from './start-problem.ts';

export interface Migration {
	readonly number: number;
	readonly name: string;
	readonly sql: string;
	/** SHA-256 of the file, hex. */
	readonly sha256: string;
}

export interface MigrateWish {
	/** The last number to apply; default: all. */
	readonly upTo?: number;
	/** Only these numbers, for a database as another had it; default: all. */
	readonly only?: readonly number[];
	/** Another folder of migrations, for tests. */
	readonly folder?: string;
}

export const migrationsFolder: string = fileURLToPath(new URL('../../../database/migrations', import.meta.url));

/** The migrations in a folder, `NNNN_name.sql`, in order. Throws when a number is used twice; a number may be missing. */
export const listMigrations = async (folder: string = migrationsFolder): Promise<readonly Migration[]> => {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
	const list = await Promise.all(
		names.map(async (file) => {
			const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
			if (match === null) throw new Error(`A migration is named NNNN_name.sql: ${file}`);
			// Git on Windows may have changed the line ends; the file is the same file.
			const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
			return { number: Number(match[1]), name: match[2] ?? '', sql, sha256: createHash('sha256').update(sql).digest('hex') };
		})
	);
	list.forEach((migration, index) => {
		if (migration.number === list[index - 1]?.number)
			throw new Error(`Each migration has a number of its own: ${migration.number}_${migration.name}`);
	});
	return list;
};

/** The advisory lock of whoever changes the schema; a backup takes it shared. Any number will do, so long as all our processes use the same. */
export const migrationLock = 7_013_001;

const ledger = `
create schema if not exists app;
grant usage on schema app to loopplank_app, loopplank_jobs, loopplank_identity;
create table app.migration (
	number integer primary key check (number > 0),
	name text not null,
	sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
	applied_at timestamptz not null default clock_timestamp()
);
comment on table app.migration is E'Which migrations this database has had. Of the installation, not of a network.\\nretention: as long as the installation';
alter table app.migration enable row level security;
alter table app.migration force row level security;
create policy owner_all on app.migration to loopplank_owner using (true) with check (true);
create policy app_reads on app.migration for select to loopplank_app, loopplank_jobs, loopplank_identity using (true);
grant select on app.migration to loopplank_app, loopplank_jobs, loopplank_identity;
`;

interface Applied {
	readonly number: number;
	readonly name: string;
	readonly sha256: string;
}

/** What was applied, oldest first; empty when the ledger is not there yet. */
export const appliedMigrations = async (client: pg.ClientBase): Promise<readonly Applied[]> => {
	const there = await client.query<{ there: boolean }>(`select to_regclass('app.migration') is not null as there`);
	if (there.rows[0]?.there !== true) return [];
	return (await client.query<Applied>('select number, name, sha256 from app.migration order by number')).rows;
};

/** Refuses a database that is newer than this program, or an applied file that was changed since. */
export const checkApplied = (applied: readonly Applied[], known: readonly Migration[]): void => {
	for (const done of applied) {
		const file = known.find((migration) => migration.number === done.number);
		if (file === undefined)
			throw new StartError('migration_unknown', { number: done.number, name: done.name, newest: known.at(-1)?.number ?? 0 });
		if (file.sha256 !== done.sha256) throw new StartError('migration_changed', { number: done.number, name: done.name });
	}
};

/** What was not applied yet, in order: also a migration that came with a lower number than one that was. */
const missing = (known: readonly Migration[], applied: readonly Applied[], wish: MigrateWish): readonly Migration[] =>
	known.filter(
		({ number }) =>
			!applied.some((done) => done.number === number) &&
			(wish.upTo === undefined || number <= wish.upTo) &&
			(wish.only === undefined || wish.only.includes(number))
	);

/**
 * Brings the database to the newest version, or to `upTo`; answers the numbers that were applied now. Each migration is one
 * transaction with its line in the ledger; two processes at once wait for each other.
 * Throws `StartError` `migration_unknown`, `migration_changed` or `migration_failed` (with the place in the file).
 */
export const migrate = async (ownerUrl: string, wish: MigrateWish = {}): Promise<readonly number[]> => {
	const known = await listMigrations(wish.folder);
	const client = new pg.Client({ connectionString: await primaryUrl(ownerUrl), application_name: 'loopplank migrate' });
	await client.connect();
	try {
		await client.query('select pg_advisory_lock($1)', [migrationLock]);
		await client.query(`set client_min_messages = warning`);
		const there = await client.query<{ there: boolean }>(`select to_regclass('app.migration') is not null as there`);
		if (there.rows[0]?.there !== true) await inTransaction(client, () => client.query(ledger));
		const applied = await appliedMigrations(client);
		checkApplied(applied, known);
		const wanted = missing(known, applied, wish);
		for (const migration of wanted) await apply(client, migration);
		return wanted.map((migration) => migration.number);
	} finally {
		await client.end(); // the advisory lock ends with the connection
	}
};

/**
 * The same inside a transaction that the caller opened, for a restore: all or nothing. The caller holds `migrationLock` and ends the
 * transaction. Throws as `migrate` does.
 */
export const migrateWithin = async (client: pg.ClientBase, wish: MigrateWish = {}): Promise<readonly number[]> => {
	const known = await listMigrations(wish.folder);
	const there = await client.query<{ there: boolean }>(`select to_regclass('app.migration') is not null as there`);
	if (there.rows[0]?.there !== true) await client.query(ledger);
	const applied = await appliedMigrations(client);
	checkApplied(applied, known);
	const wanted = missing(known, applied, wish);
	for (const migration of wanted) await applyWithin(client, migration);
	return wanted.map((migration) => migration.number);
};

const apply = (client: pg.Client, migration: Migration): Promise<void> => inTransaction(client, () => applyWithin(client, migration));

const applyWithin = async (client: pg.ClientBase, migration: Migration): Promise<void> => {
	try {
		await client.query(migration.sql);
		// A migration may set the search path for itself; the ledger is named in full.
		await client.query('insert into app.migration (number, name, sha256) values ($1, $2, $3)', [
			migration.number,
			migration.name,
			migration.sha256
		]);
	} catch (error) {
		const place =
			error instanceof pg.DatabaseError && error.position !== undefined
				? migration.sql.slice(0, Number(error.position)).split('\n').length
				: 0;
		const reason = error instanceof Error ? error.message : String(error);
		throw new StartError('migration_failed', { number: migration.number, name: migration.name, line: place, reason }, error);
	}
};

const inTransaction = async (client: pg.Client, act: () => Promise<unknown>): Promise<void> => {
	await client.query('begin');
	try {
		await act();
		await client.query('commit');
	} catch (error) {
		await client.query('rollback');
		throw error;
	}
};
