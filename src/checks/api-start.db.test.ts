import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanOperations } from '#lib/api/scan-operations.ts';
import { startOperations } from '#lib/api/start-operations.ts';
import { startTableOperations } from '#lib/api/start-table-operations.ts';
import { dayAt } from '#foundation/time/days.ts';
import { openApiScene } from './api-scene.server.ts';

/** By API: the start, its table and the scan. One allowed and one refused each, each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(44);
});
afterAll(() => scene.drop());

const field = (json: unknown, name: string): string => (json as Record<string, string>)[name] ?? '';
const today = (): string => dayAt(scene.installation.world.now());

describe('the start', () => {
	test('is written in order by a professional, not by an administrator, and looked back on', async () => {
		const write = (part: string, as: 'holder' | 'administrator' = 'holder') =>
			scene.ask(as, 'POST', '/start', { body: { part, text: `Zin over ${part}.` } });
		expect((await write('challenge', 'administrator')).code).toBe('not_allowed');
		expect((await write('sign_1')).code).toBe('start_in_order');
		expect((await write('rules')).code).toBe('rules_come_last');
		for (const part of ['went_before', 'who', 'challenge', 'ambition']) expect((await write(part)).status).toBe(201);
		const startId = field((await write('sign_1')).json, 'startId');
		const look = (as: 'holder' | 'checker') => scene.ask(as, 'POST', `/start/${startId}/looks`, { body: { seen: true, onDay: today() } });
		expect((await look('checker')).code).toBe('not_allowed');
		expect((await look('holder')).status).toBe(204);
		expect((await scene.ask('oversight', 'GET', '/start')).json).toMatchObject({
			sentences: [
				{ part: 'went_before' },
				{ part: 'who' },
				{ part: 'challenge' },
				{ part: 'ambition' },
				{ part: 'sign_1', looks: [{ seen: true }] }
			]
		});
		expect((await scene.ask('stranger', 'GET', '/start')).json).toEqual({ sentences: [], interests: [], since: null });
		expect((await scene.ask(null, 'GET', '/start')).status).toBe(401);
		const interest = { gains: 'Minder ontruimingen.', brings: 'Woningen.', seen: null };
		expect((await scene.ask('checker', 'POST', '/start/interests', { body: interest })).code).toBe('not_allowed');
		expect((await scene.ask('holder', 'POST', '/start/interests', { body: interest })).status).toBe(201);
		expect((await scene.ask('holder', 'POST', '/start/interests', { body: interest })).code).toBe('changed_meanwhile');
		expect((await scene.ask('holder', 'GET', '/start')).json).toMatchObject({
			interests: [{ gains: interest.gains, keeps: null, versions: 1 }]
		});
	});

	test('is spoken of at a table that is opened, moved and closed by professionals', async () => {
		expect((await scene.ask('checker', 'POST', '/start-tables')).code).toBe('not_allowed');
		const opened = await scene.ask('holder', 'POST', '/start-tables');
		expect(opened.status).toBe(201);
		expect((await scene.ask('colleague', 'POST', '/start-tables')).code).toBe('table_open');
		const at = `/start-tables/${field(opened.json, 'tableId')}`;
		const body = { part: 'relations', text: 'Wij bellen elkaar.' };
		expect((await scene.ask('stranger', 'POST', `${at}/notes`, { body })).status).toBe(404);
		expect((await scene.ask('colleague', 'POST', `${at}/notes`, { body })).status).toBe(201);
		expect((await scene.ask('colleague', 'POST', `${at}/notes`, { body: { ...body, text: 'Bel 06-12345678' } })).errors).toEqual([
			'text looks_like_phone'
		]);
		expect((await scene.ask('checker', 'POST', `${at}/moves`, { body: { part: 'process' } })).code).toBe('not_allowed');
		expect((await scene.ask('colleague', 'POST', `${at}/moves`, { body: { part: 'process' } })).status).toBe(204);
		expect((await scene.ask('checker', 'GET', at)).json).toMatchObject({
			...{ part: 'process', notes: [{ ...body, personId: scene.actors.colleague.personId }] }
		});
		expect((await scene.ask('stranger', 'GET', at)).status).toBe(404);
		expect((await scene.ask('checker', 'POST', `${at}/closing`)).code).toBe('not_allowed');
		expect((await scene.ask('holder', 'POST', `${at}/closing`)).status).toBe(204);
		expect((await scene.ask('holder', 'POST', `${at}/notes`, { body })).code).toBe('table_closed');
		expect((await scene.ask('holder', 'GET', '/start-tables')).json).toMatchObject({ tables: [{ part: null }] });
		expect((await scene.ask(null, 'GET', '/start-tables')).status).toBe(401);
	});
});

describe('the scan', () => {
	test('is opened and closed by professionals, handed in once, and told of three or more when it is closed', async () => {
		expect((await scene.ask('checker', 'POST', '/scans', { body: { closesOn: today() } })).code).toBe('not_allowed');
		expect((await scene.ask('holder', 'POST', '/scans', { body: { closesOn: '2020-01-01' } })).errors).toEqual(['closesOn date_in_past']);
		const opened = await scene.ask('holder', 'POST', '/scans', { body: { closesOn: today() } });
		expect(opened.status).toBe(201);
		expect((await scene.ask('colleague', 'POST', '/scans', { body: { closesOn: today() } })).code).toBe('scan_open');
		const at = `/scans/${field(opened.json, 'roundId')}`;
		const body = { answers: Array.from({ length: 20 }, (_, index) => (index === 0 ? null : 2)) };
		expect((await scene.ask('checker', 'POST', `${at}/sheets`, { body })).code).toBe('not_allowed');
		for (const who of ['holder', 'seated', 'facilitator'] as const)
			expect((await scene.ask(who, 'POST', `${at}/sheets`, { body })).status).toBe(204);
		expect((await scene.ask('holder', 'POST', `${at}/sheets`, { body })).code).toBe('already_handed_in');
		expect((await scene.ask('holder', 'GET', at)).json).toMatchObject({ isOver: false, handedIn: true, statements: [], talks: [] });
		expect((await scene.ask('checker', 'POST', `${at}/closing`)).code).toBe('not_allowed');
		expect((await scene.ask('seated', 'POST', `${at}/closing`)).status).toBe(204);
		expect((await scene.ask('colleague', 'POST', `${at}/sheets`, { body })).code).toBe('scan_closed');
		const scan = (await scene.ask('checker', 'GET', at)).json as { statements: { statement: number; answers: number }[]; talks: number[] };
		// Nobody knew the first: it is not told.
		expect(scan.statements.map(({ statement, answers }) => [statement, answers])).toEqual(
			Array.from({ length: 19 }, (_, index) => [index + 2, 3])
		);
		expect(scan.talks).toHaveLength(3);
		expect((await scene.ask('stranger', 'GET', at)).status).toBe(404);
		expect((await scene.ask('holder', 'GET', '/scans')).json).toMatchObject({ scans: [{ isOver: true }] });
		expect((await scene.ask(null, 'GET', '/scans')).status).toBe(401);
	});
});

test('a network that was there already says so, and brings its earlier years, all or none', async () => {
	const say = (as: 'stranger' | 'checker', since: number | null) => scene.ask(as, 'POST', '/start/existing', { body: { since } });
	expect((await say('checker', 2016)).code).toBe('not_allowed');
	expect((await say('stranger', 2100)).errors).toEqual(['since number_too_large']);
	// What began this year begins in order.
	const thisYear = Number(scene.installation.world.now().toISOString().slice(0, 4));
	expect((await say('stranger', thisYear)).errors).toEqual(['since number_too_large']);
	expect((await say('stranger', 2016)).status).toBe(201);
	scene.installation.world.tick(1000);
	// Said in a slip, it is taken back.
	expect((await say('stranger', null)).status).toBe(201);
	expect((await scene.ask('stranger', 'POST', '/start', { body: { part: 'rules', text: 'Zo doen wij het al jaren.' } })).status).not.toBe(
		201
	);
	scene.installation.world.tick(1000);
	expect((await say('stranger', 2016)).status).toBe(201);
	scene.installation.world.tick(1000);
	// From then on no part waits for another.
	expect((await scene.ask('stranger', 'POST', '/start', { body: { part: 'rules', text: 'Zo doen wij het al jaren.' } })).status).toBe(201);
	const record = (years: unknown, as: 'stranger' | 'administrator' = 'stranger') =>
		scene.ask(as, 'POST', '/start/earlier-years', { body: { years } });
	const source = 'Jaarverslag';
	expect((await record([{ year: 2019, cases: 3, source }], 'administrator')).code).toBe('not_allowed');
	const wrong = [
		{ year: 2018, cases: 40, source },
		{ year: 2018, granted: '1.000', source },
		{ year: 2017, source },
		{ year: 2300, paidBack: 'veel', source: '' }
	];
	expect((await record(wrong)).errors).toEqual([
		...['years.2.cases required', 'years.3.paidBack not_an_amount', 'years.3.source required', 'years.3.year number_too_large']
	]);
	expect((await record(wrong.slice(0, 2))).errors).toEqual(['years.1.year year_twice']);
	const list = async () => ((await scene.ask('stranger', 'GET', '/start/earlier-years')).json as { years: unknown[] }).years;
	expect(await list()).toEqual([]);
	expect(
		(
			await record([
				{ year: 2018, cases: 40, granted: '61.000,50', source },
				{ year: 2019, paidBack: '0', source }
			])
		).status
	).toBe(201);
	scene.installation.world.tick(1000);
	expect((await record([{ year: 2018, cases: 41, source: 'Jaarverslag, verbeterd' }])).status).toBe(201);
	expect(await list()).toMatchObject([
		{ year: 2019, cases: null, grantedCents: null, paidBackCents: 0, versions: 1 },
		{ year: 2018, cases: 41, grantedCents: null, source: 'Jaarverslag, verbeterd', versions: 2 }
	]);
	expect((await scene.ask('holder', 'GET', '/start/earlier-years')).json).toEqual({ years: [] });
	expect((await scene.ask(null, 'GET', '/start/earlier-years')).status).toBe(401);
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen([...startOperations, ...startTableOperations, ...scanOperations])).toEqual({
		...{ done: [], refused: [] }
	}));
