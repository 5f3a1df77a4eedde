import type { PgBoss } from 'pg-boss';
import type { Installation } from '../installation.ts';
import { askForAnchors, sendAnchor } from '../log/anchor.server.ts';
import { removeClosedWords } from '../search/rebuild.server.ts';
import { dayAt } from '../time/days.ts';
import { jobNetwork } from './job.ts';
import type { JobHandlers } from './job.ts';
import { idForName, queued, queues } from './queue.server.ts';

/** How long the key of a call is remembered (comment on table command_key), in milliseconds. */
const commandKeyAge = 30 * 24 * 60 * 60 * 1000;

/** What the foundation itself does once a day in each network. Each may be done twice without harm. */
export const dailyHandlers: JobHandlers = {
	'daily.command_keys': async (installation, job) => {
		const networkId = jobNetwork(job);
		await installation.door.job(networkId, job.now, (tx) =>
			tx
				.deleteFrom('commandKey')
				.where('networkId', '=', networkId)
				.where('at', '<', new Date(job.now.getTime() - commandKeyAge))
				.execute()
		);
	},
	'daily.search_words': async (installation, job) => {
		await removeClosedWords(installation, jobNetwork(job));
	},
	'daily.log_anchor': askForAnchors
};

/** The other jobs that the foundation itself does. */
export const ownHandlers: JobHandlers = { 'mail.log_anchor': sendAnchor };

/** Asks for the daily jobs of every network; asked again on the same day, nothing is added. */
export async function askDailyJobs(installation: Installation, boss: Pick<PgBoss, 'insert'>, kinds: readonly string[]): Promise<void> {
	const day = dayAt(installation.world.now());
	for (const { networkId } of await installation.door.listNetworks()) {
		const jobs = kinds.map((kind) => queued(idForName(`${kind} ${networkId} ${day}`), { kind, networkId, payload: {} }));
		await boss.insert(queues.work, jobs);
	}
}

/**
 * Asks for the sweeps of every network: looks for terms that have run out. Asked again in the same minute, nothing is added, however many
 * processes ask.
 */
export async function askSweeps(installation: Installation, boss: Pick<PgBoss, 'insert'>, kinds: readonly string[]): Promise<void> {
	if (kinds.length === 0) return;
	const minute = installation.world.now().toISOString().slice(0, 16);
	for (const { networkId } of await installation.door.listNetworks()) {
		const jobs = kinds.map((kind) => queued(idForName(`${kind} ${networkId} ${minute}`), { kind, networkId, payload: {} }));
		await boss.insert(queues.work, jobs);
	}
}
