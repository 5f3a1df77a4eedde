import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { removeSocketFolder } from './address.server.ts';
import { adminName, readPostmaster, stopServer } from './cluster.server.ts';
import type { Cluster } from './cluster.server.ts';
import { processBegan } from './folder-lock.server.ts';
import { connectionUrl } from './urls.ts';
import type { ServerAddress } from './urls.ts';

/**
 * A server on this folder that outlived our process: adopted when it answers and runs as wished, else stopped in order.
 * We hold the folder's lock, so no living process of ours uses it.
 */
export const findOrphan = async (cluster: Cluster): Promise<{ readonly pid: number; readonly address: ServerAddress } | undefined> => {
	const postmaster = readPostmaster(cluster.folder);
	if (postmaster === undefined) return undefined;
	if (processBegan(postmaster.pid) === undefined) {
		await awaitBurial(postmaster.pid, cluster.folder);
		removeSocketFolder(postmaster.address); // it died with our process; its file tells where it listened
		return undefined;
	}
	const client = new pg.Client({
		connectionString: connectionUrl(postmaster.address, adminName, 'postgres', cluster.adminPassword),
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
	const sameKind = 'socketFolder' in postmaster.address === (cluster.adminPassword === undefined);
	if (answer?.major === cluster.major && answer.fsync === (cluster.durable ? 'on' : 'off') && sameKind)
		return { pid: postmaster.pid, address: postmaster.address };
	await stopServer(cluster, postmaster.pid);
	removeSocketFolder(postmaster.address);
	return undefined;
};

const burialPatience = 10_000; // milliseconds; init buries at once, but a container may have a first process that never does

/**
 * A process that died and that its parent did not collect yet (a zombie) still answers to its number: PostgreSQL would take it for a living server
 * and refuse to start. When it is never collected, its file goes, once nothing works in the folder any more.
 */
const awaitBurial = async (pid: number, folder: string): Promise<void> => {
	for (let waited = 0; answers(pid) && processBegan(pid) === undefined; waited += 20) {
		if (waited > burialPatience && process.platform === 'linux' && !isWorkedIn(folder)) {
			rmSync(join(folder, 'postmaster.pid'), { force: true });
			return;
		}
		if (waited > 2 * burialPatience) return;
		await wait(20);
	}
};

const answers = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
};

/** Whether any living process stands in the folder, as PostgreSQL's all do. */
const isWorkedIn = (folder: string): boolean => readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), folder));

/** Stops a server that was left behind on a folder whose lock we hold, whatever version it is. */
export const stopOrphan = async (cluster: Pick<Cluster, 'binaries' | 'folder'>): Promise<void> => {
	const postmaster = readPostmaster(cluster.folder);
	if (postmaster === undefined) return;
	if (processBegan(postmaster.pid) !== undefined && worksIn(postmaster.pid, cluster.folder)) await stopServer(cluster, postmaster.pid);
	removeSocketFolder(postmaster.address);
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
