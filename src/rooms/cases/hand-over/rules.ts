import type { Seat } from '../rules.ts';

export type HandOverAnswer = 'accepted' | 'declined' | 'withdrawn';

/** The holder of a case offered it to someone at the table. */
export interface HandOver {
	readonly handOverId: string;
	readonly caseId: string;
	readonly fromPersonId: string;
	readonly toPersonId: string;
	readonly toMembershipId: string;
	/** Whether the old holder keeps an ordinary seat. */
	readonly stays: boolean;
	readonly at: Date;
	readonly answer: HandOverAnswer | null;
}

/** The offer that waits: made by who holds the case now, to someone who still sits there, and not answered. Null when there is none. */
export const openOffer = (offers: readonly HandOver[], seats: readonly Seat[]): HandOver | null => {
	const holder = seats.find((seat) => seat.holder);
	return (
		offers.findLast(
			(offer) =>
				offer.answer === null &&
				offer.fromPersonId === holder?.personId &&
				offer.at >= holder.validFrom &&
				seats.some((seat) => seat.personId === offer.toPersonId && seat.membershipId === offer.toMembershipId && !seat.holder)
		) ?? null
	);
};
