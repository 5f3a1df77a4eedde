import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	countCases,
	countCauses,
	countFollowUps,
	countIntake,
	countPot,
	countQuestions,
	countRequests,
	countReturns,
	countWithoutCause,
	countWithoutMoney,
	recompute
} from '../../e2e/recompute.ts';
import { readFacts } from '../../e2e/exported-facts.ts';
import type { Facts } from '../../e2e/exported-facts.ts';
import { countParties } from '../../e2e/recompute-parties.ts';
import { read } from '#foundation/command/reading.server.ts';
import { exportFacts, keptIn, listFactTables } from '#foundation/export/facts.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase, nameCause } from '#rooms/causes/commands.server.ts';
import { listCauseOverviews, listIntake } from '#rooms/causes/overview/read.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { getNetworkParties } from '#rooms/returns/organisations/read.server.ts';
import { getNetworkFigures, getNetworkPage } from '#rooms/table/figures/read.server.ts';
import { nameOften } from './fill-causes.server.ts';
import { grantRequest } from './granted.server.ts';
import { caseWords, makeFullCase, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** From the export alone every number of the network's page is counted again, by a script that shares no code with the product. */

let scene: Scene;
let lines: string[];
let facts: Facts;
beforeAll(async () => {
	scene = await openScene(31);
	await makeFullCase(scene);
	await fill();
	const owner = await scene.database.connections.owner();
	lines = [];
	const network = { networkId: scene.actors.holder.networkId, slug: 'haven' };
	await exportFacts(owner, network, scene.installation.world.now(), (line) => void lines.push(JSON.stringify(line)));
	await owner.end();
	facts = readFacts(lines);
});
afterAll(() => scene.drop());

/** Cases in every state, with causes over several months. */
async function fill(): Promise<void> {
	const { installation, actors } = scene;
	const { world } = installation;
	for (let number = 0; number < 14; number++) {
		const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
		if (number % 2 === 0) {
			const wish = { caseId, membershipId: actors.colleague.membershipId, message: 'Kom erbij' };
			sure(await acceptInvitation(installation, actors.colleague, sure(await inviteToTable(installation, actors.holder, wish))));
			const agreement = { caseId, what: 'Ik bel', dueOn: '2029-12-01', receiverId: actors.holder.personId };
			sure(await makeAgreement(installation, actors.colleague, agreement));
		}
		if (number % 3 === 0)
			sure(await nameCause(installation, actors.holder, { caseId, cause: 'law', responsible: 'uwv', title: 'De kostendelersnorm' }));
		world.tick(9 * 24 * 60 * 60 * 1000);
		if (number % 4 === 0) sure(await nameCause(installation, actors.holder, { caseId, cause: 'not_known_yet' }));
		world.tick(1000);
		const ending = { caseId, cause: 'waiting_time', responsible: actors.seated.organisationId };
		if (number % 5 < 3)
			sure(await closeCase(installation, actors.holder, { ...ending, outcome: number % 5 === 0 ? 'helped_without_money' : 'helped' }));
		world.tick(1000);
		if (number % 10 === 1) sure(await reopenCase(installation, actors.holder, { caseId }));
	}
	await nameOften(scene, 2);
	// Something that is promised and not spent yet, and four cases with an estimate.
	await grantRequest(scene, { cents: 12_345 });
	// Beside one of a team that took no time: decisions that took 2, 4, 7 (a team) and 1, 20, 30, 33 hours (the secretariat, the last after a colleague asked for more).
	const owner = await scene.database.connections.owner();
	for (const [index, hours] of [2, 4, 7, 1, 20, 30, 33].entries()) {
		const { requestId } = await grantRequest(scene, { cents: 100 });
		const set = (statement: string, values: unknown[] = []) => owner.query(statement, [requestId, ...values]);
		await set("update request_event set at = at + $2::int * interval '1 hour' where request_id = $1 and kind = 'granted'", [hours]);
		if (index < 3 || hours === 33)
			await set("update request set lane = 'light', team_id = (select team_id from team limit 1) where request_id = $1");
		if (hours === 33)
			await set(
				`insert into request_more (network_id, request_id, person_id, membership_id, at)
					select network_id, request_id, asked_by, membership_id, at from request where request_id = $1`
			);
	}
	await owner.end();
	for (let number = 0; number < 4; number++) {
		const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
		const line = (price: string) => ({ price, quantity: 1, years: 1, chancePercent: 40 });
		// One payer in all, one in three, one in a single case: that one is told with the next.
		const looming = [
			line('ontruiming-bond-voorbeeld'),
			...(number < 3 ? [line('bijstand-alleenstaand-maand')] : []),
			...(number === 0 ? [line('ambulancerit-spoed')] : [])
		];
		sure(
			await recordValueMap(installation, actors.holder, {
				...{ caseId, potCents: 40_000 + number, horizonYears: 1, looming, hours: 3, hourCents: 5_000 }
			})
		);
	}
}

describe('the export', () => {
	test('holds no words, no name of a person, and nothing that points to one', async () => {
		const { actors } = scene;
		// The prices come from public sources, and say so in words.
		const own = lines.filter((line) => !line.startsWith('{"table":"price"'));
		const holding = (part: string): string[] => own.filter((line) => line.includes(part));
		for (const word of ['huurschuld', 'deurwaarder', 'kostendelersnorm', 'Iemand', 'Ik ga weg', 'intake'])
			expect(holding(word).slice(0, 1)).toEqual([]);
		for (const actor of Object.values(actors)) {
			expect(holding(actor.personId).slice(0, 1)).toEqual([]);
			expect(holding(actor.membershipId).slice(0, 1)).toEqual([]);
		}
		expect(holding(actors.stranger.networkId)).toEqual([]);
	});

	test('has every table of a network, or says why not', async () => {
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ name: string }>(
			"select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'network_id'"
		);
		const out = new Set((await listFactTables(owner)).map((table) => table.name));
		await owner.end();
		expect(rows.map((row) => row.name).filter((name) => !out.has(name) && !keptIn.has(name))).toEqual([]);
		expect([...keptIn.keys()].filter((name) => out.has(name))).toEqual([]);
	});
});

