import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listColleagues, listPeople } from '#rooms/people/read.server.ts';
import { giveUpDuty, inviteToTeam, leaveTeam, takeDuty, withdrawTeamInvitation } from '#rooms/people/teams/commands.server.ts';
import { acceptDuty, askDuty, declineDuty } from '#rooms/people/teams/asked/commands.server.ts';
import { listMyDutyAsks } from '#rooms/people/teams/asked/read.server.ts';
import { findTeam, lastShownDay, listDuties, listWaitingInvitations } from '#rooms/people/teams/read.server.ts';
import { firstFreeDays, mayProposeForTeams, rotaOf } from '#rooms/people/teams/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A team: who is in it, who is on duty today and in the weeks that come. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const seen = await read(installation, actor, async (tx, now) => {
		const team = await findTeam(tx, actor, now, event.params.id);
		if (!team) return null;
		const today = dayAt(now);
		const rota = rotaOf(await listDuties(tx, actor, team, today), today, lastShownDay(today));
		const mayPropose = mayProposeForTeams(actor.roles);
		const waiting = mayPropose ? await listWaitingInvitations(tx, actor, team.teamId) : [];
		const taken = new Set([...team.members, ...waiting].map((person) => person.personId));
		const colleagues = mayPropose ? await listColleagues(tx, actor, now) : [];
		const names = await listPeople(
			tx,
			actor,
			waiting.map((invitation) => invitation.personId)
		);
		return {
			team,
			today,
			rota,
			asks: await listMyDutyAsks(tx, actor, today, team.teamId),
			free: firstFreeDays(rota),
			me: actor.personId,
			member: team.members.some((member) => member.membershipId === actor.membershipId),
			mayPropose,
			waiting: waiting.map((invitation) => ({
				id: invitation.invitationId,
				mine: invitation.invitedBy === actor.personId,
				...names.get(invitation.personId)
			})),
			colleagues: colleagues.filter((one) => one.roles.includes('professional') && !taken.has(one.personId))
		};
	});
	if (!seen) error(404);
	return { ...seen, title: say(locale, 'team.title'), key: installation.world.id() };
};

export const actions: Actions = {
	duty: (event) =>
		act(event, takeDuty, {
			form: 'duty',
			input: (fields) => ({ teamId: event.params.id, fromDay: fields['fromDay'] ?? '', untilDay: fields['untilDay'] ?? '' }),
			to: () => `/${event.params.network}/team/${event.params.id}`
		}),
	ask: (event) =>
		act(event, askDuty, {
			form: 'duty',
			input: (fields) => ({
				...{ teamId: event.params.id, membershipId: fields['colleague'] ?? '' },
				...{ fromDay: fields['fromDay'] ?? '', untilDay: fields['untilDay'] ?? '' }
			}),
			to: () => `/${event.params.network}/team/${event.params.id}`
		}),
	accept: (event) =>
		act(event, acceptDuty, {
			form: 'accept',
			input: (fields) => ({ askId: fields['askId'] ?? '' }),
			to: ({ teamId }) => `/${event.params.network}/team/${teamId}`
		}),
	decline: (event) =>
		act(event, declineDuty, {
			form: 'decline',
			input: (fields) => ({ askId: fields['askId'] ?? '' }),
			to: ({ teamId }) => `/${event.params.network}/team/${teamId}`
		}),
	give_up: (event) =>
		act(event, giveUpDuty, {
			form: 'give_up',
			input: (fields) => ({ dutyId: fields['dutyId'] ?? '' }),
			to: ({ teamId }) => `/${event.params.network}/team/${teamId}`
		}),
	withdraw: (event) =>
		act(event, withdrawTeamInvitation, {
			form: 'withdraw',
			input: (fields) => ({ invitationId: fields['invitationId'] }),
			to: () => `/${event.params.network}/team/${event.params.id}`
		}),
	invite: (event) =>
		act(event, inviteToTeam, {
			form: 'invite',
			input: (fields) => ({ teamId: event.params.id, membershipId: fields['membershipId'] ?? '' }),
			to: () => `/${event.params.network}/team/${event.params.id}`
		}),
	leave: (event) =>
		act(event, leaveTeam, {
			form: 'leave',
			input: () => ({ teamId: event.params.id }),
			to: () => `/${event.params.network}/teams`
		})
};
