import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { addDays, dayAt, daysBetween } from '#foundation/time/days.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import { findDuty, findTeam, findTeamInvitation, listDuties, listWaitingInvitations } from './read.server.ts';
import type { Team } from './read.server.ts';
import { findOverlap, givenUp, mayGiveUp, mayProposeForTeams, mostDutyDays } from './rules.ts';
import type { DutyDays } from './rules.ts';
import { dutySchema, inviteToTeamSchema, makeTeamSchema, takeDutySchema, teamInvitationSchema, teamSchema } from './schema.ts';

const mayPropose = ({ actor }: Deed): boolean => mayProposeForTeams(actor.roles);

/** Acts on one team wait for each other until the transaction ends. */
export async function lockTeam({ tx, actor }: Deed, teamId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/team/${teamId}`}, 0))`.execute(tx);
}

/** An administrator or the facilitator makes a team. It is empty: who is in it joins by accepting. */
export const makeTeam = command({
	act: 'team.make',
	schema: makeTeamSchema,
	async run(deed, input): Promise<Outcome<{ teamId: string }>> {
		if (!mayPropose(deed)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		const teamId = deed.id();
		deed.about('team', teamId);
		await deed.tx
			.insertInto('team')
			.values({ networkId: deed.actor.networkId, teamId, ...input, madeBy: deed.actor.personId, madeAt: deed.now })
			.execute();
		return ok({ teamId });
	}
});

/** An administrator or the facilitator proposes a professional of any organisation, never themselves. */
export const inviteToTeam = command({
	act: 'team.invite',
	schema: inviteToTeamSchema,
	async run(deed, input): Promise<Outcome<{ invitationId: string }>> {
		deed.about('team', input.teamId);
		if (!mayPropose(deed)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		await lockTeam(deed, input.teamId);
		const team = await findTeam(deed.tx, deed.actor, deed.now, input.teamId);
		if (!team) return refuse('not_found');
		const colleague = await findColleague(deed.tx, deed.actor, deed.now, input.membershipId);
		if (!colleague || colleague.personId === deed.actor.personId || !colleague.roles.includes('professional'))
			return refuse('invalid', { fields: [{ path: ['membershipId'], code: 'not_a_choice' }] });
		if (team.members.some((member) => member.personId === colleague.personId)) return refuse('already_in_team');
		const waiting = await listWaitingInvitations(deed.tx, deed.actor, input.teamId);
		if (waiting.some((invitation) => invitation.personId === colleague.personId)) return refuse('already_invited');
		const invitationId = deed.id();
		deed.about('team_invitation', invitationId);
		await deed.tx
			.insertInto('teamInvitation')
			.values({
				...{ networkId: deed.actor.networkId, teamId: input.teamId, invitationId, personId: colleague.personId },
				...{ membershipId: colleague.membershipId, invitedBy: deed.actor.personId, at: deed.now }
			})
			.execute();
		await deed.tell('mail.team_invitation', { invitationId, personId: colleague.personId });
		return ok({ invitationId });
	}
});

async function answer(deed: Deed, invitationId: string, said: 'accepted' | 'declined'): Promise<Outcome<{ teamId: string }>> {
	deed.about('team_invitation', invitationId);
	const seen = await findTeamInvitation(deed.tx, deed.actor, invitationId);
	if (!seen) return refuse('not_found');
	if (seen.personId !== deed.actor.personId) return refuse('not_invited');
	if (seen.membershipId !== deed.actor.membershipId) return refuse('not_invited', { lift: { kind: 'role', role: 'yourself' } });
	await lockTeam(deed, seen.teamId);
	const invitation = await findTeamInvitation(deed.tx, deed.actor, invitationId);
	if (invitation?.state !== 'waiting') return refuse('invitation_over');
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('teamAnswer')
		.values({ networkId, invitationId, teamId: seen.teamId, answer: said, personId, at: deed.now })
		.execute();
	if (said === 'accepted') {
		// Who changed organisation stands in the team under the old membership until they join again.
		await endMembership(deed, seen.teamId);
		await deed.tx
			.insertInto('teamMember')
			.values({ networkId, teamId: seen.teamId, personId, membershipId, validFrom: deed.now })
			.execute();
	}
	await deed.tell('mail.team_answered', { teamId: seen.teamId, personId: seen.invitedBy });
	return ok({ teamId: seen.teamId });
}

async function endMembership(deed: Deed, teamId: string): Promise<void> {
	await deed.tx
		.updateTable('teamMember')
		.set({ validUntil: deed.now })
		.where('networkId', '=', deed.actor.networkId)
		.where('teamId', '=', teamId)
		.where('personId', '=', deed.actor.personId)
		.where('validUntil', 'is', null)
		.execute();
}

/** Who was proposed joins the team. */
export const joinTeam = command({
	act: 'team.join',
	schema: teamInvitationSchema,
	run: (deed, input) => answer(deed, input.invitationId, 'accepted')
});

/** Who was proposed says no; no reason is asked. */
export const declineTeam = command({
	act: 'team.decline',
	schema: teamInvitationSchema,
	run: (deed, input) => answer(deed, input.invitationId, 'declined')
});

/** Who proposed someone takes it back, while it waits. */
export const withdrawTeamInvitation = command({
	act: 'team.withdraw',
	schema: teamInvitationSchema,
	async run(deed, input): Promise<Outcome<{ teamId: string }>> {
		deed.about('team_invitation', input.invitationId);
		const seen = await findTeamInvitation(deed.tx, deed.actor, input.invitationId);
		if (!seen) return refuse('not_found');
		if (seen.invitedBy !== deed.actor.personId) return refuse('not_yours', { lift: { kind: 'person', personId: seen.invitedBy } });
		if (!mayPropose(deed)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		await lockTeam(deed, seen.teamId);
		const invitation = await findTeamInvitation(deed.tx, deed.actor, input.invitationId);
		if (invitation?.state !== 'waiting') return refuse('invitation_over');
		const { networkId, personId } = deed.actor;
		await deed.tx
			.insertInto('teamAnswer')
			.values({ networkId, invitationId: input.invitationId, teamId: seen.teamId, answer: 'withdrawn', personId, at: deed.now })
			.execute();
		return ok({ teamId: seen.teamId });
	}
});

/** The team for an act of one of its members; the team is locked. */
export async function findOwnTeam(deed: Deed, teamId: string): Promise<Outcome<Team>> {
	deed.about('team', teamId);
	await lockTeam(deed, teamId);
	const team = await findTeam(deed.tx, deed.actor, deed.now, teamId);
	if (!team) return refuse('not_found');
	return team.members.some((member) => member.membershipId === deed.actor.membershipId)
		? ok(team)
		: refuse('not_in_team', { lift: { kind: 'role', role: 'facilitator' } });
}

async function giveUpDays(deed: Deed, duty: { dutyId: string; fromDay: string; untilDay: string }): Promise<void> {
	const today = dayAt(deed.now);
	const rest = givenUp(duty, today, addDays(today, -1));
	if (rest === null)
		await deed.tx.deleteFrom('teamDuty').where('networkId', '=', deed.actor.networkId).where('dutyId', '=', duty.dutyId).execute();
	else
		await deed.tx
			.updateTable('teamDuty')
			.set({ untilDay: rest.untilDay })
			.where('networkId', '=', deed.actor.networkId)
			.where('dutyId', '=', duty.dutyId)
			.execute();
}

/** A member leaves the team, and their coming duty with it. */
export const leaveTeam = command({
	act: 'team.leave',
	schema: teamSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const team = await findOwnTeam(deed, input.teamId);
		if (!team.ok) return team;
		const duties = await listDuties(deed.tx, deed.actor, team.value, dayAt(deed.now));
		for (const duty of duties) if (duty.personId === deed.actor.personId) await giveUpDays(deed, duty);
		await endMembership(deed, input.teamId);
		return ok(null);
	}
});

/** Why these days cannot be had in a team; null when they can. */
export async function checkDutyDays(deed: Deed, team: Team, { fromDay, untilDay }: DutyDays): Promise<Outcome<never> | null> {
	if (fromDay < dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['fromDay'], code: 'date_in_past' }] });
	if (untilDay < fromDay) return refuse('invalid', { fields: [{ path: ['untilDay'], code: 'ends_before_start' }] });
	if (daysBetween(fromDay, untilDay) >= mostDutyDays)
		return refuse('invalid', { fields: [{ path: ['untilDay'], code: 'number_too_large', values: { max: mostDutyDays } }] });
	const taken = findOverlap(await listDuties(deed.tx, deed.actor, team, fromDay), { fromDay, untilDay });
	return taken ? refuse('duty_taken', { lift: { kind: 'person', personId: taken.personId } }) : null;
}

