import { realpathSync } from 'node:fs';
import pg from 'pg';
import { adminName, readPostmaster, removeSocketFolder, stopServer } from './cluster.server.ts';
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
