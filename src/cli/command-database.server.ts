import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { openConnections } from '#foundation/database/connections.server.ts';
import type { Connections } from '#foundation/database/connections.server.ts';
import { findRunning } from '#foundation/database/running.server.ts';
import { checkServer, readDatabaseUrls } from '#foundation/database/settings.server.ts';
import { startProblemOf } from '#foundation/database/start-problem.ts';
import { startDatabase } from '#foundation/database/supervisor.server.ts';
import type { DatabaseUrls } from '#foundation/database/urls.ts';
import { sayLocally } from './words.ts';

/** The folder that `--data` names. */
export const dataFolderOf = (program: Command): string => path.resolve(program.opts<{ data: string }>().data);

/** The keyring of a data folder. */
export const keyringFolderOf = (dataFolder: string): string => path.join(dataFolder, 'keyring');

/** True when a server of one's own is named: then nothing of the database stands in the data folder. */
export const hasOwnServer = (env: NodeJS.ProcessEnv): boolean => readDatabaseUrls(env) !== undefined;

/** Where a database of our own was made, or would be. */
export const databaseFolderOf = (dataFolder: string): string => path.join(dataFolder, 'database');

export const hasEmbedded = (dataFolder: string): boolean => existsSync(path.join(databaseFolderOf(dataFolder), 'cluster', 'PG_VERSION'));

/**
 * The database for the time of one command, as it is, not migrated: the server of `DATABASE_URL` after it was looked at, else the one that a process
 * of ours has running on the data folder, else it is started and stopped again. Throws `StartError`.
 */
export async function withDatabase<T>(dataFolder: string, env: NodeJS.ProcessEnv, work: (urls: DatabaseUrls) => Promise<T>): Promise<T> {
	const given = readDatabaseUrls(env);
	if (given) await checkServer(given);
	return await withUncheckedDatabase(dataFolder, env, work);
}

/** The same, for who looks at the server itself. */
export async function withUncheckedDatabase<T>(
	dataFolder: string,
	env: NodeJS.ProcessEnv,
	work: (urls: DatabaseUrls) => Promise<T>
): Promise<T> {
	const given = readDatabaseUrls(env);
	if (given) return await work(given);
	const folder = databaseFolderOf(dataFolder);
	let database: Awaited<ReturnType<typeof startDatabase>>;
	try {
		database = await startDatabase({
			folder,
			postgresBin: env['LOOPPLANK_POSTGRES_BIN'],
			sayProgress: (step) => process.stderr.write(`${sayLocally(`cli.progress.${step}`)}\n`)
		});
	} catch (error) {
		if (startProblemOf(error)?.code !== 'already_running') throw error;
		return await work(await waitForRunning(folder, error));
	}
	try {
		return await work(database.urls);
	} finally {
		await database.stop();
	}
}

/** The process that has it may be starting just now. */
async function waitForRunning(folder: string, refusal: unknown): Promise<DatabaseUrls> {
	for (let tries = 0; tries < 50; tries++) {
		const running = findRunning(folder);
		if (running !== undefined) return running;
		await wait(100);
	}
	throw refusal;
}

/** A connection as owner. */
export type Owner = Awaited<ReturnType<Connections['owner']>>;

/** A connection as owner for the time of one command. */
export async function asOwner<T>(urls: DatabaseUrls, work: (owner: Owner, connections: Connections) => Promise<T>): Promise<T> {
	const connections = openConnections(urls);
	try {
		const owner = await connections.owner();
		try {
			return await work(owner, connections);
		} finally {
			await owner.end();
		}
	} finally {
		await connections.end();
	}
}
