import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

/** The proposed end of a membership, for who keeps access. */
export interface MembershipEnd {
	readonly endId: string;
	readonly membershipId: string;
	readonly personId: string;
	readonly displayName: string;
	readonly organisationName: string;
	readonly functionTitle: string;
	readonly proposedBy: string;
	readonly proposerName: string;
	readonly at: Date;
	readonly state: 'waiting' | 'confirmed' | 'withdrawn';
}

const ends = (tx: Tx, actor: Actor) =>
	tx
		.selectFrom('membershipEnd as e')
		.innerJoin('membership as m', (join) => join.onRef('m.networkId', '=', 'e.networkId').onRef('m.membershipId', '=', 'e.membershipId'))
		.innerJoin('person as p', (join) => join.onRef('p.networkId', '=', 'm.networkId').onRef('p.personId', '=', 'm.personId'))
		.innerJoin('person as by', (join) => join.onRef('by.networkId', '=', 'e.networkId').onRef('by.personId', '=', 'e.proposedBy'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.leftJoin('membershipEndAnswer as a', (join) => join.onRef('a.networkId', '=', 'e.networkId').onRef('a.endId', '=', 'e.endId'))
		.select(['e.endId', 'e.membershipId', 'm.personId', 'p.displayName', 'o.name as organisationName', 'm.functionTitle'])
		.select(['e.proposedBy', 'by.displayName as proposerName', 'e.at'])
		.select(sql<MembershipEnd['state']>`coalesce(a.answer, 'waiting')`.as('state'))
		.where('e.networkId', '=', actor.networkId);

export const findMembershipEnd = async (tx: Tx, actor: Actor, endId: string): Promise<MembershipEnd | null> =>
	(await ends(tx, actor).where('e.endId', '=', endId).executeTakeFirst()) ?? null;

/** Ends that wait for a second person, oldest first; none for who keeps no access. */
export const listWaitingEnds = (tx: Tx, actor: Actor): Promise<MembershipEnd[]> =>
	ends(tx, actor).where('a.answer', 'is', null).orderBy('e.at').orderBy('e.endId').execute();
