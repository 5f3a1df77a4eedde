import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import { openJobsScene, until } from '../jobs/testing.server.ts';
import type { JobsScene } from '../jobs/testing.server.ts';
import { openLive, streamsOfSession } from './live.server.ts';
import type { Live, StreamWish } from './live.server.ts';

let database: TestDatabase;
let scene: JobsScene;
let networkId: string;
const lives: Live[] = [];

beforeAll(async () => {
	database = await testDatabase();
	scene = await openJobsScene(database);
	networkId = await scene.makeNetwork();
	await scene.start({ 'mail.proof': () => Promise.resolve() });
});
afterEach(async () => {
	await Promise.all(lives.splice(0).map((live) => live.close()));
	connected = [];
});
afterAll(async () => {
	await scene.stopAll();
	await scene.owner.end();
	await database.drop();
});

/** Connections that stand and listen. */
let connected: Client[] = [];
const connect = async (): Promise<Client> => {
	const client = await database.connections.single('app');
	const query = client.query.bind(client) as (text: string) => Promise<unknown>;
	// Told after the server said that it listens.
	Object.assign(client, { query: (text: string) => query(text).then(() => connected.push(client)) });
	return client;
};
const listening = () => until(() => connected.length >= lives.length);

const open = (heartbeat = 60_000): Live => {
	const live = openLive(connect, { heartbeat, together: 30 }, () => undefined);
	lives.push(live);
	return live;
};

/** Listens as a browser does; `heard` grows with each event. */
async function listen(live: Live, wish: Partial<StreamWish>) {
	const outcome = await live.stream({ networkId, sessionId: randomUUID(), topics: () => Promise.resolve([]), ...wish });
	if (!outcome.ok) return { refused: outcome.why, heard: [] as string[], over: () => false, leave: () => Promise.resolve() };
	const heard: string[] = [];
	let over = false;
	const reader = outcome.body.getReader();
	void (async () => {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			const said = /event: (\w+)/.exec(new TextDecoder().decode(value))?.[1];
			if (said !== undefined) heard.push(said);
		}
		over = true;
	})();
	return { heard, over: () => over, leave: () => reader.cancel() };
}

describe('a change', () => {
	test('is heard within two seconds by who looks at it, in every process, and by nobody else', async () => {
		const [caseId, otherCase, personId] = [randomUUID(), randomUUID(), randomUUID()];
		const [one, two] = [open(), open()];
		const looking = [
			await listen(one, { topics: () => Promise.resolve([caseId]) }),
			await listen(two, { topics: () => Promise.resolve([caseId]) }),
			await listen(two, { topics: () => Promise.resolve([personId]) })
		];
		const elsewhere = [
			await listen(two, { topics: () => Promise.resolve([otherCase]) }),
			await listen(one, { networkId: randomUUID(), topics: () => Promise.resolve([caseId]) })
		];
		await listening();
		const began = performance.now();
		await scene.tell(networkId, 'live.changed', { caseId });
		await scene.tell(networkId, 'mail.proof', { personId });
		await until(() => looking.every(({ heard }) => heard.length > 0));
		expect(performance.now() - began).toBeLessThan(2_000);
		await sleep(200);
		expect(looking.map(({ heard }) => heard)).toEqual([['changed'], ['changed'], ['changed']]);
		expect(elsewhere.map(({ heard }) => heard)).toEqual([[], []]);
	});

	test('leaves the outbox and makes no job', async () => {
		await scene.tell(networkId, 'live.changed', { caseId: randomUUID() });
		await until(async () => (await scene.owner.query('select from outbox')).rowCount === 0);
		const jobs = await database.connections.jobs.query("select from pgboss.job where data ->> 'kind' = 'live.changed'");
		expect(jobs.rowCount).toBe(0);
	});

	test('is told once when there were many at once', async () => {
		const caseId = randomUUID();
		const live = open();
		const { heard } = await listen(live, { topics: () => Promise.resolve([caseId]) });
		await listening();
		for (let n = 0; n < 40; n++) await scene.tell(networkId, 'live.changed', { caseId });
		await until(() => heard.length > 0);
		await sleep(1_500);
		expect(heard.length).toBeLessThanOrEqual(3);
	});

	test('of more ids than one notification holds is heard whole', async () => {
		const ids = Array.from({ length: 450 }, () => randomUUID());
		const live = open();
		const { heard } = await listen(live, { topics: () => Promise.resolve([ids.at(-1) ?? '']) });
		await listening();
		await scene.tell(networkId, 'live.changed', Object.fromEntries(ids.map((id, index) => [`n${index}`, id])));
		await until(() => heard.length > 0);
	});
});

describe('a stream ends', () => {
	test('before anything is told, for who may see it no longer', async () => {
		const caseId = randomUUID();
		let seated = true;
		const live = open();
		const { heard, over } = await listen(live, { topics: () => Promise.resolve(seated ? [caseId] : null) });
		await listening();
		seated = false;
		await scene.tell(networkId, 'live.changed', { caseId });
		await until(over);
		expect(heard).toEqual(['ended']);
	});

	test('at the next sign of life, for whose session ended', async () => {
		let open_ = true;
		const { heard, over } = await listen(open(50), { topics: () => Promise.resolve(open_ ? [] : null) });
		await sleep(150);
		expect(over()).toBe(false);
		open_ = false;
		await until(over, 2_000);
		expect(heard).toEqual(['ended']);
	});

	test('without a word when rights cannot be looked at, and when the process stops: the browser comes back', async () => {
		let fails = false;
		const one = await listen(open(50), { topics: () => (fails ? Promise.reject(new Error('away')) : Promise.resolve([])) });
		fails = true;
		await until(one.over, 2_000);
		expect(one.heard).toEqual([]);
		const live = open();
		const two = await listen(live, {});
		await live.close();
		await live.close();
		await until(two.over, 2_000);
		expect(two.heard).toEqual([]);
		expect((await listen(live, {})).refused).toBe('not_found');
	});
});

test('who may not see it gets no stream, and one session only so many', async () => {
	const live = open();
	expect((await listen(live, { topics: () => Promise.resolve(null) })).refused).toBe('not_found');
	const sessionId = randomUUID();
	const streams = [];
	for (let n = 0; n < streamsOfSession; n++) streams.push(await listen(live, { sessionId }));
	expect((await listen(live, { sessionId })).refused).toBe('too_many');
	expect((await listen(live, {})).refused).toBeUndefined();
	await streams[0]?.leave();
	expect((await listen(live, { sessionId })).refused).toBeUndefined();
});

test('a lost connection is made again, and everyone looks, for what happened meanwhile is not known', async () => {
	const caseId = randomUUID();
	const live = open();
	const { heard } = await listen(live, { topics: () => Promise.resolve([caseId]) });
	await listening();
	for (const client of connected.splice(0)) (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
	await until(() => heard.length > 0);
	const before = heard.length;
	await listening();
	await scene.tell(networkId, 'live.changed', { caseId });
	await until(() => heard.length > before);
	expect(new Set(heard)).toEqual(new Set(['changed']));
});
