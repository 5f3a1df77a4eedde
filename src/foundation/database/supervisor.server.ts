import { createHmac, randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, makeSocketFolder, removeSocketFolder } from './address.server.ts';
import { findBinaries } from './binaries.server.ts';
import { bootstrapServer, roleName } from './bootstrap.server.ts';
import { adminName, majorOf, majorOfFolder, makeCluster, startServer, stopServer } from './cluster.server.ts';
import type { Cluster } from './cluster.server.ts';
import { lockFolder } from './folder-lock.server.ts';
import { keepRunning } from './keep-running.server.ts';
import { findOrphan } from './orphan.server.ts';
import { decideRunAs } from './run-as.server.ts';
import { StartError, startProblemOf } from './start-problem.ts';
import { connectionUrl } from './urls.ts';
import type { DatabaseRole, DatabaseUrls, ServerAddress } from './urls.ts';

export interface DatabaseWish {
	/** Our folder for the database; made when missing. PostgreSQL's own data folder is `cluster` inside it. */
	readonly folder: string;
	/** Folder with another PostgreSQL's programs (15 to 18), instead of those that come with the product. */
	readonly postgresBin?: string | undefined;
	/** False only for throwaway databases in tests: nothing is synced to disk. */
	readonly durable?: boolean;
	/** Unix socket, or loopback with a secret. Default: sockets, except on Windows. */
	readonly sockets?: boolean;
	/** False in a test of the way without user namespaces. */
	readonly namespaces?: boolean;
	/** Told once a step that takes time: `making` (first start) or `recovering` (the server died and is started again). */
	readonly sayProgress?: (step: 'making' | 'recovering') => void;
}

export interface RunningDatabase {
	readonly urls: DatabaseUrls;
	/** Major version, 15 to 18. */
	readonly version: number;
	/** Process number of the server now (it changes when the server died and was started again). */
	readonly pid: number;
	/** True when a server was found running that an earlier process of ours left behind. */
	readonly adopted: boolean;
	/** Rejects with a `StartError` when the server keeps dying and was given up. Never resolves. */
	readonly lost: Promise<never>;
	/** Stops the server in order and leaves the folder to others. May be called twice. */
	stop(): Promise<void>;
}

export const databaseName = 'loopplank';

/** Names of the role `admin` too, for the secret of each. */
type Login = DatabaseRole | 'admin';

/** Where there are no sockets: each login's own password, all from one secret in a file that only this user can read. */
export const passwords = (folder: string): Readonly<Record<Login, string>> => {
	const file = join(folder, 'secret');
	let secret: string;
	try {
		secret = readFileSync(file, 'utf8');
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
		secret = randomBytes(32).toString('hex');
		writeFileSync(file, secret, { mode: 0o600, flag: 'wx' });
	}
	const of = (login: Login): string => createHmac('sha256', secret).update(login).digest('hex');
	return { app: of('app'), jobs: of('jobs'), identity: of('identity'), owner: of('owner'), admin: of('admin') };
};

/** The connection string of each login at an address. */
export const urlsAt = (
	address: ServerAddress,
	secrets: Readonly<Record<Login, string>> | undefined
): DatabaseUrls & { readonly admin: string } => {
	const url = (role: DatabaseRole): string => connectionUrl(address, roleName(role), databaseName, secrets?.[role]);
	return {
		app: url('app'),
		jobs: url('jobs'),
		identity: url('identity'),
		owner: url('owner'),
		admin: connectionUrl(address, adminName, 'postgres', secrets?.admin)
	};
};

/**
 * Starts our own PostgreSQL on a folder: makes it the first time, starts it again when it dies, adopts or stops one that an earlier
 * process left behind. Throws `StartError` with the reason as a value.
 */
