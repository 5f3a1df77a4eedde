import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import { listDeadLetters, reviveDeadLetters } from './dead-letters.server.ts';
import { JobFailure } from './job.ts';
import type { JobHandlers } from './job.ts';
import { openQueue, queues } from './queue.server.ts';
import type { QueuedJob } from './queue.server.ts';
import { relayNetwork } from './relay.server.ts';
import { openJobsScene, until } from './testing.server.ts';
import type { JobsScene } from './testing.server.ts';

let database: TestDatabase;
let scene: JobsScene;
beforeAll(async () => {
	database = await testDatabase();
	scene = await openJobsScene(database);
});
afterEach(() => scene.stopAll());
afterAll(async () => {
	await scene.owner.end();
	await database.drop();
});

describe('from the outbox', () => {
	test('a job is done within two seconds, with its network, its payload and its moment', async () => {
		const networkId = await scene.makeNetwork();
		const done: unknown[] = [];
		await scene.start({
			'mail.proof': (_, { id, kind, networkId: of, payload, now, tries }) => {
				done.push({ id, kind, networkId: of, payload, now, tries });
				return Promise.resolve();
			}
		});
		await sleep(1200);
		const began = performance.now();
		const id = await scene.tell(networkId, 'mail.proof', { invitationId: 'x' });
		await until(() => done.length > 0);
		expect(performance.now() - began).toBeLessThan(2000);
		expect(done).toEqual([{ id, kind: 'mail.proof', networkId, payload: { invitationId: 'x' }, now: scene.now, tries: 0 }]);
		expect((await scene.owner.query('select from outbox')).rowCount).toBe(0);
	});

	test('sign-in has its own outbox; its jobs have no network', async () => {
		const done: unknown[] = [];
		await scene.start({
			'signin.link': (_, job) => {
				done.push([job.networkId, job.payload]);
				return Promise.resolve();
			}
		});
		await database.connections.identity.query(`insert into identity.outbox values ($1, 'signin.link', '{"link_id": "y"}', $2)`, [
			randomUUID(),
			scene.now
		]);
		await until(() => done.length > 0);
		expect(done).toEqual([[null, { link_id: 'y' }]]);
	});

	test('three processes hand over and do 300 jobs of two networks: each once', async () => {
		const networks = [await scene.makeNetwork(), await scene.makeNetwork()];
		const done: string[] = [];
		const handlers: JobHandlers = {
			'mail.proof': (_, job) => {
				done.push(job.id);
				return Promise.resolve();
			}
		};
		await Promise.all([scene.start(handlers), scene.start(handlers), scene.start(handlers)]);
		const asked: string[] = [];
		for (let n = 0; n < 150; n++) for (const networkId of networks) asked.push(await scene.tell(networkId, 'mail.proof'));
		await until(() => done.length >= 300, 15_000);
		await sleep(300);
		expect(done.toSorted()).toEqual(asked.toSorted());
	});

	test('letters stand behind all other work, also when they came first', async () => {
		const networkId = await scene.makeNetwork();
		const boss = await openQueue(database.connections.queue, () => undefined);
		try {
			for (const kind of ['mail.one', 'mail.two', 'work.one', 'signin.link']) await scene.tell(networkId, kind);
			await relayNetwork(database.connections.queue, boss, networkId);
			const kinds: string[] = [];
			for (let turn = 0; turn < 4; turn++) {
				const [job] = await boss.fetch<QueuedJob>(queues.work);
				kinds.push(job?.data.kind ?? 'none');
			}
			expect(kinds.map((kind) => kind.startsWith('mail.'))).toEqual([false, false, true, true]);
			await boss.deleteAllJobs(queues.work);
		} finally {
			await boss.stop({ graceful: false, close: false });
		}
	});

	test('a handing over that dies half-way leaves the row in the outbox and nothing in the queue', async () => {
		const networkId = await scene.makeNetwork();
		const boss = await openQueue(database.connections.jobs, () => undefined);
		try {
			const id = await scene.tell(networkId, 'mail.half_way');
			const dying = {
				insert: async (...call: Parameters<typeof boss.insert>) => (await boss.insert(...call), Promise.reject(new Error('died')))
			};
			await expect(relayNetwork(database.connections.jobs, dying as unknown as typeof boss, networkId)).rejects.toThrow('died');
			expect((await scene.owner.query('select from outbox where network_id = $1', [networkId])).rowCount).toBe(1);
			expect(await boss.findJobs(queues.work, { id })).toEqual([]);
			const handed = await Promise.all([1, 2, 3].map(() => relayNetwork(database.connections.jobs, boss, networkId)));
			expect(handed.reduce((a, b) => a + b)).toBe(1);
			expect(await boss.findJobs(queues.work, { id })).toHaveLength(1);
			await boss.deleteAllJobs(queues.work);
		} finally {
			await boss.stop({ graceful: false, close: false });
		}
	});
});

