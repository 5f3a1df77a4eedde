import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import {
	declineTeam,
	giveUpDuty,
	inviteToTeam,
	joinTeam,
	leaveTeam,
	makeTeam,
	takeDuty,
	withdrawTeamInvitation
} from '#rooms/people/teams/commands.server.ts';
import { acceptDuty, askDuty, declineDuty } from '#rooms/people/teams/asked/commands.server.ts';
import { listMyDutyAsks } from '#rooms/people/teams/asked/read.server.ts';
import { findTeam, listDuties, listMyTeamInvitations, listTeams } from '#rooms/people/teams/read.server.ts';
import type { Team } from '#rooms/people/teams/read.server.ts';
import { askDutySchema, inviteToTeamSchema, makeTeamSchema, takeDutySchema } from '#rooms/people/teams/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const member = z.object({
	personId: z.uuid(),
	membershipId: z.uuid(),
	organisationId: z.uuid(),
	displayName: z.string(),
	organisationName: z.string()
});
const team = z
	.object({ teamId: z.uuid(), name: z.string(), area: z.string(), members: z.array(member), onDuty: member.nullable() })
	.openapi('Team');
const day = () => z.iso.date();
const show = (found: Team) => ({ ...found, members: [...found.members] });

export const teamOperations: readonly Operation[] = [
	reading({
		operationId: 'listTeams',
		path: '/teams',
		tag: 'teams',
		summary: 'The teams of the network, with who is on duty today',
		means: 'All of them.',
		refusals: [],
		answer: z.object({ teams: z.array(team) }).openapi('Teams'),
		read: async ({ installation, actor }) =>
			ok({ body: { teams: (await read(installation, actor, (tx, now) => listTeams(tx, actor, now))).map(show) } })
	}),
	act({
		operationId: 'makeTeam',
		path: '/teams',
		tag: 'teams',
		summary: 'Make a team; it is empty until people accept',
		status: 201,
		means: 'The team stands.',
		refusals: ['not_allowed'],
		command: makeTeam,
		body: makeTeamSchema,
		gives: ['Location'],
		answer: z.object({ teamId: z.uuid() }).openapi('MadeTeam'),
		toAnswer: (value) => ({ body: value, location: `/teams/${value.teamId}` })
	}),
	reading({
		operationId: 'getTeam',
		path: '/teams/{teamId}',
		tag: 'teams',
		summary: 'A team, with its duty from today on',
		means: 'The team.',
		refusals: [],
		answer: z
			.object({
				team,
				duties: z.array(
					z.object({
						dutyId: z.uuid(),
						personId: z.uuid(),
						displayName: z.string(),
						organisationName: z.string(),
						fromDay: day(),
						untilDay: day()
					})
				)
			})
			.openapi('TeamWithDuty'),
		async read({ installation, actor, params }) {
			const found = await read(installation, actor, async (tx, now) => {
				const one = await findTeam(tx, actor, now, params.teamId);
				return one && { team: show(one), duties: await listDuties(tx, actor, one, dayAt(now)) };
			});
			return found ? ok({ body: found }) : refuse('not_found');
		}
	}),
	act({
		operationId: 'inviteToTeam',
		path: '/teams/{teamId}/invitations',
		tag: 'teams',
		summary: 'Propose a professional for a team; they decide',
		status: 201,
		means: 'The colleague is asked.',
		refusals: ['not_allowed', 'already_in_team', 'already_invited'],
		command: inviteToTeam,
		body: inviteToTeamSchema.omit({ teamId: true }),
		answer: z.object({ invitationId: z.uuid() }).openapi('MadeTeamInvitation'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'withdrawTeamInvitation',
		path: '/team-invitations/{invitationId}/withdrawal',
		tag: 'teams',
		summary: 'Take back that you proposed someone for a team, while they have not answered',
		status: 204,
		means: 'It is taken back.',
		refusals: ['not_yours', 'not_allowed', 'invitation_over'],
		command: withdrawTeamInvitation,
		toAnswer: nothing
	}),
	reading({
		operationId: 'listTeamInvitations',
		path: '/team-invitations',
		tag: 'teams',
		summary: 'Teams that you are proposed for and have not answered',
		means: 'All of them.',
		refusals: [],
		answer: z
			.object({
				invitations: z.array(
					z.object({ invitationId: z.uuid(), teamId: z.uuid(), teamName: z.string(), area: z.string(), invitedBy: z.uuid(), at: moment() })
				)
			})
			.openapi('TeamInvitations'),
		async read({ installation, actor }) {
			const waiting = await read(installation, actor, (tx) => listMyTeamInvitations(tx, actor));
			return ok({
				body: {
					invitations: waiting.map(({ invitationId, teamId, teamName, area, invitedBy, at }) => ({
						...{ invitationId, teamId, teamName, area, invitedBy, at: at.toISOString() }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'joinTeam',
		path: '/team-invitations/{invitationId}/acceptance',
		tag: 'teams',
		summary: 'Join the team that you are proposed for',
		status: 201,
		means: 'You are in the team.',
		refusals: ['not_invited', 'invitation_over'],
		command: joinTeam,
		gives: ['Location'],
		answer: z.object({ teamId: z.uuid() }).openapi('JoinedTeam'),
		toAnswer: (value) => ({ body: value, location: `/teams/${value.teamId}` })
	}),
	act({
		operationId: 'declineTeam',
		path: '/team-invitations/{invitationId}/refusal',
		tag: 'teams',
		summary: 'Say no to a team; no reason is asked',
		status: 204,
		means: 'The invitation is over.',
		refusals: ['not_invited', 'invitation_over'],
		command: declineTeam,
		toAnswer: nothing
	}),
	act({
		operationId: 'leaveTeam',
		path: '/teams/{teamId}/departure',
		tag: 'teams',
		summary: 'Leave a team; your duty to come ends',
		status: 204,
		means: 'You are not in the team any more.',
		refusals: ['not_in_team'],
		command: leaveTeam,
		toAnswer: nothing
	}),
	act({
		operationId: 'takeDuty',
		path: '/teams/{teamId}/duties',
		tag: 'teams',
		summary: 'Take duty for a run of days, both included',
		status: 201,
		means: 'The days are yours.',
		refusals: ['not_in_team', 'duty_taken'],
		command: takeDuty,
		body: takeDutySchema.omit({ teamId: true }),
		answer: z.object({ dutyId: z.uuid() }).openapi('TakenDuty'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'askDuty',
		path: '/teams/{teamId}/duty-requests',
		tag: 'teams',
		summary: 'Ask another of the team to take duty; they decide',
		status: 201,
		means: 'The colleague is asked.',
		refusals: ['not_in_team', 'duty_taken'],
		command: askDuty,
		body: askDutySchema.omit({ teamId: true }),
		answer: z.object({ askId: z.uuid() }).openapi('AskedDuty'),
		toAnswer: (value) => ({ body: value })
	}),
	reading({
		operationId: 'listDutyRequests',
		path: '/duty-requests',
		tag: 'teams',
		summary: 'Duty that you are asked for and have not answered',
		means: 'All of it.',
		refusals: [],
		answer: z
			.object({
				requests: z.array(
					z.object({ askId: z.uuid(), teamId: z.uuid(), teamName: z.string(), askedBy: z.uuid(), fromDay: day(), untilDay: day() })
				)
			})
			.openapi('DutyRequests'),
		async read({ installation, actor }) {
			const found = await read(installation, actor, (tx, now) => listMyDutyAsks(tx, actor, dayAt(now)));
			return ok({
				body: {
					requests: found.map(({ askId, teamId, teamName, askedBy, fromDay, untilDay }) => ({
						...{ askId, teamId, teamName, askedBy, fromDay, untilDay }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'acceptDuty',
		path: '/duty-requests/{askId}/acceptance',
		tag: 'teams',
		summary: 'Take the duty that you are asked for',
		status: 204,
		means: 'The days are yours.',
		refusals: ['not_invited', 'invitation_over', 'not_in_team', 'duty_taken'],
		command: acceptDuty,
		toAnswer: nothing
	}),
	act({
		operationId: 'declineDuty',
		path: '/duty-requests/{askId}/refusal',
		tag: 'teams',
		summary: 'Say no to duty; no reason is asked',
		status: 204,
		means: 'It is answered.',
		refusals: ['not_invited', 'invitation_over'],
		command: declineDuty,
		toAnswer: nothing
	}),
	act({
		operationId: 'giveUpDuty',
		method: 'delete',
		path: '/duties/{dutyId}',
		tag: 'teams',
		summary: 'Give up what is left of your duty, today included',
		status: 204,
		means: 'The days are free.',
		refusals: ['not_yours', 'wrong_state'],
		command: giveUpDuty,
		toAnswer: nothing
	})
];
