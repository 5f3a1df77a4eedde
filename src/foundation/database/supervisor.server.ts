import { createHmac, randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.server.ts';
import { bootstrapServer, roleName } from './bootstrap.server.ts';
import {
	adminName,
	freePort,
	majorOf,
	majorOfFolder,
	makeCluster,
	makeSocketFolder,
	readPostmaster,
	startServer,
	stopServer
} from './cluster.server.ts';
import type { Cluster } from './cluster.server.ts';
import { lockFolder, processBegan } from './folder-lock.server.ts';
import { decideRunAs } from './run-as.server.ts';
import { StartError } from './start-problem.ts';
import { connectionUrl, databaseRoles } from './urls.ts';
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
const passwords = (folder: string): Readonly<Record<Login, string>> => {
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

const urlsAt = (
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
 * A server on this folder that outlived our process: adopted when it answers and runs as wished, else stopped in order.
 * We hold the folder's lock, so no living process of ours uses it.
 */
const findOrphan = async (
	cluster: Cluster,
	secrets: Readonly<Record<Login, string>> | undefined
): Promise<{ readonly pid: number; readonly address: ServerAddress } | undefined> => {
	const postmaster = readPostmaster(cluster.folder);
	if (postmaster === undefined || processBegan(postmaster.pid) === undefined) return undefined;
	const client = new pg.Client({
		connectionString: connectionUrl(postmaster.address, adminName, 'postgres', secrets?.admin),
		connectionTimeoutMillis: 3000
	});
	// The server may break the connection off while we ask; the question itself then fails and is answered below.
	client.on('error', () => undefined);
	let answer: { folder: string; major: number; fsync: string } | undefined;
	try {
		await client.connect();
		const found = await client.query<{ folder: string; major: number; fsync: string }>(
			`select current_setting('data_directory') as folder, current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync`
		);
		answer = found.rows[0];
		await client.end();
	} catch {
		answer = undefined; // it does not answer (starting, stopping, its socket gone): then it is stopped and started anew
	}
	const ours =
		answer === undefined ? worksIn(postmaster.pid, cluster.folder) : realpathSync(answer.folder) === realpathSync(cluster.folder);
	if (!ours) return undefined; // the number was reused by another program: PostgreSQL itself then clears its file
	const sameKind = 'socketFolder' in postmaster.address === (secrets === undefined);
	if (answer?.major === cluster.major && answer.fsync === (cluster.durable ? 'on' : 'off') && sameKind)
		return { pid: postmaster.pid, address: postmaster.address };
	await stopServer(cluster, postmaster.pid);
	return undefined;
};

/** PostgreSQL's main process stands in its data folder. Where that cannot be seen we take postmaster.pid's word. */
const worksIn = (pid: number, folder: string): boolean => {
	if (process.platform !== 'linux') return true;
	try {
		return realpathSync(`/proc/${pid}/cwd`) === realpathSync(folder);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EACCES';
	}
};

/**
 * Starts our own PostgreSQL on a folder: makes it the first time, starts it again when it dies, adopts or stops one that an earlier
 * process left behind. Throws `StartError` with the reason as a value.
 */
export const startDatabase = async (wish: DatabaseWish): Promise<RunningDatabase> => {
	mkdirSync(wish.folder, { recursive: true, mode: 0o700 });
	const folder = realpathSync(wish.folder);
	const lock = await lockFolder(folder);
	try {
		return await startLocked(wish, folder, lock.release);
	} catch (error) {
		await lock.release();
		throw error;
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
	const orphan = await findOrphan(cluster, secrets);
	const newAddress = async (): Promise<ServerAddress> =>
		secrets === undefined ? { socketFolder: makeSocketFolder(cluster.runAs.user) } : { port: await freePort() };
	const address = orphan?.address ?? (await newAddress());
	const removeSocketFolder = (): void => {
		if ('socketFolder' in address) rmSync(address.socketFolder, { recursive: true, force: true });
	};
	const urls = urlsAt(address, secrets);
	let child: ChildProcess | undefined;
	let pid: number;
	if (orphan !== undefined) pid = orphan.pid;
	else {
		try {
			const started = await startServer(cluster, address);
			child = started;
			pid = started.pid;
		} catch (error) {
			removeSocketFolder();
			throw error;
		}
	}

	const marker = join(cluster.folder, 'loopplank.bootstrapped');
	try {
		await bootstrapOnce(marker, { adminUrl: urls.admin, database: databaseName, ...(secrets === undefined ? {} : { passwords: secrets }) });
	} catch (error) {
		await stopServer(cluster, pid);
		removeSocketFolder();
		throw error;
	}

	let stopping: Promise<void> | undefined;
	let giveUp: (error: StartError) => void = () => undefined;
	const lost = new Promise<never>((_, reject) => (giveUp = reject));
	lost.catch(() => undefined); // whoever wants to know awaits it; alone it must not end the process

	const recent: number[] = [];
	const recover = async (): Promise<void> => {
		for (;;) {
			if (stopping !== undefined) return;
			const now = performance.now();
			recent.push(now);
			if (recent.filter((moment) => now - moment < 60_000).length > 5)
				return giveUp(new StartError('server_keeps_stopping', { logFile: cluster.logFile }));
			wish.sayProgress?.('recovering');
			try {
				const started = await startServer(cluster, address);
				child = started;
				pid = started.pid;
				watch();
				return;
			} catch {
				// Processes of the dead server may hold its memory for a moment; the count above ends this.
				await wait(500);
			}
		}
	};
	const watch = (): void => {
		if (child !== undefined) {
			child.once('exit', () => void recover());
			if (child.exitCode !== null || child.signalCode !== null) void recover();
			return;
		}
		const timer = setInterval(() => {
			if (stopping !== undefined) clearInterval(timer);
			else if (processBegan(pid) === undefined) {
				clearInterval(timer);
				void recover();
			}
		}, 250);
		timer.unref();
	};
	watch();

	// When our process ends without stop(): ask the server to end too. It needs nobody to wait for it.
	const onExit = (): void => {
		try {
			process.kill(pid, 'SIGINT');
		} catch {
			// it was gone already
		}
	};
	process.once('exit', onExit);

	const stop = async (): Promise<void> => {
		await stopServer(cluster, pid);
		process.removeListener('exit', onExit);
		removeSocketFolder();
		await release();
	};
	return {
		urls,
		version: cluster.major,
		get pid() {
			return pid;
		},
		adopted: orphan !== undefined,
		lost,
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
