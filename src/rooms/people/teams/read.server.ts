import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import type { DutyDays } from './rules.ts';

export interface TeamMember {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly displayName: string;
	readonly organisationName: string;
}

export interface Team {
	readonly teamId: string;
	readonly name: string;
	readonly area: string;
	/** Who is in it now, by organisation and name. */
	readonly members: readonly TeamMember[];
	/** Who is on duty today; null when nobody is. */
	readonly onDuty: TeamMember | null;
}

/** Duty of one of the team, today or later. */
export interface Duty extends DutyDays {
	readonly dutyId: string;
	readonly personId: string;
	readonly displayName: string;
	readonly organisationName: string;
}

async function selectTeams(tx: Tx, actor: Actor, now: Date, teamId?: string): Promise<Team[]> {
	const today = dayAt(now);
	let query = tx.selectFrom('team').select(['teamId', 'name', 'area']).where('networkId', '=', actor.networkId);
	if (teamId !== undefined) query = query.where('teamId', '=', teamId);
	const teams = await query.orderBy('name').orderBy('teamId').execute();
	if (teams.length === 0) return [];
	const ids = teams.map((team) => team.teamId);
	const members = await tx
		.selectFrom('teamMember as t')
		.innerJoin('membership as m', (join) => join.onRef('m.networkId', '=', 't.networkId').onRef('m.membershipId', '=', 't.membershipId'))
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'm.networkId').onRef('p.personId', '=', 'm.personId'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select(['t.teamId', 't.personId', 't.membershipId', 'm.organisationId', 'p.displayName', 'o.name as organisationName'])
		.where('t.networkId', '=', actor.networkId)
		.where('t.teamId', 'in', ids)
		.where('t.validFrom', '<=', now)
		.where((e) => e.or([e('t.validUntil', 'is', null), e('t.validUntil', '>', now)]))
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]))
		.orderBy('o.nameSort')
		.orderBy('p.nameSort')
		.orderBy('t.membershipId')
		.execute();
	const duties = await tx
		.selectFrom('teamDuty')
		.select(['teamId', 'personId'])
		.where('networkId', '=', actor.networkId)
		.where('teamId', 'in', ids)
		.where('fromDay', '<=', today)
		.where('untilDay', '>=', today)
		.execute();
	return teams.map((team) => {
		const own = members.filter((member) => member.teamId === team.teamId).map(({ teamId: _, ...member }) => member);
		const onDuty = own.find((member) => duties.some((duty) => duty.teamId === team.teamId && duty.personId === member.personId));
		return { ...team, members: own, onDuty: onDuty ?? null };
	});
}

/** The teams of the network by name, with who is in them and who is on duty today. */
export const listTeams = (tx: Tx, actor: Actor, now: Date): Promise<Team[]> => selectTeams(tx, actor, now);

/** One team, or null when the network has none of that id. */
export const findTeam = async (tx: Tx, actor: Actor, now: Date, teamId: string): Promise<Team | null> =>
	(await selectTeams(tx, actor, now, teamId))[0] ?? null;

/** Duty of a team from a day on, in order of days. Who left the team is left out. */
export const listDuties = (tx: Tx, actor: Actor, team: Pick<Team, 'teamId' | 'members'>, from: string): Promise<Duty[]> =>
	team.members.length === 0
		? Promise.resolve([])
		: tx
				.selectFrom('teamDuty as d')
				.innerJoin('membership as m', (join) =>
					join.onRef('m.networkId', '=', 'd.networkId').onRef('m.membershipId', '=', 'd.membershipId')
				)
				.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'd.networkId').onRef('p.personId', '=', 'd.personId'))
				.innerJoin('organisation as o', (join) =>
					join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
				)
				.select(['d.dutyId', 'd.personId', 'd.fromDay', 'd.untilDay', 'p.displayName', 'o.name as organisationName'])
				.where('d.networkId', '=', actor.networkId)
				.where('d.teamId', '=', team.teamId)
				.where('d.untilDay', '>=', from)
				.where(
					'd.personId',
					'in',
					team.members.map((member) => member.personId)
				)
				.orderBy('d.fromDay')
				.orderBy('d.dutyId')
				.execute();

/** One duty, with its team, or null. */
export const findDuty = async (
	tx: Tx,
	actor: Actor,
	dutyId: string
): Promise<(DutyDays & { readonly dutyId: string; readonly teamId: string; readonly personId: string }) | null> =>
	(await tx
		.selectFrom('teamDuty')
		.select(['dutyId', 'teamId', 'personId', 'fromDay', 'untilDay'])
		.where('networkId', '=', actor.networkId)
		.where('dutyId', '=', dutyId)
		.executeTakeFirst()) ?? null;

/** An invitation to a team as those may see it whom it concerns: the invited, and who may propose. */
export interface TeamInvitation {
	readonly invitationId: string;
	readonly teamId: string;
	readonly teamName: string;
	readonly area: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly invitedBy: string;
	readonly at: Date;
	readonly state: 'waiting' | 'accepted' | 'declined' | 'withdrawn';
}

const invitations = (tx: Tx, actor: Actor) =>
	tx
		.selectFrom('teamInvitation as i')
		.innerJoin('team as t', (join) => join.onRef('t.networkId', '=', 'i.networkId').onRef('t.teamId', '=', 'i.teamId'))
		.leftJoin('teamAnswer as a', (join) => join.onRef('a.networkId', '=', 'i.networkId').onRef('a.invitationId', '=', 'i.invitationId'))
		.select(['i.invitationId', 'i.teamId', 't.name as teamName', 't.area', 'i.personId', 'i.membershipId', 'i.invitedBy', 'i.at'])
		.select(sql<TeamInvitation['state']>`coalesce(a.answer, 'waiting')`.as('state'))
		.where('i.networkId', '=', actor.networkId);

export const findTeamInvitation = async (tx: Tx, actor: Actor, invitationId: string): Promise<TeamInvitation | null> =>
	(await invitations(tx, actor).where('i.invitationId', '=', invitationId).executeTakeFirst()) ?? null;

/** Invitations of a team that wait for an answer, as far as the actor may see them. */
export const listWaitingInvitations = (tx: Tx, actor: Actor, teamId: string): Promise<TeamInvitation[]> =>
	invitations(tx, actor).where('i.teamId', '=', teamId).where('a.answer', 'is', null).orderBy('i.at').orderBy('i.invitationId').execute();

/** Invitations to a team that wait for the actor, with the membership they act with. */
export const listMyTeamInvitations = (tx: Tx, actor: Actor): Promise<TeamInvitation[]> =>
	invitations(tx, actor)
		.where('i.personId', '=', actor.personId)
		.where('i.membershipId', '=', actor.membershipId)
		.where('a.answer', 'is', null)
		.orderBy('i.at')
		.orderBy('i.invitationId')
		.execute();

/** The last day shown on a team's page: today and the eight weeks that follow. */
export const lastShownDay = (today: string): string => addDays(today, 56);
