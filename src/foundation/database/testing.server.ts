import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries } from './binaries.server.ts';
import { makeDatabase } from './bootstrap.server.ts';
import { openConnections } from './connections.server.ts';
import type { Connections } from './connections.server.ts';
import { lockFolder, processBegan } from './folder-lock.server.ts';
import { migrate } from './migrate.server.ts';
import { stopOrphan } from './orphan.server.ts';
import { startProblemOf } from './start-problem.ts';
import { startDatabase } from './supervisor.server.ts';
import { urlForDatabase } from './urls.ts';
import type { DatabaseUrls } from './urls.ts';

/** The database that test databases are copied from: migrated, and filled by `fill` when given. */
export const templateName = 'loopplank_template';

export interface TestCluster {
	readonly urls: DatabaseUrls;
	readonly version: number;
	stop(): Promise<void>;
}

export interface TestClusterWish {
	/** Called once with the template's connection strings, after migrating. */
	readonly fill?: (urls: DatabaseUrls) => Promise<void>;
	/** Another folder of migrations. */
	readonly migrations?: string;
	readonly postgresBin?: string | undefined;
}

/** Bytes of memory a run may come to need: the cluster and a few dozen copies of 9 MB. */
const roomInMemory = 1024 ** 3;

/** The system's folder in memory, where it has one with room; copies in it take a fifth of the time, and nothing waits for a disk. */
export const memoryWithRoom = (): string | undefined => {
	try {
		const { bavail, bsize } = statfsSync('/dev/shm');
		accessSync('/dev/shm', constants.W_OK);
		if (bavail * bsize >= roomInMemory) return '/dev/shm';
	} catch {
		// not on this system
	}
	return undefined;
};

const nursery = (): string => join(memoryWithRoom() ?? tmpdir(), `loopplank-test-${process.getuid?.() ?? 'user'}`);

/** Stops and removes what earlier test runs left behind when they were killed. */
const sweep = async (folder: string): Promise<void> => {
	for (const name of readdirSync(folder)) {
		// A run that is making its cluster has nothing in it yet that could refuse us.
		if (processBegan(Number(name.split('-')[0])) !== undefined) continue;
		const old = join(folder, name);
		try {
			const lock = await lockFolder(old);
			await stopOrphan({ binaries: await findBinaries(), folder: join(old, 'cluster') });
			await lock.release();
		} catch (error) {
			if (startProblemOf(error)?.code === 'already_running') continue;
			throw error;
		}
		rmSync(old, { recursive: true, force: true });
	}
};

/** One throwaway server for a test run, without fsync, with a migrated template database. */
export const startTestCluster = async (wish: TestClusterWish = {}): Promise<TestCluster> => {
	const home = nursery();
	mkdirSync(home, { recursive: true });
	chmodSync(home, 0o711); // to be passed through: as root the server may have to run as another user
	await sweep(home);
	const folder = join(home, `${process.pid}-${randomBytes(4).toString('hex')}`);
	const postgresBin = wish.postgresBin ?? process.env['LOOPPLANK_POSTGRES_BIN'];
	const database = await startDatabase({ folder, durable: false, postgresBin });
	const remove = async (): Promise<void> => {
		await database.stop();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await asAdmin(adminUrl(database.urls), (client) => makeDatabase(client, templateName, 'template0'));
		const template = urlsFor(database.urls, templateName);
		await migrate(template.owner, wish.migrations === undefined ? {} : { folder: wish.migrations });
		await wish.fill?.(template);
	} catch (error) {
		await remove();
		throw error;
	}
	return { urls: database.urls, version: database.version, stop: remove };
};

const adminUrl = (urls: DatabaseUrls): string => {
	if (urls.admin === undefined) throw new Error('A test cluster has an administrator.');
	return urls.admin;
};

const asAdmin = async (url: string, act: (client: pg.Client) => Promise<void>): Promise<void> => {
	const client = new pg.Client({ connectionString: url, application_name: 'loopplank tests' });
	await client.connect();
	try {
		await act(client);
	} finally {
		await client.end();
	}
};

const urlsFor = (urls: DatabaseUrls, database: string): DatabaseUrls & { readonly admin: string } => ({
	app: urlForDatabase(urls.app, database),
	jobs: urlForDatabase(urls.jobs, database),
	identity: urlForDatabase(urls.identity, database),
	owner: urlForDatabase(urls.owner, database),
	admin: urlForDatabase(adminUrl(urls), database)
});

export interface TestDatabase {
	readonly urls: DatabaseUrls & { readonly admin: string };
	readonly connections: Connections;
	/** Closes the connections and removes the database. */
	drop(): Promise<void>;
}

/** A database of its own, copied from the template (or from `template`) on a test cluster. */
export const copyTestDatabase = async (cluster: DatabaseUrls, template: string = templateName): Promise<TestDatabase> => {
	const name = `test_${randomBytes(8).toString('hex')}`;
	const admin = adminUrl(cluster);
	await asAdmin(admin, (client) => makeDatabase(client, name, template));
	const urls = urlsFor(cluster, name);
	// A queue of 64 on a busy machine is no fault.
	const connections = openConnections(urls, { max: 4, patience: 60_000 });
	return {
		urls,
		connections,
		drop: async () => {
			await connections.end();
			await asAdmin(admin, async (client) => {
				await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
			});
		}
	};
};

/**
 * In a vitest file of the project `database` (`x.db.test.ts`): an empty migrated database of its own. Drop it in `afterAll`.
 * Acts in tests of one file may share it; tests of different files never do.
 */
export const testDatabase = async (): Promise<TestDatabase> => {
	// Loaded here: outside a vitest worker this module serves too, and vitest refuses to be loaded there.
	const { inject } = await import('vitest');
	return await copyTestDatabase(inject('testCluster'));
};

/** The same without any table: for tests of migrating itself. */
export const emptyTestDatabase = async (): Promise<TestDatabase> => {
	const { inject } = await import('vitest');
	return await copyTestDatabase(inject('testCluster'), 'template0');
};

declare module 'vitest' {
	interface ProvidedContext {
		testCluster: DatabaseUrls;
	}
}
