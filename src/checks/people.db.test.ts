import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { sql } from 'kysely';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { confirmEnd, proposeEnd } from '#rooms/people/memberships/commands.server.ts';
import { findPersonOfNetwork } from '#rooms/people/profiles/read.server.ts';
import { acceptDuty, askDuty } from '#rooms/people/teams/asked/commands.server.ts';
import { giveUpDuty, inviteToTeam, joinTeam, leaveTeam, makeTeam, takeDuty } from '#rooms/people/teams/commands.server.ts';
import { findTeam, listDuties, listMyTeamInvitations } from '#rooms/people/teams/read.server.ts';
import { said } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Teams, duty and memberships, against a real database: what people meet when they work at the same time, and at the edges. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(21);
});
afterAll(() => scene.drop());

const today = (): string => dayAt(scene.installation.world.now());

async function teamOf(...names: ('holder' | 'seated' | 'colleague')[]): Promise<string> {
	const { installation, actors } = scene;
	const { teamId } = sure(await makeTeam(installation, actors.facilitator, { name: 'Team', area: 'Noord' }));
	for (const name of names) {
		const invitation = sure(await inviteToTeam(installation, actors.facilitator, { teamId, membershipId: actors[name].membershipId }));
		sure(await joinTeam(installation, actors[name], invitation));
	}
	return teamId;
}
const team = (teamId: string) =>
	read(scene.installation, scene.actors.colleague, (tx, now) => findTeam(tx, scene.actors.colleague, now, teamId));

describe('a team', () => {
	test('has only who accepted, and shows the invitation to nobody else', async () => {
		const { installation, actors } = scene;
		const teamId = await teamOf('holder');
		sure(await inviteToTeam(installation, actors.administrator, { teamId, membershipId: actors.seated.membershipId }));
		expect((await team(teamId))?.members.map((member) => member.personId)).toEqual([actors.holder.personId]);
		const seen = await Promise.all(
			[actors.seated, actors.colleague].map((actor) => read(installation, actor, (tx) => listMyTeamInvitations(tx, actor)))
		);
		expect(seen.map((list) => list.filter((invitation) => invitation.teamId === teamId).length)).toEqual([1, 0]);
	});

	test('is not joined twice by two at once, and an invitation is not made twice', async () => {
		const { installation, actors } = scene;
		const teamId = await teamOf();
		const invite = () => inviteToTeam(installation, actors.facilitator, { teamId, membershipId: actors.seated.membershipId });
		const invited = await Promise.all([invite(), invite(), invite()]);
		expect(invited.map(said).toSorted()).toEqual(['already_invited', 'already_invited', 'yes']);
		const { invitationId } = sure(invited.find((outcome) => outcome.ok) ?? invited[0]!);
		const joined = await Promise.all([1, 2, 3].map(() => joinTeam(installation, actors.seated, { invitationId })));
		expect(joined.map(said).toSorted()).toEqual(['invitation_over', 'invitation_over', 'yes']);
		expect(said(await invite())).toBe('already_in_team');
	});

	test('takes in professionals only, and nobody proposes themselves', async () => {
		const { installation, actors, officers } = scene;
		const teamId = await teamOf();
		for (const one of [officers.governor, actors.checker, actors.stranger, actors.facilitator])
			expect(await inviteToTeam(installation, actors.facilitator, { teamId, membershipId: one.membershipId })).toMatchObject({
				refusal: { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] }
			});
	});

	test('loses who leaves it, with their duty to come, and whom their organisation lost', async () => {
		const { installation, actors, database } = scene;
		const teamId = await teamOf('holder', 'seated', 'colleague');
		sure(await takeDuty(installation, actors.seated, { teamId, fromDay: today(), untilDay: addDays(today(), 3) }));
		scene.installation.world.tick(60_000);
		sure(await leaveTeam(installation, actors.seated, { teamId }));
		const left = await team(teamId);
		expect(left?.members.map((member) => member.personId).toSorted()).toEqual(
			[actors.holder.personId, actors.colleague.personId].toSorted()
		);
		expect(left?.onDuty).toBeNull();
		// The days are free at once.
		sure(await takeDuty(installation, actors.colleague, { teamId, fromDay: today(), untilDay: today() }));
		const owner = await database.connections.owner();
		try {
			await owner.query('update membership set valid_until = $1 where membership_id = $2', [
				installation.world.now(),
				actors.colleague.membershipId
			]);
			scene.installation.world.tick(1000);
			const seen = await read(installation, actors.holder, async (tx, now) => ({
				team: await findTeam(tx, actors.holder, now, teamId),
				bySql: await sql<{ personId: string }>`select person_id from app.team_members(${teamId})`.execute(tx),
				duty: await sql`select from app.team_on_duty(${teamId})`.execute(tx)
			}));
			expect(seen.team?.members.map((member) => member.personId)).toEqual([actors.holder.personId]);
			expect(seen.bySql.rows.map((row) => row.personId)).toEqual([actors.holder.personId]);
			expect([seen.team?.onDuty, seen.duty.rows.length]).toEqual([null, 0]);
			// And their days do not stand in the way of the others.
			sure(await takeDuty(installation, actors.holder, { teamId, fromDay: today(), untilDay: today() }));
			const again = await read(installation, actors.holder, (tx, now) => findTeam(tx, actors.holder, now, teamId));
			expect(again?.onDuty?.personId).toBe(actors.holder.personId);
		} finally {
			await owner.query('update membership set valid_until = null where membership_id = $1', [actors.colleague.membershipId]);
			await owner.end();
		}
	});
});

