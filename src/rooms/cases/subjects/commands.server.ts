import type { Deed } from '#foundation/command/command.server.ts';
import type { SubjectKind } from './rules.ts';

/** Opens what people sit around: its key, its row, and the first seat, which is of who opens it. What it is, the room that calls it writes itself. */
export async function openSubject(deed: Deed, caseId: string, kind: SubjectKind): Promise<void> {
	const { networkId, personId, membershipId } = deed.actor;
	await deed.createKey(caseId);
	deed.send(deed.tx.insertInto('subject').values({ networkId, caseId, kind, personId, membershipId, at: deed.now }).compile());
	await takeSeat(deed, caseId, true, personId);
}

/** The actor takes a seat: as who opened it, or because `givenBy` asked them. */
export async function takeSeat(deed: Deed, caseId: string, holder: boolean, givenBy: string): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	await deed.tx
		.insertInto('caseSeat')
		.values({ networkId, caseId, seatId: deed.id(), personId, membershipId, organisationId, holder, givenBy, validFrom: deed.now })
		.execute();
}
