import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { openDoor } from '../database/door.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import type { Installation } from '../installation.ts';
import type { Post } from '../mail/letter.ts';
import type { JobHandlers } from './job.ts';
import type { JobEvent } from './tell.ts';
import { startJobs } from './workers.server.ts';
import type { JobsParts, RunningJobs } from './workers.server.ts';

/** For tests of jobs: an installation over a test database, networks, outbox rows and processes that do jobs quickly. */
export interface JobsScene {
	readonly installation: Installation;
	/** The moment of the product's clock. */
	readonly now: Date;
	readonly owner: Client;
	/** What the processes told. */
	readonly events: readonly JobEvent[];
	makeNetwork(): Promise<string>;
	/** Puts a row in the outbox and answers its id. */
	tell(networkId: string, kind: string, payload?: object): Promise<string>;
	/** Starts a process without waiting until it does jobs. */
	begin(handlers: JobHandlers, post?: Post): Promise<RunningJobs>;
	/** `patience` in place of that of `quickly`, for a test that needs more tries than a busy machine may use up. */
	start(handlers: JobHandlers, post?: Post, patience?: JobsParts['patience']): Promise<RunningJobs>;
	/** Stops the processes that were started. */
	stopAll(): Promise<void>;
}

/** Tries again after a second, twice; looks often; stops soon. */
export const quickly: Pick<JobsParts, 'patience' | 'lookEvery' | 'grace'> = {
	patience: { tries: 2, delay: 1, longest: 1 },
	lookEvery: 0.5,
	grace: 1000
};

/** A post that must not be used. */
const noPost: Post = { send: () => Promise.reject(new Error('no letter was expected')) };

export async function openJobsScene(database: TestDatabase): Promise<JobsScene> {
	const owner = await database.connections.owner();
	const now = new Date('2026-03-02T09:00:00Z');
	const parts: Pick<Installation, 'door' | 'world' | 'settings'> & { identity: Pick<Installation['identity'], 'findAddress'> } = {
		door: openDoor(database.connections),
		world: { now: () => now, id: () => randomUUID(), random: (size) => randomBytes(size) },
		identity: { findAddress: () => Promise.resolve({ email: 'checker@voorbeeld.nl', locale: 'en' }) },
		settings: { origin: 'http://localhost', demo: false, dataFolder: '' }
	};
	const installation = parts as Installation;
	const running: RunningJobs[] = [];
	const events: JobEvent[] = [];
	const begin = async (handlers: JobHandlers, post: Post = noPost, patience = quickly.patience): Promise<RunningJobs> => {
		const jobs = await startJobs(installation, {
			connections: database.connections,
			handlers,
			env: {},
			post,
			...quickly,
			...(patience === undefined ? {} : { patience }),
			tell: (event) => events.push(event)
		});
		running.push(jobs);
		return jobs;
	};
	return {
		installation,
		now,
		owner,
		events,
		begin,
		async start(handlers, post, patience) {
			const jobs = await begin(handlers, post, patience);
			await jobs.ready;
			return jobs;
		},
		async makeNetwork() {
			const networkId = randomUUID();
			await owner.query(`insert into network (network_id, name, pot_name, made_at) values ($1, 'Proef', 'de pot', $2)`, [networkId, now]);
			await owner.query(`insert into app.network_directory values ($1, $2)`, [`n-${networkId.slice(0, 8)}`, networkId]);
			return networkId;
		},
		async tell(networkId, kind, payload = {}) {
			const outboxId = randomUUID();
			await owner.query('insert into outbox (network_id, outbox_id, kind, payload, at) values ($1, $2, $3, $4, $5)', [
				networkId,
				outboxId,
				kind,
				payload,
				now
			]);
			return outboxId;
		},
		async stopAll() {
			await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
		}
	};
}

/** Waits until something is so; throws when that takes longer than `within` milliseconds. */
export async function until(what: () => boolean | Promise<boolean>, within = 30_000): Promise<void> {
	const end = Date.now() + within;
	while (!(await what())) {
		if (Date.now() > end) throw new Error('It did not happen in time.');
		await sleep(25);
	}
}
