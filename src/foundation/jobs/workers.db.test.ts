import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import type { Letter, Post } from '../mail/letter.ts';
import type { JobHandlers } from './job.ts';
import { takePulse } from './pulse.server.ts';
import { openQueue, queues } from './queue.server.ts';
import { openJobsScene, quickly, until } from './testing.server.ts';
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

describe('a process', () => {
	test('starts at once and stops within five seconds, also with a job that does not end; the job is done later', async () => {
		const networkId = await scene.makeNetwork();
		let begun = 0;
		let finish = false;
		const handlers: JobHandlers = {
			'mail.endless': async () => {
				begun++;
				while (!finish) await sleep(50);
			}
		};
		const began = performance.now();
		const jobs = await scene.begin(handlers);
		expect(performance.now() - began).toBeLessThan(1000);
		await jobs.ready;
		await scene.tell(networkId, 'mail.endless');
		await until(() => begun === 1);
		const stopping = performance.now();
		await jobs.stop();
		expect(performance.now() - stopping).toBeLessThan(5000);
		finish = true;
		await scene.start(handlers);
		await until(() => begun === 2, 15_000);
	});

	test('stops at once when nothing is being done', async () => {
		const jobs = await scene.start({});
		const stopping = performance.now();
		await Promise.all([jobs.stop(), jobs.stop()]);
		expect(performance.now() - stopping).toBeLessThan(1500);
	});

	test('seals the log and fills the search index without being asked', async () => {
		const networkId = await scene.makeNetwork();
		await scene.start({});
		await scene.owner.query(
			`insert into log_line (network_id, line_id, epoch, at, act, result, object_kind, origin, span_id)
			values ($1, gen_random_uuid(), 1, $2, 'case.see', 'seen', 'network', 'job', '0123456789abcdef')`,
			[networkId, scene.now]
		);
		await until(async () => (await scene.owner.query('select from log_seal where network_id = $1', [networkId])).rowCount === 1, 5000);
		await until(
			async () =>
				(await scene.owner.query('select from search_filling where network_id = $1 and filled_at is not null', [networkId])).rowCount === 1,
			5000
		);
		const pulse = await takePulse(database.connections.jobs, [networkId]);
		expect(pulse.networks).toEqual([{ networkId, outbox: false, unsealed: false, searchEmpty: false }]);
	});

	test('goes on when the database was away', async () => {
		const networkId = await scene.makeNetwork();
		let done = 0;
		await scene.start({ 'mail.proof': () => Promise.resolve(void done++) });
		const admin = await database.connections.owner();
		await admin
			.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'loopplank_jobs' and datname = current_database()`)
			.catch(() => undefined);
		await admin.end();
		const jobs = await database.connections.jobs.query<{ n: number }>(`select count(pg_terminate_backend(pid)) as n from pg_stat_activity
			where usename = 'loopplank_jobs' and datname = current_database() and pid <> pg_backend_pid()`);
		expect(jobs.rows[0]?.n).toBeGreaterThan(0);
		await scene.tell(networkId, 'mail.proof');
		await until(() => done === 1, 15_000);
	});
});

describe('each day', () => {
	test('keys of calls older than 30 days go, and a checker is sent the last seal, once', async () => {
		const networkId = await scene.makeNetwork();
		const [organisationId, checker, other] = [randomUUID(), randomUUID(), randomUUID()];
		await scene.owner.query(`insert into organisation values ($1, $2, 'Proef', 'proef', 'welfare', $3)`, [
			networkId,
			organisationId,
			scene.now
		]);
		for (const [personId, roles] of [
			[checker, '{professional,checker}'],
			[other, '{professional}']
		] as const) {
			await scene.owner.query(`insert into person values ($1, $2, $3, 'Anna', 'anna', $4)`, [networkId, personId, randomUUID(), scene.now]);
			await scene.owner.query(`insert into membership values ($1, $2, $3, $4, 'x', $5, $6)`, [
				networkId,
				randomUUID(),
				personId,
				organisationId,
				roles,
				scene.now
			]);
		}
		for (const [key, days] of [
			['old', 31],
			['new', 29]
		] as const) {
			await scene.owner.query(`insert into command_key values ($1, $2, $3, 'case.open', 'x', null, $4)`, [
				networkId,
				checker,
				key,
				new Date(scene.now.getTime() - days * 86_400_000)
			]);
		}
		await scene.owner.query(`insert into log_seal values ($1, 7, 1, '5', 1, sha256('x'), $2)`, [networkId, scene.now]);
		const letters: Letter[] = [];
		const post: Post = { send: (letter) => Promise.resolve(void letters.push(letter)) };
		await scene.start({}, post);
		const boss = await openQueue(database.connections.jobs, () => undefined, quickly.patience);
		try {
			await boss.send(queues.daily);
			await until(() => letters.length > 0, 18_000);
			await until(async () => (await scene.owner.query('select from command_key where network_id = $1', [networkId])).rowCount === 1);
			await boss.send(queues.daily);
			await sleep(2000);
		} finally {
			await boss.stop({ graceful: false, close: false });
		}
		expect((await scene.owner.query('select key from command_key where network_id = $1', [networkId])).rows).toEqual([{ key: 'new' }]);
		const hash = createHash('sha256').update('x').digest('hex');
		expect(letters).toEqual([
			{
				to: 'checker@voorbeeld.nl',
				locale: 'en',
				subject: 'mail.log_anchor.subject',
				text: expect.stringContaining(`loopplank verify --seal n-${networkId.slice(0, 8)}:7:${hash}`)
			}
		]);
	}, 30_000);

	test('its tick stands in the queue', async () => {
		await scene.start({});
		const found = await database.connections.jobs.query(`select name, cron, timezone from pgboss.schedule`);
		expect(found.rows).toEqual([{ name: 'daily', cron: '20 4 * * *', timezone: 'Europe/Amsterdam' }]);
	});
});
