import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { giveProfile } from './fill-knowledge.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { passQuestionsOn } from '#rooms/knowledge/jobs.server.ts';

/** A question that nobody answers: in whose hands it is after four working hours, by a clock that the test rules. */

let scene: Scene;
let teamId = '';
beforeAll(async () => {
	scene = await openScene(142);
	teamId = scene.installation.world.id();
	const { networkId, personId } = scene.actors.administrator;
	await owned("insert into team (network_id, team_id, name, area, made_by, made_at) values ($1, $2, 'Team Noord', 'Noord', $3, now())", [
		...[networkId, teamId, personId]
	]);
	for (const role of ['facilitator', 'administrator'] as const)
		await owned(
			"insert into team_member (network_id, team_id, person_id, membership_id, valid_from) values ($1, $2, $3, $4, '2026-01-01')",
			[...[networkId, teamId, scene.actors[role].personId, scene.actors[role].membershipId]]
		);
	await onDuty('administrator');
});
afterAll(() => scene.drop());
beforeEach(async () => {
	await owned('delete from profile');
	await giveProfile(scene, 'invited', { topics: 'huurschuld, ontruiming' });
	await giveProfile(scene, 'colleague', { topics: 'huurschuld' });
});

const actor = (role: SceneRole) => scene.actors[role];
const owned = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
	const owner = await scene.database.connections.owner();
	try {
		return (await owner.query<T>(sql, values)).rows;
	} finally {
		await owner.end();
	}
};
async function onDuty(role: SceneRole): Promise<void> {
	await owned('delete from team_duty');
	await owned(
		`insert into team_duty (network_id, team_id, duty_id, person_id, membership_id, from_day, until_day) values ($1, $2, $3, $4, $5, '2026-01-01', '2027-12-31')`,
		[actor(role).networkId, teamId, scene.installation.world.id(), actor(role).personId, actor(role).membershipId]
	);
}
const at = (moment: string) => {
	scene.installation.world.set(new Date(moment));
};
const pass = async (moment: string): Promise<number> => {
	at(moment);
	return passQuestionsOn(scene.installation, actor('holder').networkId, new Date(moment));
};
/** Asks at a moment: the invited, or who is wished. Every earlier question is taken back, so that only this one can be passed on. */
async function ask(moment: string, wish: { asked?: readonly SceneRole[]; teamId?: string } = {}) {
	await owned(
		`insert into question_withdrawal (network_id, question_id, person_id, at)
		select network_id, question_id, asked_by, at from question on conflict do nothing`
	);
	at(moment);
	const { caseId } = sure(await openCase(scene.installation, actor('holder'), caseWords));
	const { questionId, asks } = sure(
		await askQuestion(scene.installation, actor('holder'), {
			...{ caseId, text: 'Wie weet raad?' },
			...(wish.teamId === undefined
				? { asked: (wish.asked ?? ['invited']).map((role) => actor(role).membershipId) }
				: { teamId: wish.teamId })
		})
	);
	return { caseId, questionId, askId: asks[0] ?? '' };
}
const roleOf = (personId: string) => (Object.keys(scene.actors) as SceneRole[]).find((role) => actor(role).personId === personId);
const asked = async (questionId: string) =>
	(
		await owned<{ person_id: string; round: number; reason: string }>(
			'select person_id, round, reason from question_ask where question_id = $1 order by round, person_id',
			[questionId]
		)
	).map((row) => `${row.round} ${roleOf(row.person_id) ?? '?'} ${row.reason}`);
const told = async (questionId: string) =>
	(
		await owned<{ kind: string; person_id: string }>(
			`select kind, payload ->> 'personId' as person_id from outbox where payload ->> 'questionId' = $1 order by outbox_id`,
			[questionId]
		)
	).map((row) => `${row.kind.replace('mail.question_', '')} ${roleOf(row.person_id) ?? '?'}`);

test('after four working hours the next proposed is asked, then who is on duty, then the asker is told that nobody is left; all are told', async () => {
	// A Tuesday in winter: Amsterdam is an hour ahead.
	const { questionId } = await ask('2026-11-24T09:00:00Z');
	expect(await pass('2026-11-24T12:59:59Z')).toBe(0);
	expect(await pass('2026-11-24T13:00:00Z')).toBe(1);
	expect(await pass('2026-11-24T13:01:00Z')).toBe(0);
	expect(await asked(questionId)).toEqual(['1 invited topics', '2 colleague topics']);
	expect(await told(questionId)).toEqual(['passed_on holder', 'also_to invited']);
	// Four working hours on: three today, one tomorrow.
	expect(await pass('2026-11-25T08:59:59Z')).toBe(0);
	expect(await pass('2026-11-25T09:00:00Z')).toBe(1);
	expect(await asked(questionId)).toEqual(['1 invited topics', '2 colleague topics', '3 administrator duty']);
	expect(await pass('2026-11-25T13:00:00Z')).toBe(1);
	expect((await told(questionId)).at(-1)).toBe('nobody_left holder');
	expect(await pass('2026-12-25T13:00:00Z')).toBe(0);
	const lines = await owned<{ origin: string; person_id: string | null }>(
		"select origin, person_id from log_line where act = 'question.pass_on' and object_id = $1",
		[questionId]
	);
	expect(lines).toEqual(Array.from({ length: 3 }, () => ({ origin: 'job', person_id: null })));
});

