import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import { confirmRule, proposeRule } from '#rooms/fund/rules-in-force/commands.server.ts';
import { getFundRules, listMyRulesToConfirm, listRules } from '#rooms/fund/rules-in-force/read.server.ts';

let scene: Scene;
let treasurer: Actor;
let colleagueOfTreasurer: Actor;
let secretary: Actor;
beforeAll(async () => {
	scene = await openScene(16);
	treasurer = scene.officers.treasurer;
	colleagueOfTreasurer = scene.officers.administratorTwo;
	secretary = scene.officers.secretaryTwo;
});
afterAll(() => scene.drop());

const wish = { setting: 'request_team_cents', value: '300', fromDay: '2026-11-23' };
const rules = (actor: Actor = scene.actors.colleague) => read(scene.installation, actor, (tx) => getFundRules(tx, actor));

describe('a rule of the pot', () => {
	test('is what a network begins with until another was confirmed', async () => {
		expect(await rules()).toEqual({
			...{ request_team_cents: 50_000, household_year_cents: 50_000, light_lane_cents: 50_000, release_threshold_cents: 100_000 },
			...{ secretariat_days: 2, acute_hours: 24, acute_complete_days: 14, gift_exemption_cents: 120_000 },
			...{ agreeing_colleagues: 3, agreeing_organisations: 2, reservation_days: 60, legal_form: 'not_chosen' }
		});
		const { ruleId } = sure(await proposeRule(scene.installation, treasurer, wish));
		expect((await rules()).request_team_cents).toBe(50_000);
		expect(await confirmRule(scene.installation, treasurer, { ruleId, answer: 'confirmed' })).toMatchObject({
			refusal: { code: 'other_eyes' }
		});
		expect(await confirmRule(scene.installation, colleagueOfTreasurer, { ruleId, answer: 'confirmed' })).toMatchObject({
			refusal: { code: 'other_eyes' }
		});
		expect(await read(scene.installation, colleagueOfTreasurer, (tx) => listMyRulesToConfirm(tx, colleagueOfTreasurer))).toEqual([]);
		expect((await read(scene.installation, secretary, (tx) => listMyRulesToConfirm(tx, secretary))).map((entry) => entry.ruleId)).toEqual([
			ruleId
		]);
		sure(await confirmRule(scene.installation, secretary, { ruleId, answer: 'confirmed' }));
		expect((await rules()).request_team_cents).toBe(30_000);
		expect(await confirmRule(scene.installation, secretary, { ruleId, answer: 'declined' })).toMatchObject({
			refusal: { code: 'already_answered' }
		});
		// Another network has its own.
		expect((await rules(scene.actors.stranger)).request_team_cents).toBe(50_000);
	});

	test('holds from its day on, and the newest that was confirmed counts', async () => {
		const later = sure(
			await proposeRule(scene.installation, secretary, { setting: 'reservation_days', value: '30', fromDay: '2026-12-01' })
		);
		sure(await confirmRule(scene.installation, treasurer, { ...later, answer: 'confirmed' }));
		expect((await rules()).reservation_days).toBe(60);
		const before = scene.installation.world.now();
		scene.installation.world.set(new Date('2026-11-30T22:59:59Z'));
		expect((await rules()).reservation_days).toBe(60);
		scene.installation.world.set(new Date('2026-11-30T23:00:00Z'));
		expect((await rules()).reservation_days).toBe(30);
		scene.installation.world.set(before);
	});

	test('that was declined changes nothing; who proposed it may take it back', async () => {
		const first = sure(await proposeRule(scene.installation, secretary, { ...wish, value: '100' }));
		sure(await confirmRule(scene.installation, treasurer, { ...first, answer: 'declined' }));
		const second = sure(await proposeRule(scene.installation, secretary, { ...wish, value: '100' }));
		sure(await confirmRule(scene.installation, secretary, { ...second, answer: 'declined' }));
		expect((await rules()).request_team_cents).toBe(30_000);
	});

	test('confirmed by two at once is confirmed once', async () => {
		const { ruleId } = sure(await proposeRule(scene.installation, treasurer, { ...wish, value: '200' }));
		const administrator = scene.actors.administrator;
		const answers = await Promise.all(
			[secretary, administrator, secretary].map((actor) => confirmRule(scene.installation, actor, { ruleId, answer: 'confirmed' }))
		);
		expect(answers.filter((answer) => answer.ok).length).toBe(1);
	});

	test('is refused with its field when it is no value, or begins in the past', async () => {
		const said = async (input: object) => {
			const outcome = await proposeRule(scene.installation, treasurer, { ...wish, ...input });
			return outcome.ok ? 'yes' : outcome.refusal.fields?.map((field) => `${field.path.join('.')} ${field.code}`);
		};
		expect(await said({ value: 'veel' })).toEqual(['value not_an_amount']);
		expect(await said({ setting: 'secretariat_days', value: '21' })).toEqual(['value number_too_large']);
		expect(await said({ setting: 'household' })).toEqual(['setting not_a_choice']);
		expect(await said({ fromDay: '2026-11-22' })).toEqual(['fromDay date_in_past']);
		expect(await said({ fromDay: '2026-02-30' })).toEqual(['fromDay not_a_date']);
	});

	test('every setting that the program knows stands in the database, and the other way round', async () => {
		const listed = await read(scene.installation, treasurer, (tx) => listRules(tx, treasurer));
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ setting: string }>('select setting from app.fund_rules(current_date) order by 1');
		await owner.end();
		expect(listed.inForce.map((rule) => rule.setting).toSorted()).toEqual(rows.map((row) => row.setting));
	});

	test('past every rule of the product, straight in SQL: no one confirms their own, or one of their organisation, or without a role', async () => {
		const { ruleId } = sure(await proposeRule(scene.installation, treasurer, { ...wish, value: '400' }));
		const roles = await openSqlRoles(scene.database.connections);
		const confirm = (actor: Actor) =>
			roles.tried(
				'app',
				contextOf(actor, scene.installation.world.now().toISOString()),
				`insert into fund_rule_answer (network_id, rule_id, answer, person_id, membership_id, organisation_id, at) values ($1, $2, 'confirmed', $3, $4, $5, now())`,
				[actor.networkId, ruleId, actor.personId, actor.membershipId, actor.organisationId]
			);
		try {
			expect(await confirm(treasurer)).toBe('42501');
			expect(await confirm(colleagueOfTreasurer)).toBe('42501');
			expect(await confirm(scene.actors.colleague)).toBe('42501');
			expect(await confirm(secretary)).toBe(1);
		} finally {
			await roles.close();
		}
	});
});
