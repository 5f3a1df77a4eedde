import { createHash } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { appliedMigrations, migrationLock } from '../database/migrate.server.ts';
import { primaryUrl } from '../database/primary.server.ts';
import { tableName } from './frames.ts';
import type { BackupTable } from './frames.ts';
import { BackupError } from './problem.ts';
import { listExportTables, quoteColumns, quoteTable } from './tables.server.ts';
import type { ExportTable } from './tables.server.ts';

/** Everything as it stood at one moment, while others go on writing. */
export interface Snapshot {
	readonly client: pg.Client;
	readonly epoch: number;
	readonly migrations: readonly { readonly number: number; readonly name: string; readonly sha256: string }[];
	readonly tables: readonly (ExportTable & BackupTable)[];
}

/** How values become text: the same on every server, whatever its settings. */
export const plainSettings =
	`set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC'; set local bytea_output = 'hex'; ` +
	`set local extra_float_digits = 1; set local client_encoding = 'UTF8'`;

/** A connection for one long transaction: no server's default may end it half way. */
export const ownerConfig = async (ownerUrl: string, name: string): Promise<pg.ClientConfig> => ({
	connectionString: await primaryUrl(ownerUrl),
	application_name: `loopplank ${name}`,
	statement_timeout: 0,
	idle_in_transaction_session_timeout: 0,
	keepAlive: true
});

/** Opens a connection as owner and ends it, also when `work` fails half way through a statement. */
export async function withOwner<T>(ownerUrl: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client(await ownerConfig(ownerUrl, name));
	// A connection that breaks also fails the query that was under way; without a listener Node would end the process.
	client.on('error', () => undefined);
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

/** Opens a snapshot, waiting for a migration under way; a migration waits for us. Throws `BackupError` `not_migrated`. */
export const withSnapshot = <T>(ownerUrl: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> =>
	withOwner(ownerUrl, 'backup', async (client) => {
		// Before the transaction: what waits inside it would look at the database as it was before the wait.
		await client.query('select pg_advisory_lock_shared($1)', [migrationLock]);
		await client.query(`begin isolation level repeatable read read only; ${plainSettings}`);
		const migrations = await appliedMigrations(client);
		if (migrations.length === 0) throw new BackupError('not_migrated');
		const epoch = (await client.query<{ epoch: number }>('select epoch from app.installation')).rows[0]?.epoch;
		if (epoch === undefined) throw new Error('app.installation has no row');
		const tables: (ExportTable & BackupTable)[] = [];
		for (const table of await listExportTables(client)) {
			const counted = await client.query<{ rows: string }>(`select count(*) as rows from ${quoteTable(table)}`);
			tables.push({ ...table, rows: Number(counted.rows[0]?.rows) });
		}
		const result = await work({ client, epoch, migrations, tables });
		await client.query('commit');
		return result;
	});

/** The rows of a table as COPY text, by primary key. One row is one line. */
export async function* readRows(client: pg.Client, table: ExportTable): AsyncGenerator<Buffer> {
	const rows = client.query(
		copyTo(
			`copy (select ${quoteColumns(table.columns)} from ${quoteTable(table)} order by ${table.order.join(', ')}) to stdout (encoding 'UTF8')`
		)
	);
	for await (const bytes of rows) yield bytes as Buffer;
}

/** How many rows end in these bytes: COPY writes a line end inside a value as `\n`, two characters. */
export function countRows(bytes: Buffer): number {
	let count = 0;
	for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
	return count;
}

/** Counts rows and bytes that go by, and hashes them. */
export class RowTally {
	rows = 0;
	bytes = 0;
	readonly #hash = createHash('sha256');
	add(bytes: Buffer): void {
		this.#hash.update(bytes);
		this.rows += countRows(bytes);
		this.bytes += bytes.length;
	}
	/** Once only. */
	end(): { readonly rows: number; readonly bytes: number; readonly sha256: string } {
		return { rows: this.rows, bytes: this.bytes, sha256: this.#hash.digest('hex') };
	}
}

export interface TableDigest {
	/** Schema and name. */
	readonly table: string;
	readonly rows: number;
	/** SHA-256 over the rows as COPY text by primary key, hex. */
	readonly sha256: string;
}

/** What an installation holds, as one digest a table: two with the same digests would export the same bytes. */
export interface ExportDigest {
	/** The last migration. */
	readonly migration: number;
	readonly tables: readonly TableDigest[];
	/** SHA-256 over the names, columns and digests of all tables, hex. */
	readonly sha256: string;
}

/** Reads all that a backup would hold and answers its digests. Throws `BackupError` `not_migrated`. */
export const exportDigest = (ownerUrl: string): Promise<ExportDigest> =>
	withSnapshot(ownerUrl, async ({ client, migrations, tables }) => {
		const digests: TableDigest[] = [];
		const all = createHash('sha256');
		for (const table of tables.toSorted((a, b) => (tableName(a) < tableName(b) ? -1 : 1))) {
			const tally = new RowTally();
			for await (const bytes of readRows(client, table)) tally.add(bytes);
			const { rows, sha256 } = tally.end();
			digests.push({ table: tableName(table), rows, sha256 });
			all.update(JSON.stringify([tableName(table), table.columns, rows, sha256]));
		}
		return { migration: migrations.length, tables: digests, sha256: all.digest('hex') };
	});
