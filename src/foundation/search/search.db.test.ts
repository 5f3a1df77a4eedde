import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import type { Client } from 'pg';
import { startTestCluster, copyTestDatabase, testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import { forgetWords } from './index-words.server.ts';
import { rebuildSearch, removeClosedWords } from './rebuild.server.ts';
import { makeWorld, now } from './testing.server.ts';

let database: TestDatabase;
let world: Awaited<ReturnType<typeof makeWorld>>;
let owner: Client;
beforeAll(async () => {
	database = await testDatabase();
	world = await makeWorld(database);
	owner = world.owner;
});
afterAll(async () => {
	await world.close();
	await database.drop();
});

describe('finding', () => {
	let groceries: string, ramp: string, debt: string;
	beforeAll(async () => {
		groceries = await world.write('Zij kan de boodschappen niet meer zelf doen.', 'Ze wil weer naar het café in de buurt.');
		ramp = await world.write('De traplift is afgekeurd, de uitkering loopt.', 'Energierekening te hoog, verhuizing dreigt.');
		debt = await world.write('Hoge schulden na de scheiding; de gemeente wacht.', 'Boodschap voor de kinderen');
	});

	test.each([
		['boodschap', () => [debt, groceries]],
		['boodschappen', () => [groceries, debt]],
		['BOODSCHAPPEN!', () => [groceries, debt]],
		['cafe', () => [groceries]],
		['café boodschappen', () => [groceries]],
		['schuld', () => [debt]],
		['kind', () => [debt]],
		['rekening', () => [ramp]],
		['energie', () => [ramp]],
		['verhuizi', () => [ramp]],
		['traplift uitkering', () => [ramp]],
		['traplift boodschappen', () => []],
		['xylofoon', () => []]
	] as const)('%s', async (query, expected) => {
		expect([...(await world.find(query))].toSorted()).toEqual([...expected()].toSorted());
	});

	test.each([
		['bodschapen', () => groceries],
		['uitkreing', () => ramp],
		['tralift', () => ramp],
		['shulden', () => debt],
		['gemente', () => debt],
		['scheidign', () => debt]
	] as const)('a typing mistake is forgiven: %s', async (query, expected) => {
		expect((await world.find(query))[0]).toBe(expected());
	});

	test('what is written so comes before what is alike', async () => {
		const alike = await world.write('De gemeenschap helpt.');
		const exact = await world.write('De gemeente helpt.');
		const found = await world.find('gemeente');
		expect(found.indexOf(exact)).toBeGreaterThanOrEqual(0);
		expect(found.indexOf(alike) === -1 || found.indexOf(alike) > found.indexOf(exact)).toBe(true);
	});

	test.each([
		'',
		"'",
		'\\',
		"a' | b",
		':*',
		'!',
		'& & |',
		'<->',
		'\u0000abc',
		'a'.repeat(100_000),
		'boodschap '.repeat(10_000),
		'🙂🙂',
		'de het een',
		'\ud800x',
		"'); drop table x; --"
	])('any text can be searched for (%#)', async (query) => {
		expect(Array.isArray(await world.find(query))).toBe(true);
	});

	test.each([
		['long', 'een heel lange tekst vol woorden '.repeat(3000)],
		['one endless word', 'x'.repeat(100_000)],
		['many different words', Array.from({ length: 16_000 }, (_, n) => (n * 7919).toString(36)).join(' ')],
		['unfolding signs', '\ufdfa '.repeat(20_000)],
		['other signs', '🙂'.repeat(50_000)],
		['Chinese', '日 本 語 '.repeat(10_000)]
	])('any text can be indexed: %s', async (_, text) => {
		expect(await world.write(text)).toMatch(/^[0-9a-f-]{36}$/);
	});

	test.each(['koolmees', 'Indigoblauwe', 'indigo kool', 'koolmes'])('by its name: %s', async (query) => {
		const caseId = await world.write('Iets waar geen vogel in voorkomt');
		await owner.query('update case_record set pseudonym = $3 where network_id = $1 and case_id = $2', [
			world.networkId,
			caseId,
			`Indigoblauwe Koolmees ${query.length}`
		]);
		expect(await world.find(query)).toContain(caseId);
	});

	test('only the cases at whose table one sits', async () => {
		await owner.query('update case_seat set valid_until = $3 where network_id = $1 and case_id = $2', [world.networkId, groceries, now]);
		try {
			expect(await world.find('cafe')).toEqual([]);
		} finally {
			await owner.query('update case_seat set valid_until = null where network_id = $1 and case_id = $2', [world.networkId, groceries]);
		}
	});
});

describe('the index', () => {
	test('is filled again where texts are missing, and then marked as whole', async () => {
		const caseId = await world.write('Zonnepanelen op het dak');
		await owner.query('delete from search_document where network_id = $1', [world.networkId]);
		expect(await world.find('zonnepanelen')).toEqual([]);
		expect(await world.complete()).toBe(false);
		const progress: number[] = [];
		const report = await rebuildSearch(world.installation, world.networkId, {
			batch: 5,
			onProgress: (done) => progress.push(done.indexed)
		});
		const all = await owner.query<{ n: number }>('select count(*) as n from case_words where network_id = $1', [world.networkId]);
		expect(report).toEqual({ state: 'filled', indexed: all.rows[0]?.n, closed: 0, unreadable: 0 });
		expect(progress.at(-1)).toBe(all.rows[0]?.n);
		expect(await world.find('zonnepanelen')).toEqual([caseId]);
		expect(await world.complete()).toBe(true);
	});

	test('two that fill it at once: one does it', async () => {
		await owner.query('delete from search_document where network_id = $1', [world.networkId]);
		const reports = await Promise.all([1, 2, 3].map(() => rebuildSearch(world.installation, world.networkId, { batch: 3 })));
		expect(reports.filter((report) => report.state === 'busy')).toHaveLength(2);
	});

	test('who died while filling it is taken over from', async () => {
		const dead = `update search_filling set attempt = $2, filled_at = null, alive_at = clock_timestamp() - interval '$ seconds' where network_id = $1`;
		await owner.query(dead.replace('$ s', '5 s'), [world.networkId, randomUUID()]);
		expect((await rebuildSearch(world.installation, world.networkId)).state).toBe('busy');
		await owner.query(dead.replace('$ s', '31 s'), [world.networkId, randomUUID()]);
		expect((await rebuildSearch(world.installation, world.networkId)).state).toBe('filled');
	});

	test('a crash while it is being filled: no mark', async () => {
		await owner.query('delete from search_document where network_id = $1', [world.networkId]);
		let crashed = false;
		const crash = async (): Promise<void> => {
			crashed = true;
			// In the order in which the filling takes them, or each could wait for the other. A real crash waits for nobody.
			await owner.query('truncate search_filling, search_document');
		};
		const waiting: Promise<void>[] = [];
		const report = await rebuildSearch(world.installation, world.networkId, {
			batch: 2,
			onProgress: () => {
				if (!crashed) waiting.push(crash());
			}
		});
		await Promise.all(waiting);
		expect(report.state).toBe('busy');
		expect(await world.complete()).toBe(false);
		expect((await rebuildSearch(world.installation, world.networkId)).state).toBe('filled');
	});

	test('words whose key was destroyed leave it, and do not come back', async () => {
		const caseId = await world.write('Woonwagenstandplaats');
		await world.installation.keyring.destroyKey(world.networkId, caseId);
		expect(await removeClosedWords(world.installation, world.networkId)).toBe(1);
		expect(await world.find('woonwagenstandplaats')).toEqual([]);
		expect(await rebuildSearch(world.installation, world.networkId)).toEqual({ state: 'filled', indexed: 0, closed: 1, unreadable: 0 });
	});

	test('a text that was tampered with does not keep the others out', async () => {
		const [bad, good] = [await world.write('Kwetsbaarheidsverklaring'), await world.write('Mantelzorgwoning')];
		await owner.query(
			`update case_words set ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1) where network_id = $1 and case_id = $2`,
			[world.networkId, bad]
		);
		for (const caseId of [bad, good])
			await world.installation.door.job(world.networkId, now, (tx) => forgetWords(tx, { networkId: world.networkId, caseId }));
		expect(await rebuildSearch(world.installation, world.networkId)).toMatchObject({ state: 'filled', indexed: 1, unreadable: 1 });
		expect(await world.find('mantelzorgwoning')).toEqual([good]);
	});
});

test('a server that dies (kill -9) empties the index; filled again it gives the same answers', async () => {
	const cluster = await startTestCluster();
	const own = await copyTestDatabase(cluster.urls);
	const home = await makeWorld(own);
	try {
		const queries = ['boodschap', 'traplift', 'schulden gemeente', 'gemente'];
		await home.write('De boodschappen');
		await home.write('De traplift, de gemeente', 'schulden');
		await rebuildSearch(home.installation, home.networkId);
		const before = await Promise.all(queries.map(home.find));
		expect(before[0]).toHaveLength(1);
		// A test server does not wait for the disk; what stands must survive.
		const admin = new pg.Client(own.urls.admin);
		await admin.connect();
		await admin.query('checkpoint');
		await admin.end();
		// One backend killed makes PostgreSQL end all others and recover, as after a loss of power.
		const { rows } = await home.owner.query<{ pid: number }>('select pg_backend_pid() as pid');
		const broken = new Promise((resolve) => home.owner.once('end', resolve));
		process.kill(rows[0]?.pid ?? Number.NaN, 'SIGKILL');
		await broken;
		// The others end a moment later than the one that was killed: until then they still answer.
		await patiently(async () => {
			expect(await home.find('boodschap')).toEqual([]);
		});
		// Connections of the pool that died with the server are noticed one by one.
		expect(await patiently(() => home.complete())).toBe(false);
		expect(await patiently(() => rebuildSearch(home.installation, home.networkId))).toMatchObject({ state: 'filled', indexed: 3 });
		expect(await Promise.all(queries.map((query) => patiently(() => home.find(query))))).toEqual(before);
	} finally {
		await home.close();
		await own.drop();
		await cluster.stop();
	}
}, 120_000);

/** Asks again while the server is recovering. */
const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
	const until = Date.now() + 30_000;
	for (;;) {
		try {
			return await work();
		} catch (error) {
			if (Date.now() > until) throw error;
			await sleep(100);
		}
	}
};