export const startDatabase = async (wish: DatabaseWish): Promise<RunningDatabase> => {
	try {
		// The folders above can be passed through, not read: another user than root may have to run PostgreSQL in ours.
		mkdirSync(dirname(wish.folder), { recursive: true, mode: 0o711 });
		mkdirSync(wish.folder, { recursive: true, mode: 0o700 });
		const folder = realpathSync(wish.folder);
		const lock = await lockFolder(folder);
		try {
			return await startLocked(wish, folder, lock.release);
		} catch (error) {
			// On a full disk the claim cannot be marked as left; it ends with this process all the same.
			await lock.release().catch(() => undefined);
			throw error;
		}
	} catch (error) {
		// Node names the file that could not be written; the person knows the folder they gave.
		const problem = error instanceof StartError ? undefined : startProblemOf(error);
		throw problem === undefined || !('folder' in problem.values) ? error : new StartError(problem.code, { folder: wish.folder }, error);
	}
};

const prepare = async (wish: DatabaseWish, folder: string, adminPassword: string | undefined): Promise<Cluster> => {
	const binaries = await findBinaries(wish.postgresBin);
	const clusterFolder = join(folder, 'cluster');
	const runAs = decideRunAs({
		clusterFolder,
		reach: [dirname(folder), binaries.folder],
		...(wish.namespaces === undefined ? {} : { namespaces: wish.namespaces })
	});
	if (runAs.user !== undefined) {
		chownSync(folder, runAs.user.uid, runAs.user.gid);
		chmodSync(folder, 0o700);
	}
	const cluster: Cluster = {
		folder: clusterFolder,
		logFile: join(folder, 'server.log'),
		binaries,
		major: majorOf(binaries, runAs.prefix),
		runAs,
		durable: wish.durable !== false,
		...(adminPassword === undefined ? {} : { adminPassword })
	};
	const made = majorOfFolder(clusterFolder);
	if (made !== undefined && made !== cluster.major) throw new StartError('other_major_version', { folder, made, here: cluster.major });
	if (made === undefined) {
		wish.sayProgress?.('making');
		await makeCluster(cluster);
	}
	return cluster;
};

const startLocked = async (wish: DatabaseWish, folder: string, release: () => Promise<void>): Promise<RunningDatabase> => {
	const secrets = (wish.sockets ?? process.platform !== 'win32') ? undefined : passwords(folder);
	const cluster = await prepare(wish, folder, secrets?.admin);
	const orphan = await findOrphan(cluster);
	const address =
		orphan?.address ?? (secrets === undefined ? { socketFolder: makeSocketFolder(cluster.runAs.user) } : { port: await freePort() });
	// When our process ends without stop() the server is asked to end (`endWithUs`), and nobody comes back to this folder.
	const onExit = (): void => removeSocketFolder(address);
	process.once('exit', onExit);
	const urls = urlsAt(address, secrets);
	let server: { readonly pid: number; readonly child?: ChildProcess } | undefined = orphan;
	try {
		if (server === undefined) {
			const child = await startServer(cluster, address);
			server = { pid: child.pid, child };
		}
		const marker = join(cluster.folder, 'loopplank.bootstrapped');
		await bootstrapOnce(marker, { adminUrl: urls.admin, database: databaseName, ...(secrets === undefined ? {} : { passwords: secrets }) });
	} catch (error) {
		if (server !== undefined) await stopServer(cluster, server.pid);
		process.removeListener('exit', onExit);
		removeSocketFolder(address);
		throw error;
	}
	const kept = keepRunning({
		cluster,
		server,
		start: () => startServer(cluster, address),
		...(wish.sayProgress === undefined ? {} : { onRecovering: () => wish.sayProgress?.('recovering') })
	});
	const stop = async (): Promise<void> => {
		await kept.stop();
		process.removeListener('exit', onExit);
		removeSocketFolder(address);
		await release();
	};
	let stopping: Promise<void> | undefined;
	return {
		urls,
		version: cluster.major,
		get pid() {
			return kept.pid;
		},
		adopted: orphan !== undefined,
		lost: kept.lost,
		stop: () => (stopping ??= stop())
	};
};

/** Roles and database are looked at once; the marker is written after, so that a process that dies half way does it again. */
const bootstrapOnce = async (marker: string, wish: Parameters<typeof bootstrapServer>[0]): Promise<void> => {
	try {
		readFileSync(marker);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
		await bootstrapServer(wish);
		writeFileSync(marker, '', { mode: 0o600 });
	}
};