describe('a job that fails', () => {
	test('is tried again until it is done', async () => {
		const networkId = await scene.makeNetwork();
		const tries: number[] = [];
		await scene.start({
			'mail.later': (_, job) => {
				tries.push(job.tries);
				return job.tries < 2 ? Promise.reject(new Error('anna@voorbeeld.nl is not there')) : Promise.resolve();
			}
		});
		await scene.tell(networkId, 'mail.later');
		await until(() => tries.length === 3, 18_000);
		expect(tries).toEqual([0, 1, 2]);
		const kept = await scene.owner.query<{ all: string }>(`select string_agg(j::text, ' ') as all from pgboss.job j`).catch(() => null);
		expect(kept).toBeNull();
		const seen = await database.connections.jobs.query<{ all: string }>(`select string_agg(j::text, ' ') as all from pgboss.job j`);
		expect(seen.rows[0]?.all).toContain('mail.later');
		expect(seen.rows[0]?.all).not.toContain('voorbeeld');
		expect(JSON.stringify(scene.events)).not.toContain('voorbeeld');
		expect(scene.events).toContainEqual(expect.objectContaining({ event: 'job_failed', kind: 'mail.later', code: 'Error', tries: 0 }));
	});

	test('for good goes to the dead letters at once, is counted, and can be put back', async () => {
		const networkId = await scene.makeNetwork();
		let poisoned = true;
		let tried = 0;
		const jobs = await scene.start({
			'mail.poison': () => {
				tried++;
				return poisoned ? Promise.reject(new JobFailure('no_such_invitation', true)) : Promise.resolve();
			}
		});
		const pool = database.connections.jobs;
		await scene.tell(networkId, 'mail.poison');
		await until(async () => (await listDeadLetters(pool)).length > 0);
		expect(await listDeadLetters(pool)).toEqual([{ kind: 'mail.poison', count: 1, code: 'no_such_invitation', since: expect.any(Date) }]);
		expect(tried).toBe(1);
		poisoned = false;
		expect(await reviveDeadLetters(pool)).toBe(1);
		await until(() => tried === 2);
		await jobs.stop();
		expect(await listDeadLetters(pool)).toEqual([]);
	});

	test('of a kind that nobody knows is given up after its tries', async () => {
		const networkId = await scene.makeNetwork();
		await scene.start({});
		await scene.tell(networkId, 'mail.unheard_of');
		await until(async () => (await listDeadLetters(database.connections.jobs)).some((dead) => dead.kind === 'mail.unheard_of'), 18_000);
		expect(await listDeadLetters(database.connections.jobs)).toContainEqual({
			kind: 'mail.unheard_of',
			count: 1,
			code: 'kind_unknown',
			since: expect.any(Date)
		});
	});
});

test('no other role may enter the queue', async () => {
	const boss = await openQueue(database.connections.jobs, () => undefined);
	await boss.stop({ graceful: false, close: false });
	for (const pool of [database.connections.app, database.connections.identity]) {
		await expect(pool.query('select from pgboss.job')).rejects.toThrow('permission denied for schema pgboss');
	}
});
