import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import type { Db, PgBoss } from 'pg-boss';
import { failureCode } from './job.ts';
import type { Tell } from './tell.ts';

/** All jobs stand in one queue, so that its cost does not grow with the kinds of jobs; `dead` keeps those that were given up. */
export const queues = { work: 'work', dead: 'dead', daily: 'daily' } as const;

/** A job as it stands in the queue. */
export interface QueuedJob {
	readonly kind: string;
	readonly networkId: string | null;
	readonly payload: Readonly<Record<string, string>>;
}

/**
 * A job for the queue. Letters stand behind all other work: when a mail server is away they come back again and again, and nothing else need wait
 * for that.
 */
export const queued = (id: string, data: QueuedJob): { id: string; priority: number; data: QueuedJob } => ({
	id,
	priority: data.kind.startsWith('mail.') ? 0 : 1,
	data
});

export interface Patience {
	/** How often a job is tried again. */
	readonly tries: number;
	/** Seconds before the first new try; it doubles at each. */
	readonly delay: number;
	/** The longest pause, in seconds. */
	readonly longest: number;
}

/** 5 s, 10 s, 20 s … up to an hour apart: a mail server may be away for most of a day. */
export const usualPatience: Patience = { tries: 24, delay: 5, longest: 3600 };

const days = 86_400;

/** Opens the queue in schema `pgboss`, as the jobs role over our own pool. At the first start it makes its tables there. */
export async function openQueue(pool: Pool, tell: Tell, patience: Patience = usualPatience): Promise<PgBoss> {
	// Loaded here, after the pages are served: it is large.
	const { PgBoss } = await import('pg-boss');
	const boss = new PgBoss({
		db: poolDb(pool),
		schema: 'pgboss',
		createSchema: false,
		registerInstance: false,
		superviseIntervalSeconds: 30,
		cronMonitorIntervalSeconds: 30,
		cronWorkerIntervalSeconds: 15
	});
	boss.on('error', (error) => tell({ level: 'error', event: 'queue_error', code: failureCode(error) }));
	boss.on('warning', (warning) =>
		tell({ level: 'warning', event: 'queue_warning', code: String('type' in warning ? warning.type : 'other') })
	);
	await boss.start();
	await boss.createQueue(queues.dead);
	await boss.updateQueue(queues.dead, { retentionSeconds: 90 * days, deleteAfterSeconds: days });
	await boss.createQueue(queues.work, { deadLetter: queues.dead });
	await boss.updateQueue(queues.work, {
		retryLimit: patience.tries,
		retryDelay: patience.delay,
		retryBackoff: true,
		retryDelayMax: patience.longest,
		// A letter takes at most two minutes; a job of a process that died is noticed by its missing heartbeat.
		expireInSeconds: 300,
		heartbeatSeconds: 20,
		retentionSeconds: 14 * days,
		deleteAfterSeconds: days,
		deadLetter: queues.dead
	});
	await boss.createQueue(queues.daily, { policy: 'short' });
	return boss;
}

// pg-boss reads numbers and days its own way, so it gets PostgreSQL's values as `pg` gives them, not as our pools do.
const poolDb = (pool: Pool): Db => ({
	executeSql: (text, values) => pool.query({ text, types: pg.types, ...(values === undefined ? {} : { values }) })
});

/** pg-boss inside the transaction of this client: what is put in the queue is there when the transaction commits, and only then. */
export const clientDb = (client: PoolClient): Db => ({
	executeSql: (text, values) => client.query({ text, types: pg.types, ...(values === undefined ? {} : { values }) })
});

/** A UUID for a name: the same name gives the same id, so that a job asked for twice stands in the queue once. */
export function idForName(name: string): string {
	const hex = createHash('sha256').update(`loopplank job ${name}`).digest('hex');
	// Version 8 of RFC 9562: made in our own way.
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
