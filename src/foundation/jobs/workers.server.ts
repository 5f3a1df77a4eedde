import { setTimeout as sleep } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import type { Connections } from '../database/connections.server.ts';
import type { Installation } from '../installation.ts';
import type { Post } from '../mail/letter.ts';
import { openPost } from '../mail/mail.server.ts';
import { askDailyJobs, dailyHandlers, ownHandlers } from './daily.server.ts';
import { beatLoop } from './beat.server.ts';
import { failureCode } from './job.ts';
import type { JobHandlers } from './job.ts';
import { openQueue, queues, usualPatience } from './queue.server.ts';
import type { Patience, QueuedJob } from './queue.server.ts';
import { runJob } from './run-job.server.ts';
import { tellLog } from './tell.ts';
import type { Tell } from './tell.ts';

export interface JobsParts {
	readonly connections: Pick<Connections, 'jobs' | 'queue'>;
	/** By kind of job; those of the rooms, each in its `jobs.server.ts`. */
	readonly handlers: JobHandlers;
	/** Kinds that are asked for once a day in every network, beside the foundation's own. */
	readonly daily?: readonly string[];
	/** Kinds that are asked for each minute in every network: they look for terms that have run out. */
	readonly sweeps?: readonly string[];
	/** For `SMTP_URL` and `MAIL_FROM`. */
	readonly env: NodeJS.ProcessEnv;
	readonly post?: Post;
	readonly tell?: Tell;
	readonly patience?: Patience;
	/** Seconds between two looks into the queue; what this process handed over itself is done at once. Default 5. */
	readonly lookEvery?: number;
	/** Milliseconds that a job may take to finish when the process stops. Default 4000. */
	readonly grace?: number;
}

export interface RunningJobs {
	/** Resolves when jobs are being done; rejects when stopped before that. */
	readonly ready: Promise<void>;
	/** Lets what is being done finish, for a few seconds; what is left is done again later. May be called twice. */
	stop(): Promise<void>;
}

/** Jobs that this process does at once. */
const hands = 3;

/**
 * Starts the work of one process behind its pages: hands the outboxes over to the queue, does the jobs in it, seals the logs, fills the
 * search index after a crash. Any number of processes may do so. Returns at once and goes on in the background, also when the database
 * is away. Throws when `SMTP_URL` or `MAIL_FROM` cannot be used.
 */
export async function startJobs(installation: Installation, parts: JobsParts): Promise<RunningJobs> {
	const tell = parts.tell ?? tellLog;
	const post = parts.post ?? openPost(installation, parts.env);
	const handlers: JobHandlers = { ...dailyHandlers, ...ownHandlers, ...parts.handlers };
	const { jobs: pool, queue } = parts.connections;
	const lookEvery = parts.lookEvery ?? 5;
	const stopping = new AbortController();
	const hand: { boss?: PgBoss; workers: readonly string[] } = { workers: [] };

	const ready = (async (): Promise<void> => {
		const boss = await openPatiently(() => openQueue(queue, tell, parts.patience ?? usualPatience), tell, stopping.signal);
		hand.boss = boss;
		const workers = await Promise.all(Array.from({ length: hands }, () => work(boss)));
		hand.workers = workers;
		await boss.work(queues.daily, { pollingIntervalSeconds: lookEvery * 3 }, () =>
			askDailyJobs(installation, boss, Object.keys(dailyHandlers).concat(parts.daily ?? []))
		);
		await boss.schedule(queues.daily, '20 4 * * *', null, { tz: 'Europe/Amsterdam', missed: 'once' });
	})();
	// Whoever waits for it hears why; whoever does not need not.
	ready.catch(() => undefined);

	async function work(boss: PgBoss): Promise<string> {
		const own: { id?: string } = {};
		own.id = await boss.work<QueuedJob>(
			queues.work,
			{ batchSize: 1, pollingIntervalSeconds: lookEvery, perJobResults: true },
			async (jobs) => {
				const results = await Promise.all(jobs.map((job) => runJob({ installation, handlers, post, boss, tell }, job)));
				// There may be more: look again now.
				if (own.id !== undefined) boss.notifyWorker(own.id);
				return results;
			}
		);
		return own.id;
	}

	const loop = beatLoop({
		installation,
		...{ pool, queue, tell },
		signal: stopping.signal,
		boss: () => hand.boss,
		sweeps: parts.sweeps ?? [],
		onHandedOver: () => {
			for (const id of hand.workers) hand.boss?.notifyWorker(id);
		}
	});

	const stop = async (): Promise<void> => {
		stopping.abort();
		const grace = parts.grace ?? 4000;
		// A server that does not answer must not keep the process: what it was doing there, it does or not, in its own transaction.
		await Promise.race([Promise.allSettled([ready, loop]), sleep(grace, undefined, { ref: false })]);
		await hand.boss?.stop({ graceful: true, timeout: grace, close: false });
	};
	let stopped: Promise<void> | undefined;
	return { ready, stop: () => (stopped ??= stop()) };
}

/** Tries until it works; tells the first time that it does not. Rejects when the signal comes. */
async function openPatiently<T>(open: () => Promise<T>, tell: Tell, signal: AbortSignal): Promise<T> {
	for (let tries = 0; ; tries++) {
		signal.throwIfAborted();
		try {
			return await open();
		} catch (error) {
			if (tries === 0) tell({ level: 'error', event: 'queue_not_opened', code: failureCode(error) });
			await sleep(Math.min(30_000, 500 * 2 ** tries), undefined, { signal });
		}
	}
}
