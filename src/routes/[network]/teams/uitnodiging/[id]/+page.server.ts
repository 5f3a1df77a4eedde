import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { declineTeam, joinTeam } from '#rooms/people/teams/commands.server.ts';
import { findTeam, findTeamInvitation } from '#rooms/people/teams/read.server.ts';
import { act, actorOf } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Someone is proposed for a team: which team, who is in it, who proposes. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const seen = await read(installation, actor, async (tx, now) => {
		const invitation = await findTeamInvitation(tx, actor, event.params.id);
		if (!invitation) return null;
		const team = await findTeam(tx, actor, now, invitation.teamId);
		if (!team) return null;
		const names = await listPeople(tx, actor, [invitation.invitedBy, invitation.personId]);
		return {
			invitation,
			team,
			inviter: names.get(invitation.invitedBy) ?? null,
			invited: names.get(invitation.personId) ?? null,
			mine: invitation.personId === actor.personId,
			asAsked: invitation.membershipId === actor.membershipId
		};
	});
	if (!seen) error(404);
	return { ...seen, title: say(locale, 'team_invitation.title'), key: installation.world.id() };
};

export const actions: Actions = {
	join: (event) =>
		act(event, joinTeam, {
			form: 'join',
			input: () => ({ invitationId: event.params.id }),
			to: ({ teamId }) => `/${event.params.network}/team/${teamId}`
		}),
	decline: (event) =>
		act(event, declineTeam, {
			form: 'decline',
			input: () => ({ invitationId: event.params.id }),
			to: () => `/${event.params.network}`
		})
};
