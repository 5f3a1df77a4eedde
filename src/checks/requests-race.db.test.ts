import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { grantWaiting } from '#rooms/fund/requests/jobs.server.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { makeTestTeam, openRequestScene } from './request-scene.server.ts';
import type { Asked, RequestScene } from './request-scene.server.ts';
import { openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** Small requests under pressure, on a real PostgreSQL: everyone at once, and too little money. */

let scene: Scene;
let room: RequestScene;
beforeAll(async () => {
	scene = await openScene(24);
	room = await openRequestScene(scene);
});
beforeEach(() => scene.installation.world.tick(60_000));
afterAll(() => scene.drop());

const vote = (actor: Actor, asked: Asked, whose: Actor = actor): Promise<Outcome<{ outcome: string }>> =>
	voteOnRequest(scene.installation, actor, { askId: asked.askOf(whose) });
const stateOf = async (asked: { requestId: string }) => (await room.find(scene.actors.holder, asked.requestId))?.state;
const reservations = async (asked: { requestId: string }) =>
	(
		await room.asOwner<{ amount: number }>('select amount_cents::int as amount from reservation where request_id = $1', [asked.requestId])
	).map((row) => row.amount);

describe('at once', () => {
	test('five colleagues vote at the same moment: one decision, one reservation', async () => {
		for (let round = 0; round < 5; round++) {
			const asked = await room.ask();
			const answers = await Promise.all(Object.values(room.voters).map((voter) => vote(voter, asked)));
			const outcomes = answers.map((answer) => (answer.ok ? answer.value.outcome : answer.refusal.code));
			expect(outcomes.filter((outcome) => outcome === 'granted').length).toBe(1);
			expect(outcomes.every((outcome) => ['waits', 'granted', 'wrong_state'].includes(outcome))).toBe(true);
			expect((await reservations(asked)).length).toBe(1);
		}
	});

	test('64 third votes against one card overspend by 0 cents', async () => {
		const teamId = await makeTestTeam(scene, [scene.actors.holder, ...Object.values(room.voters)], 'Team Arm');
		const asked: Asked[] = [];
		for (let made = 0; made < 64; made++) asked.push(await room.ask({ teamId, amount: '73' }));
		for (const one of asked) for (const voter of [room.voters.wijk, room.voters.wijkToo]) sure(await vote(voter, one));
		await room.setMoney(teamId, 1_000_00);
		const voters = [room.voters.kade, room.voters.gemeente];
		const answers = await Promise.all(asked.map((one, index) => vote(voters[index % 2] ?? room.voters.kade, one)));
		const outcomes = answers.map((answer) => sure(answer).outcome);
		expect(outcomes.filter((outcome) => outcome === 'granted').length).toBe(Math.floor(1_000_00 / 73_00));
		expect(outcomes.filter((outcome) => outcome === 'waits_for_money').length).toBe(64 - Math.floor(1_000_00 / 73_00));
		const [source] = await room.asOwner<{ cash: number; reserved: number; sum: number }>(
			`select cash_cents::int as cash, reserved_cents::int as reserved,
				(select sum(r.amount_cents)::int from reservation r where r.source_id = s.source_id) as sum
			from fund_source s where team_id = $1`,
			[teamId]
		);
		expect(source).toEqual({ cash: 1_000_00, reserved: 13 * 73_00, sum: 13 * 73_00 });
	});
});

describe('with too little money', () => {
	test('the vote stands and it waits; when money comes it goes on by itself, once, oldest first', async () => {
		const { networkId } = scene.actors.holder;
		const teamId = await makeTestTeam(scene, [scene.actors.holder, ...Object.values(room.voters)], 'Team Leeg');
		const [first, second] = [await room.ask({ teamId }), await room.ask({ teamId })];
		for (const one of [first, second]) {
			for (const voter of [room.voters.wijk, room.voters.wijkToo]) sure(await vote(voter, one));
			expect(sure(await vote(room.voters.kade, one)).outcome).toBe('waits_for_money');
			scene.installation.world.tick(1000);
		}
		expect(await room.find(scene.actors.holder, first.requestId)).toMatchObject({ state: 'asked' });
		expect((await room.find(scene.actors.holder, first.requestId))?.waitsForMoneySince).not.toBeNull();
		// The treasurer sees what waits.
		expect(await room.find(scene.officers.treasurer, first.requestId)).not.toBeNull();
		// A later yes finds the same.
		expect(sure(await vote(room.voters.gemeente, first)).outcome).toBe('waits_for_money');
		const now = scene.installation.world.now();
		expect(await grantWaiting(scene.installation, networkId, now)).toBe(0);
		await room.setMoney(teamId, 100_00);
		const counts = await Promise.all([1, 2, 3].map(() => grantWaiting(scene.installation, networkId, now)));
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
		expect([await stateOf(first), await reservations(first)]).toEqual(['granted', [75_00]]);
		expect([await stateOf(second), await reservations(second)]).toEqual(['asked', []]);
		await room.setMoney(teamId, 100_00);
		expect(await grantWaiting(scene.installation, networkId, now)).toBe(1);
		expect(await stateOf(second)).toBe('granted');
		const lines = await room.asOwner("select from log_line where act = 'request.grant_waiting' and origin = 'job' and object_id = $1", [
			first.requestId
		]);
		expect(lines.length).toBe(1);
	});
});