/** Puts the actor on duty; the days were checked and the team is locked. */
export async function putOnDuty(deed: Deed, teamId: string, { fromDay, untilDay }: DutyDays): Promise<string> {
	const dutyId = deed.id();
	deed.about('duty', dutyId);
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx.insertInto('teamDuty').values({ networkId, teamId, dutyId, personId, membershipId, fromDay, untilDay }).execute();
	return dutyId;
}

/** A member takes duty for a run of days on which nobody else has it. */
export const takeDuty = command({
	act: 'duty.take',
	schema: takeDutySchema,
	async run(deed, input): Promise<Outcome<{ dutyId: string }>> {
		const team = await findOwnTeam(deed, input.teamId);
		if (!team.ok) return team;
		const wrong = await checkDutyDays(deed, team.value, input);
		return wrong ?? ok({ dutyId: await putOnDuty(deed, input.teamId, input) });
	}
});

/** Who is on duty gives up what is left of it, so that another can take it. */
export const giveUpDuty = command({
	act: 'duty.give_up',
	schema: dutySchema,
	async run(deed, input): Promise<Outcome<{ teamId: string }>> {
		deed.about('duty', input.dutyId);
		const seen = await findDuty(deed.tx, deed.actor, input.dutyId);
		if (!seen) return refuse('not_found');
		if (seen.personId !== deed.actor.personId) return refuse('not_yours', { lift: { kind: 'person', personId: seen.personId } });
		await lockTeam(deed, seen.teamId);
		const duty = await findDuty(deed.tx, deed.actor, input.dutyId);
		if (!duty || !mayGiveUp(duty, dayAt(deed.now))) return refuse('wrong_state');
		await giveUpDays(deed, duty);
		return ok({ teamId: seen.teamId });
	}
});
