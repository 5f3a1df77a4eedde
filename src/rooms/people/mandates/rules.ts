import { addDays, addMonths, dayAt, startOfDay } from '#foundation/time/days.ts';

export const mandateKinds = ['money', 'formal_decision'] as const;
export type MandateKind = (typeof mandateKinds)[number];

export type MandateHand = 'proposed' | 'accepted' | 'confirmed' | 'declined';

/** A version of what someone may do for their organisation. */
export interface Mandate {
	readonly mandateId: string;
	readonly membershipId: string;
	readonly personId: string;
	readonly organisationId: string;
	readonly kind: MandateKind;
	/** For money: at most so much in one case, and in the period over all cases together. */
	readonly caseCents: number | null;
	readonly periodCents: number | null;
	readonly periodMonths: number;
	/** Both days included. */
	readonly validFrom: string;
	readonly validUntil: string;
	readonly givenBy: string;
	/** Whether it needs a second administrator or a governor, because there was one when it was proposed. */
	readonly needsSecond: boolean;
	readonly at: Date;
	readonly hands: readonly { readonly hand: MandateHand; readonly personId: string; readonly at: Date }[];
	readonly endedAt: Date | null;
}

/**
 * Where a mandate stands: proposed (hands are missing), declined, waiting for its first day, valid, replaced by a newer version that is
 * complete, ended, or over (its last day has gone by).
 */
export type MandateState = 'proposed' | 'declined' | 'coming' | 'valid' | 'replaced' | 'ended' | 'over';

const handOf = (mandate: Mandate, hand: MandateHand) => mandate.hands.find((entry) => entry.hand === hand);

/** The moment from which all hands are there; null when one is missing. */
export function completeAt(mandate: Mandate): Date | null {
	const accepted = handOf(mandate, 'accepted');
	const confirmed = handOf(mandate, 'confirmed');
	if (!accepted || (mandate.needsSecond && !confirmed)) return null;
	return confirmed && confirmed.at > accepted.at ? confirmed.at : accepted.at;
}

/** @param all every version of every mandate one may see: a later complete version of the same membership and kind that has begun replaces it */
export function stateOfMandate(mandate: Mandate, all: readonly Mandate[], today: string): MandateState {
	if (mandate.endedAt) return 'ended';
	if (handOf(mandate, 'declined')) return 'declined';
	const complete = completeAt(mandate);
	if (mandate.validUntil < today) return 'over';
	if (!complete) return 'proposed';
	const replaced = all.some((other) => {
		if (other.mandateId === mandate.mandateId || other.membershipId !== mandate.membershipId || other.kind !== mandate.kind) return false;
		const later = completeAt(other);
		if (!later || other.validFrom > today) return false;
		return later > complete || (later.getTime() === complete.getTime() && other.mandateId > mandate.mandateId);
	});
	if (replaced) return 'replaced';
	return mandate.validFrom > today ? 'coming' : 'valid';
}

/** The mandates that work on a day: of each membership and kind at most one. */
export const validMandates = (all: readonly Mandate[], today: string): Mandate[] =>
	all.filter((mandate) => stateOfMandate(mandate, all, today) === 'valid');

/** How much of a mandate for money is used already: in the period, and in the case at hand. */
export interface Used {
	readonly periodCents: number;
	readonly caseCents: number;
}

/** Whether an amount still fits: at the limit it does, a cent above it does not. */
export const covers = (mandate: Pick<Mandate, 'caseCents' | 'periodCents'>, used: Used, cents: number): boolean =>
	mandate.caseCents !== null &&
	mandate.periodCents !== null &&
	used.caseCents + cents <= mandate.caseCents &&
	used.periodCents + cents <= mandate.periodCents;

/** The moment from which use counts for a period of so many rolling months that ends now. */
export const periodBegins = (now: Date, months: number): Date => startOfDay(addDays(addMonths(dayAt(now), -months), 1));