describe('duty', () => {
	test('of one day is had by one of eight who want it at once', async () => {
		const { installation, actors } = scene;
		const teamId = await teamOf('holder', 'seated');
		const wished = { teamId, fromDay: addDays(today(), 1), untilDay: addDays(today(), 2) };
		const answers = await Promise.all(
			Array.from({ length: 8 }, (_, index) => takeDuty(installation, index % 2 ? actors.holder : actors.seated, wished))
		);
		expect(answers.map(said).filter((answer) => answer === 'yes')).toHaveLength(1);
		expect(new Set(answers.map(said))).toEqual(new Set(['yes', 'duty_taken']));
	});

	test('says who has the day, and refuses days gone by, a last day before the first, and too many', async () => {
		const { installation, actors } = scene;
		const teamId = await teamOf('holder', 'seated');
		const take = (fromDay: string, untilDay: string) => takeDuty(installation, actors.holder, { teamId, fromDay, untilDay });
		sure(await take(addDays(today(), 5), addDays(today(), 9)));
		expect(
			await takeDuty(installation, actors.seated, { teamId, fromDay: addDays(today(), 9), untilDay: addDays(today(), 12) })
		).toMatchObject({
			refusal: { code: 'duty_taken', lift: { personId: actors.holder.personId } }
		});
		expect(await take(addDays(today(), -1), today())).toMatchObject({ refusal: { fields: [{ code: 'date_in_past' }] } });
		expect(await take(addDays(today(), 2), addDays(today(), 1))).toMatchObject({ refusal: { fields: [{ code: 'ends_before_start' }] } });
		expect(await take(addDays(today(), 20), addDays(today(), 82))).toMatchObject({ refusal: { fields: [{ code: 'number_too_large' }] } });
	});

	test('given up half way keeps the days that went by, and frees today', async () => {
		const { installation, actors } = scene;
		const teamId = await teamOf('holder', 'seated');
		const { dutyId } = sure(await takeDuty(installation, actors.holder, { teamId, fromDay: today(), untilDay: addDays(today(), 6) }));
		const before = today();
		scene.installation.world.tick(3 * 86_400_000);
		sure(await giveUpDuty(installation, actors.holder, { dutyId }));
		expect(said(await giveUpDuty(installation, actors.holder, { dutyId }))).toBe('wrong_state');
		sure(await takeDuty(installation, actors.seated, { teamId, fromDay: today(), untilDay: today() }));
		const duties = await read(installation, actors.holder, async (tx, now) => {
			const found = await findTeam(tx, actors.holder, now, teamId);
			return found ? listDuties(tx, actors.holder, found, before) : [];
		});
		expect(duties.map(({ personId, fromDay, untilDay }) => [personId, fromDay, untilDay])).toEqual([
			[actors.holder.personId, before, addDays(today(), -1)],
			[actors.seated.personId, today(), today()]
		]);
	});
});

describe('the end of a membership', () => {
	test('is confirmed once by two at once, and by nobody straight in SQL who proposed it', async () => {
		const { installation, actors, officers } = scene;
		const someone = await addPerson(scene, ['professional']);
		const end = sure(await proposeEnd(installation, actors.administrator, { membershipId: someone.membershipId }));
		// Past the rules: the database refuses the second pair of eyes of the same person, and changes nothing without it.
		await expect(
			read(installation, actors.administrator, async (tx, now) => {
				const { networkId, personId } = actors.administrator;
				await tx
					.insertInto('membershipEndAnswer')
					.values({ networkId, endId: end.endId, answer: 'confirmed', personId, at: now })
					.execute();
			})
		).rejects.toThrow(/row-level security/);
		const { rows } = await read(installation, actors.administrator, (tx) =>
			sql<{ ended: boolean }>`select app.end_membership(${end.endId}) as ended`.execute(tx)
		);
		expect(rows).toEqual([{ ended: false }]);
		scene.installation.world.tick(1000);
		const answers = await Promise.all(
			[actors.facilitator, officers.administratorTwo, actors.facilitator].map((actor) => confirmEnd(installation, actor, end))
		);
		expect(answers.map(said).toSorted()).toEqual(['wrong_state', 'wrong_state', 'yes']);
		scene.installation.world.tick(1000);
		expect(await read(installation, actors.holder, (tx, now) => findPersonOfNetwork(tx, actors.holder, now, someone.personId))).toBeNull();
	});
});

describe('duty that is asked for', () => {
	test('is had once, where a colleague takes the same days meanwhile; days gone by are left out', async () => {
		const { installation, actors } = scene;
		const teamId = await teamOf('holder', 'seated');
		const days = { fromDay: today(), untilDay: addDays(today(), 3) };
		const ask = () => askDuty(installation, actors.holder, { teamId, membershipId: actors.seated.membershipId, ...days });
		const first = sure(await ask());
		const answers = await Promise.all([
			acceptDuty(installation, actors.seated, first),
			takeDuty(installation, actors.holder, { teamId, ...days })
		]);
		expect(answers.map(said).filter((answer) => answer === 'yes')).toHaveLength(1);
		const later = sure(
			await askDuty(installation, actors.holder, {
				...{ teamId, membershipId: actors.seated.membershipId },
				...{ fromDay: addDays(today(), 10), untilDay: addDays(today(), 12) }
			})
		);
		scene.installation.world.tick(11 * 86_400_000);
		sure(await acceptDuty(installation, actors.seated, later));
		expect((await team(teamId))?.onDuty?.personId).toBe(actors.seated.personId);
		const gone = sure(
			await askDuty(installation, actors.holder, {
				...{ teamId, membershipId: actors.seated.membershipId },
				...{ fromDay: addDays(today(), 3), untilDay: addDays(today(), 3) }
			})
		);
		scene.installation.world.tick(5 * 86_400_000);
		expect(said(await acceptDuty(installation, actors.seated, gone))).toBe('invitation_over');
	});
});
