import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { listWaitingEnds } from '../memberships/read.server.ts';
import { keepsAccess } from '../memberships/rules.ts';

/** A colleague who may join, for who keeps access. */
export interface MembershipProposal {
	readonly proposalId: string;
	readonly name: string;
	/** Null once it was answered: only the account knows it then. */
	readonly email: string | null;
	readonly functionTitle: string;
	readonly roles: readonly string[];
	readonly organisationId: string;
	readonly organisationName: string;
	readonly proposedBy: string;
	readonly proposerName: string;
	/** Whether the proposer is a facilitator now. */
	readonly byFacilitator: boolean;
	readonly at: Date;
	readonly state: 'waiting' | 'confirmed' | 'withdrawn';
}

const proposals = (tx: Tx, actor: Actor, now: Date) =>
	tx
		.selectFrom('membershipProposal as m')
		.innerJoin('person as by', (join) => join.onRef('by.networkId', '=', 'm.networkId').onRef('by.personId', '=', 'm.proposedBy'))
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.leftJoin('membershipProposalAddress as d', (join) =>
			join.onRef('d.networkId', '=', 'm.networkId').onRef('d.proposalId', '=', 'm.proposalId')
		)
		.leftJoin('membershipProposalAnswer as a', (join) =>
			join.onRef('a.networkId', '=', 'm.networkId').onRef('a.proposalId', '=', 'm.proposalId')
		)
		.select(['m.proposalId', 'm.name', 'd.email', 'm.functionTitle', 'm.roles', 'm.organisationId', 'o.name as organisationName'])
		.select(['m.proposedBy', 'by.displayName as proposerName', 'm.at'])
		.select(sql<MembershipProposal['state']>`coalesce(a.answer, 'waiting')`.as('state'))
		.select(
			sql<boolean>`exists (select from membership f where f.network_id = m.network_id and f.person_id = m.proposed_by and 'facilitator' = any(f.roles)
				and f.valid_from <= ${now} and (f.valid_until is null or f.valid_until > ${now}))`.as('byFacilitator')
		)
		.where('m.networkId', '=', actor.networkId);

export const findProposal = async (tx: Tx, actor: Actor, now: Date, proposalId: string): Promise<MembershipProposal | null> =>
	(await proposals(tx, actor, now).where('m.proposalId', '=', proposalId).executeTakeFirst()) ?? null;

/** Proposals that wait for a second person, oldest first; none for who keeps no access. */
export const listWaitingProposals = (tx: Tx, actor: Actor, now: Date): Promise<MembershipProposal[]> =>
	proposals(tx, actor, now)
		.where('a.answer', 'is', null)
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]))
		.orderBy('m.at')
		.orderBy('m.proposalId')
		.execute();

/** How many proposals, to join or to leave, wait for this second person; none for who keeps no access. */
export async function countAccessWaits(tx: Tx, actor: Actor, now: Date): Promise<number> {
	if (!keepsAccess(actor.roles)) return 0;
	const waits = [...(await listWaitingProposals(tx, actor, now)), ...(await listWaitingEnds(tx, actor))];
	return waits.filter((one) => one.proposedBy !== actor.personId && !('personId' in one && one.personId === actor.personId)).length;
}

/** The address of who acts. */
export async function ownAddress(tx: Tx): Promise<string | null> {
	const { rows } = await sql<{ email: string | null }>`select app.own_address() as email`.execute(tx);
	return rows[0]?.email ?? null;
}

/** Who else keeps access to an organisation: its administrators and the facilitators. */
export const listKeepers = async (tx: Tx, actor: Actor, now: Date, organisationId: string): Promise<string[]> => {
	const rows = await tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', actor.networkId)
		.where('personId', '<>', actor.personId)
		.where((e) =>
			e.or([
				sql<boolean>`'facilitator' = any(roles)`,
				e.and([e('organisationId', '=', organisationId), sql<boolean>`'administrator' = any(roles)`])
			])
		)
		.where('validFrom', '<=', now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', now)]))
		.execute();
	return rows.map(({ personId }) => personId);
};
