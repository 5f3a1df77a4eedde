import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { closeScan, handInScan, openScan } from '#rooms/network/conditions/commands.server.ts';
import { findScan, listScans } from '#rooms/network/conditions/read.server.ts';
import { said } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { partnersOf, testMatrix } from './partners.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act on the scan, as every role in every state, for real; and that nothing of fewer than three can be read or worked out. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(43);
});
afterAll(() => scene.drop());

const today = () => dayAt(scene.installation.world.now());
const sheet = (answer: number | null = 3) => Array.from({ length: 20 }, () => answer);
/** Closes what stands open in someone's network: one round is open at a time. */
const closesOpen = async (actor: Actor): Promise<void> => {
	const rounds = await read(scene.installation, actor, (tx) => listScans(tx, actor));
	for (const { roundId, closesOn, isOver } of rounds)
		if (!isOver && closesOn >= today()) sure(await closeScan(scene.installation, actor, { roundId }));
};
const opens = async (closesOn = today()): Promise<string> => {
	await closesOpen(scene.actors.holder);
	return sure(await openScan(scene.installation, scene.actors.holder, { closesOn })).roundId;
};
const handIn = (actor: Actor, roundId: string, answers = sheet()) => handInScan(scene.installation, actor, { roundId, answers });
const close = (roundId: string) => closeScan(scene.installation, scene.actors.holder, { roundId });
const look = (roundId: string) => read(scene.installation, scene.actors.checker, (tx) => findScan(tx, scene.actors.checker, roundId));

const acts: Readonly<Record<string, (actor: Actor, roundId: string) => Promise<Outcome<unknown>>>> = {
	'scan.open': (actor) => openScan(scene.installation, actor, { closesOn: today() }),
	'scan.hand_in': handIn,
	'scan.close': (actor, roundId) => closeScan(scene.installation, actor, { roundId })
};

describe('acts on the scan', () => {
	const stage = async (state: string): Promise<string> => {
		await closesOpen(scene.actors.stranger);
		await closesOpen(scene.actors.holder);
		if (state === 'none') return '';
		const roundId = await opens();
		scene.installation.world.tick(1000);
		if (state === 'closed') sure(await close(roundId));
		return roundId;
	};
	testMatrix('Acts on the scan of five conditions', () => partnersOf(scene), stage, acts);
});

describe('one round at a time', () => {
	test('is open: of six who open one at the same moment one does, and who may open it may close it', async () => {
		const { installation, actors } = scene;
		await closesOpen(actors.holder);
		const all = [actors.holder, actors.seated, actors.colleague, actors.facilitator, actors.invited, actors.holder];
		const answers = await Promise.all(all.map((actor) => openScan(installation, actor, { closesOn: addDays(today(), 14) })));
		expect(answers.map(said).toSorted()).toEqual([...Array.from({ length: 5 }, () => 'scan_open'), 'yes']);
		expect(answers.find((answer) => !answer.ok)).toMatchObject({ refusal: { lift: { kind: 'role', role: 'yourself' } } });
		const [stands] = await read(installation, actors.seated, (tx) => listScans(tx, actors.seated));
		sure(await closeScan(installation, actors.seated, { roundId: stands?.roundId ?? '' }));
		await opens();
	});

	test('is open until its last day is over; then the next can be opened', async () => {
		const { installation, actors } = scene;
		await opens(addDays(today(), 1));
		installation.world.tick(86_400_000);
		expect(said(await openScan(installation, actors.seated, { closesOn: today() }))).toBe('scan_open');
		installation.world.tick(86_400_000);
		expect(said(await openScan(installation, actors.seated, { closesOn: today() }))).toBe('yes');
	});
});