describe('counted again from it, the same are', () => {
	test('the cases by state and how they ended', async () => {
		const { cases } = await read(scene.installation, scene.actors.oversight, (tx) => getNetworkFigures(tx));
		expect(Object.keys(countCases(facts)).length).toBeGreaterThanOrEqual(4);
		expect(countCases(facts)).toEqual(Object.fromEntries(cases.map((row) => [`${row.state} ${row.outcome ?? '-'}`, row.cases])));
	});

	test('the causes, their lines over time and who goes about them', async () => {
		const { installation, actors } = scene;
		const causes = await read(installation, actors.oversight, (tx, now) => listCauseOverviews(tx, actors.oversight, now));
		expect(causes.length).toBeGreaterThanOrEqual(3);
		expect(causes.some(({ households }) => households >= 3)).toBe(true);
		expect(countCauses(facts)).toEqual(
			Object.fromEntries(
				causes.map(({ causeId, cases, cents, households, months, responsible }) => [
					causeId,
					{
						...{ cases, cents, households },
						months: Object.fromEntries(months.filter((month) => month.cases > 0).map((month) => [month.month, month.cases])),
						responsible:
							responsible.kind === 'organisation' ? responsible.organisationId : responsible.kind === 'outside' ? responsible.outside : null
					}
				])
			)
		);
	});

	test('the cases without a cause, and those brought in by month', async () => {
		const { installation, actors } = scene;
		const { kinds, intake } = await read(installation, actors.oversight, async (tx) => ({
			kinds: (await getNetworkFigures(tx)).causes,
			intake: await listIntake(tx)
		}));
		const of = (kind: string): number => kinds.find((row) => row.kind === kind)?.cases ?? 0;
		expect(countWithoutCause(facts)).toEqual({
			named: kinds.reduce((sum, row) => sum + row.cases, 0),
			none: of('none'),
			notKnown: of('not_known_yet')
		});
		expect(countIntake(facts)).toEqual(Object.fromEntries(intake.map((row) => [row.month, row.cases])));
	});

	test('the share without money, the questions, the pot and the return', async () => {
		const { installation, actors } = scene;
		const page = await read(installation, actors.oversight, (tx) => getNetworkPage(tx, actors.oversight, installation.world.now()));
		const { withoutMoney, helped } = page.withoutMoney;
		expect(helped).toBeGreaterThan(3);
		expect(countWithoutMoney(facts)).toEqual({ withoutMoney, helped });
		expect(countQuestions(facts)).toEqual(page.questions);
		expect(page.requests.medianHoursLight).toBe(3);
		expect(page.requests.medianHoursFull).toBeGreaterThan(0);
		const { medianHoursLight, medianHoursFull, ...counted } = countRequests(facts);
		expect({ medianHoursLight, ...counted }).toEqual({ medianHoursLight: 3, asked: page.requests.asked, granted: page.requests.granted });
		expect(medianHoursFull).toBeCloseTo(page.requests.medianHoursFull ?? -1, 9);
		expect(page.pot.promisedCents).toBeGreaterThan(0);
		expect(countPot(facts)).toEqual(page.pot);
		const returns = countReturns(facts);
		for (const kind of ['estimate', 'realised', 'foreseen'] as const) {
			const { cases, ways } = page.returns[kind];
			expect({ kind, cases: returns[kind]?.cases }).toEqual({ kind, cases });
			const [pot, inputs, gross, , , adjusted] = returns[kind]?.cents ?? [];
			expect([pot, gross, adjusted, inputs]).toEqual([
				...[ways?.fundOnly.costCents, ways?.fundOnly.benefitCents, ways?.adjusted.benefitCents, ways?.full.costCents]
			]);
		}
		const today = dayAt(installation.world.now());
		expect(countFollowUps(facts, today)).toEqual({
			helped: page.returns.helped,
			followed: page.returns.followed,
			missing: page.returns.missing
		});
	});

	test('who paid and who gained, with payers in few cases told together', async () => {
		const { actors } = scene;
		const told = await read(scene.installation, actors.oversight, (tx) => getNetworkParties(tx));
		expect(told.kind).toBe('estimate');
		const counted = countParties(facts, 'estimate');
		expect(Object.keys(counted)).toContain('anderen');
		expect(Object.keys(counted)).not.toContain('zvw');
		expect(Object.keys(counted)).not.toContain('gemeente');
		expect(Object.fromEntries(told.parties.map((one) => [one.party, { prevented: one.preventedCents, extra: one.extraCents }]))).toEqual(
			counted
		);
	});

	test('and all of it is one document', () => expect(Object.keys(recompute(facts))).toContain('causes'));
});