describe('four working hours', () => {
	test.each([
		['over a weekend', '2026-11-27T14:00:00Z', '2026-11-30T09:59:59Z', '2026-11-30T10:00:00Z'],
		['from a Saturday', '2026-11-28T12:00:00Z', '2026-11-30T11:59:59Z', '2026-11-30T12:00:00Z'],
		['over Christmas, a Friday, and the weekend after', '2026-12-24T15:00:00Z', '2026-12-28T10:59:59Z', '2026-12-28T11:00:00Z'],
		['over the night the clock goes back', '2027-10-29T14:00:00Z', '2027-11-01T10:59:59Z', '2027-11-01T11:00:00Z'],
		[
			'over Good Friday, Easter and the night the clock goes forward',
			'2027-03-25T15:00:00Z',
			'2027-03-30T09:59:59Z',
			'2027-03-30T10:00:00Z'
		],
		['from the hour that the clock skips', '2027-03-28T01:30:00Z', '2027-03-30T10:59:59Z', '2027-03-30T11:00:00Z']
	])('%s', async (_, from, notYet, then) => {
		const { questionId } = await ask(from);
		expect(await pass(notYet)).toBe(0);
		expect(await pass(then)).toBe(1);
		expect(await asked(questionId)).toHaveLength(2);
	});
});

describe('passing on', () => {
	test('ends with an answer, and not with a decline: when all declined it does not wait', async () => {
		const first = await ask('2026-11-24T09:00:00Z');
		sure(await answerQuestion(scene.installation, actor('invited'), { askId: first.askId, answer: 'call_me' }));
		expect(await pass('2026-11-25T09:00:00Z')).toBe(0);
		const second = await ask('2026-11-24T09:00:00Z');
		sure(await answerQuestion(scene.installation, actor('invited'), { askId: second.askId, answer: 'declined' }));
		expect(await pass('2026-11-24T09:01:00Z')).toBe(1);
		expect(await asked(second.questionId)).toEqual(['1 invited topics', '2 colleague topics']);
		// Who declined is not told of it again.
		expect(await told(second.questionId)).toEqual(['passed_on holder']);
	});

	test('is not done for a question that was taken back, or whose case was closed', async () => {
		const first = await ask('2026-11-24T09:00:00Z');
		sure(await withdrawQuestion(scene.installation, actor('holder'), { questionId: first.questionId }));
		const second = await ask('2026-11-24T09:00:00Z');
		at('2026-11-24T10:00:00Z');
		sure(
			await closeCase(scene.installation, actor('holder'), { caseId: second.caseId, outcome: 'helped', cause: 'none', responsible: '' })
		);
		expect(await pass('2026-11-26T13:00:00Z')).toBe(0);
	});

	test('passes over who said no or left meanwhile', async () => {
		const { questionId } = await ask('2026-11-24T09:00:00Z');
		await giveProfile(scene, 'colleague', { topics: 'huurschuld', available: false });
		expect(await pass('2026-11-24T13:00:00Z')).toBe(1);
		expect(await asked(questionId)).toEqual(['1 invited topics', '3 administrator duty']);
	});

	test('of a question to a team: its members are asked, then the next proposed; on duty is one of them, so then nobody is left', async () => {
		const { questionId } = await ask('2026-11-24T09:00:00Z', { teamId });
		expect((await asked(questionId)).toSorted()).toEqual(['1 administrator team', '1 facilitator team']);
		expect(await pass('2026-11-24T13:00:00Z')).toBe(1);
		expect((await asked(questionId)).at(-1)).toBe('2 invited topics');
		expect(await pass('2026-11-25T09:00:00Z')).toBe(1);
		expect((await told(questionId)).at(-1)).toBe('nobody_left holder');
	});

	test('by two processes at once, and while it is answered, is done once or not', async () => {
		for (let round = 0; round < 4; round++) {
			const { questionId, askId } = await ask('2026-11-24T09:00:00Z');
			at('2026-11-24T13:00:00Z');
			const now = new Date('2026-11-24T13:00:00Z');
			const [one, two, answer] = await Promise.all([
				passQuestionsOn(scene.installation, actor('holder').networkId, now),
				passQuestionsOn(scene.installation, actor('holder').networkId, now),
				answerQuestion(scene.installation, actor('invited'), { askId, answer: 'call_me' })
			]);
			expect(answer.ok).toBe(true);
			expect(one + two).toBe((await asked(questionId)).length - 1);
			expect(one + two).toBeLessThanOrEqual(1);
		}
	});
});
