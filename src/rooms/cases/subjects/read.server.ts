import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { invitationState } from '../rules.ts';
import type { InvitationState, Seat } from '../rules.ts';
import type { SubjectKind } from './rules.ts';

export type SeatAnswer = 'accepted' | 'declined' | 'withdrawn';

export interface Invitation {
	readonly invitationId: string;
	readonly caseId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly invitedBy: string;
	readonly at: Date;
	readonly state: InvitationState;
}

/** An invitation as the table sees it, with when it was answered. */
export type SentInvitation = Invitation & { readonly answeredAt: Date | null };

/** What an id is of, to who sits there, and to who was asked and has not answered; null to everyone else. */
export async function findSubjectKind(tx: Tx, actor: Actor, caseId: string): Promise<SubjectKind | null> {
	const row = await tx
		.selectFrom('subject')
		.select('kind')
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.executeTakeFirst();
	return (row?.kind ?? null) as SubjectKind | null;
}

/** Everyone who sits or sat at a table, in order of coming. */
export const listSeats = (tx: Tx, actor: Pick<Actor, 'networkId'>, caseId: string): Promise<Seat[]> =>
	tx
		.selectFrom('caseSeat')
		.select(['personId', 'membershipId', 'organisationId', 'holder', 'validFrom', 'validUntil'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('validFrom')
		.orderBy('seatId')
		.execute();

/** All invitations to a table, the first one first. */
export async function listInvitations(tx: Tx, actor: Pick<Actor, 'networkId'>, caseId: string): Promise<SentInvitation[]> {
	const rows = await tx
		.selectFrom('seatInvitation as i')
		.leftJoin('seatAnswer as a', (join) => join.onRef('a.networkId', '=', 'i.networkId').onRef('a.invitationId', '=', 'i.invitationId'))
		.select(['i.invitationId', 'i.caseId', 'i.personId', 'i.membershipId', 'i.invitedBy', 'i.at', 'a.answer', 'a.at as answeredAt'])
		.where('i.networkId', '=', actor.networkId)
		.where('i.caseId', '=', caseId)
		.orderBy('i.at')
		.execute();
	return rows.map(({ answer, ...invitation }) => ({ ...invitation, state: invitationState(answer as SeatAnswer | null) }));
}