describe('a sheet', () => {
	test('is handed in once a person, however often it is sent at the same moment', async () => {
		const roundId = await opens();
		const all = await Promise.all(Array.from({ length: 6 }, () => handIn(scene.actors.holder, roundId)));
		expect(all.map(said).toSorted()).toEqual([...Array.from({ length: 5 }, () => 'already_handed_in'), 'yes']);
	});

	test('has twenty answers of 1 to 5, or of not knowing', async () => {
		const roundId = await opens();
		for (const answers of [
			sheet().slice(1),
			[...sheet(), 3],
			[0, ...sheet().slice(1)],
			[6, ...sheet().slice(1)],
			[2.5, ...sheet().slice(1)]
		])
			expect(said(await handIn(scene.actors.holder, roundId, answers))).toBe('invalid');
		expect(said(await handIn(scene.actors.holder, roundId, sheet(null)))).toBe('yes');
	});

	test('has nothing in common with who handed it in', async () => {
		const roundId = await opens();
		for (const actor of [scene.actors.holder, scene.actors.seated, scene.actors.facilitator]) sure(await handIn(actor, roundId));
		const owner = await scene.database.connections.owner();
		try {
			const rowsOf = async (table: string): Promise<Record<string, unknown>[]> =>
				(await owner.query(`select * from ${table} where round_id = $1`, [roundId])).rows as Record<string, unknown>[];
			const [sheets, respondents] = [await rowsOf('scan_sheet'), await rowsOf('scan_respondent')];
			expect([sheets.length, respondents.length]).toEqual([3, 3]);
			expect(Object.keys(sheets[0] ?? {}).toSorted()).toEqual(['answers', 'network_id', 'organisation_id', 'round_id', 'sheet_id']);
			const shared = new Set(['network_id', 'round_id']);
			const values = (row: Record<string, unknown>): unknown[] =>
				Object.entries(row).flatMap(([name, value]) => (shared.has(name) ? [] : [value]));
			const ofRespondents = new Set(respondents.flatMap(values));
			expect(sheets.flatMap(values).filter((value) => ofRespondents.has(value))).toEqual([]);
			for (const row of sheets) expect(String(row['sheet_id'])).toMatch(/^.{14}4.{4}[89ab]/);
		} finally {
			await owner.end();
		}
	});
});

describe('a round', () => {
	test('tells nothing while it is open, and closes at midnight, also where the clock goes forward or back', async () => {
		const { world } = scene.installation;
		for (const day of ['2027-03-28', '2027-10-31', '2027-12-31']) {
			world.set(new Date(`${day}T10:00:00Z`));
			const roundId = await opens(day);
			for (const actor of [scene.actors.holder, scene.actors.seated, scene.actors.facilitator]) sure(await handIn(actor, roundId));
			const midnight = new Date(`${addDays(day, 1)}T00:00:00${day === '2027-03-28' ? '+02:00' : '+01:00'}`);
			world.set(new Date(midnight.getTime() - 1));
			expect(await look(roundId)).toMatchObject({ isOver: false, lines: [] });
			sure(await handIn(scene.actors.colleague, roundId));
			world.set(midnight);
			expect(said(await handIn(scene.actors.administrator, roundId))).toBe('scan_closed');
			// Who began just before midnight is through before anyone reads.
			expect(await look(roundId)).toMatchObject({ lines: [] });
			world.set(new Date(midnight.getTime() + 60_000));
			const scan = await look(roundId);
			expect(scan?.isOver).toBe(true);
			expect(scan?.lines[0]).toMatchObject({ answers: 4, mean: 3, spread: 0 });
		}
	});

	test('that is closed while others hand in counts all who were told that it counts', async () => {
		const roundId = await opens();
		const all = [scene.actors.holder, scene.actors.seated, scene.actors.facilitator, scene.actors.colleague, scene.actors.administrator];
		const outcomes = await Promise.all([...all.map((actor) => handIn(actor, roundId)), close(roundId)]);
		const counted = outcomes.slice(0, -1).filter(({ ok }) => ok).length;
		scene.installation.world.tick(60_000);
		expect((await look(roundId))?.lines[0]?.answers ?? 0).toBe(counted < 3 ? 0 : counted);
	});

	test('stands beside the one before it', async () => {
		const rounds: string[] = [];
		for (const answer of [2, 4]) {
			const roundId = await opens();
			rounds.push(roundId);
			for (const actor of [scene.actors.holder, scene.actors.seated, scene.actors.facilitator])
				sure(await handIn(actor, roundId, sheet(answer)));
			sure(await close(roundId));
			scene.installation.world.tick(60_000);
		}
		const scan = await look(rounds[1] ?? '');
		expect([scan?.lines[0]?.mean, scan?.before?.roundId, scan?.before?.lines[0]?.mean]).toEqual([4, rounds[0], 2]);
	});
});

