import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { DutyDays } from '#rooms/people/teams/rules.ts';

/** Duty that someone of a team is asked for: seen by who asks and by who is asked. */
export interface DutyAsk extends DutyDays {
	readonly askId: string;
	readonly teamId: string;
	readonly teamName: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly askedBy: string;
	readonly state: 'waiting' | 'accepted' | 'declined';
}

const asks = (tx: Tx, actor: Actor) =>
	tx
		.selectFrom('dutyAsk as d')
		.innerJoin('team as t', (join) => join.onRef('t.networkId', '=', 'd.networkId').onRef('t.teamId', '=', 'd.teamId'))
		.leftJoin('dutyAnswer as a', (join) => join.onRef('a.networkId', '=', 'd.networkId').onRef('a.askId', '=', 'd.askId'))
		.select(['d.askId', 'd.teamId', 't.name as teamName', 'd.personId', 'd.membershipId', 'd.askedBy', 'd.fromDay', 'd.untilDay'])
		.select(sql<DutyAsk['state']>`coalesce(a.answer, 'waiting')`.as('state'))
		.where('d.networkId', '=', actor.networkId);

export const findDutyAsk = async (tx: Tx, actor: Actor, askId: string): Promise<DutyAsk | null> =>
	(await asks(tx, actor).where('d.askId', '=', askId).executeTakeFirst()) ?? null;

/** What the actor is asked for and has not answered, from a day on, with the membership they act with; of all teams or of one. */
export async function listMyDutyAsks(tx: Tx, actor: Actor, from: string, teamId?: string): Promise<DutyAsk[]> {
	let query = asks(tx, actor)
		.where('d.personId', '=', actor.personId)
		.where('d.membershipId', '=', actor.membershipId)
		.where('d.untilDay', '>=', from)
		.where('a.answer', 'is', null);
	if (teamId !== undefined) query = query.where('d.teamId', '=', teamId);
	return query.orderBy('d.fromDay').orderBy('d.askId').execute();
}