test('whatever the sizes of the groups: none under three is told, nor what is left over by subtraction', async () => {
	const owner = await scene.database.connections.owner();
	try {
		const { networkId, personId, membershipId } = scene.actors.holder;
		const { rows } = await owner.query<{ id: string }>('select organisation_id as id from organisation where network_id = $1 limit 3', [
			networkId
		]);
		const organisations = rows.map(({ id }) => id);
		expect(organisations).toHaveLength(3);
		const now = scene.installation.world.now();
		const fill = async (groups: readonly (readonly (number | null)[])[]): Promise<string> => {
			const roundId = scene.installation.world.id();
			await owner.query('insert into scan_round values ($1, $2, $3, $4, $5, $6)', [
				networkId,
				roundId,
				'2020-01-01',
				personId,
				membershipId,
				now
			]);
			for (const [index, answers] of groups.entries())
				for (const answer of answers)
					await owner.query('insert into scan_sheet values ($1, $2, gen_random_uuid(), $3, $4)', [
						...[networkId, roundId, organisations[index], [answer, ...sheet().slice(1)]]
					]);
			return roundId;
		};
		const check = async (groups: readonly (readonly (number | null)[])[]): Promise<void> => {
			const scan = await look(await fill(groups));
			const line = scan?.lines.find(({ statement }) => statement === 1);
			const known = groups.map((group) => group.filter((answer) => answer !== null));
			const whole = known.flat().length;
			if (whole < 3) {
				expect(line).toBeUndefined();
				return;
			}
			expect(line?.answers).toBe(whole);
			const told = line?.groups ?? [];
			for (const { organisationId, answers } of told) {
				expect(answers).toBe(known[organisations.indexOf(organisationId)]?.length);
				expect(answers).toBeGreaterThanOrEqual(3);
			}
			const rest = whole - told.reduce((sum, { answers }) => sum + answers, 0);
			expect(rest === 0 || rest >= 3, JSON.stringify(groups)).toBe(true);
			// And no more is kept back than that asks.
			const large = known.filter(({ length }) => length >= 3).length;
			const small = known.filter(({ length }) => length < 3).flat().length;
			expect(told.length).toBe(small === 0 || small >= 3 ? large : Math.max(0, large - 1));
		};
		for (let a = 0; a <= 5; a++)
			for (let b = 0; b <= a; b++)
				for (let c = 0; c <= Math.min(b, 3); c++)
					await check([a, b, c].map((size) => Array.from({ length: size }, (_, index) => 1 + (index % 5))));
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { maxLength: 6 }), { minLength: 3, maxLength: 3 }),
				check
			),
			{ numRuns: 25 }
		);
	} finally {
		await owner.end();
	}
});

test('who works for two organisations is counted once, for the one acted for', async () => {
	const second = await addPerson(scene, ['professional'], scene.actors.holder);
	const roundId = await opens();
	sure(await handIn(second, roundId));
	expect(said(await handIn({ ...second, membershipId: scene.actors.holder.membershipId }, roundId))).not.toBe('yes');
	expect(said(await handIn(second, roundId))).toBe('already_handed_in');
});
