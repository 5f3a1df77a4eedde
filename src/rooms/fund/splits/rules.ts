import { splitCents } from '#foundation/money/cents.ts';

/** Ways to share what the pot paid (D7): in equal parts, by what each put in, or with agreed weights. */
export const splitKinds = ['equal', 'by_deposit', 'agreed'] as const;
export type SplitKind = (typeof splitKinds)[number];

/** An organisation that a way to share names. */
export interface SplitParty {
	readonly organisationId: string;
	/** How heavy it weighs: 1 in equal parts, cents that came in by deposit, else as agreed. */
	readonly weight: number;
	/** It accepted the way to share, and that binds it for what is shared. */
	readonly bound: boolean;
}

export interface Share {
	readonly organisationId: string;
	/** Its part of the whole, in cents. */
	readonly partCents: number;
	/** What it owes: its part when it accepted, else nothing. */
	readonly owesCents: number;
}

/**
 * The part of every party, exact to the cent: the parts sum to the whole, the first a cent larger where it does not come out even. Only who accepted
 * owes its part. What another did not accept stays with the pot: it is never spread over the others, whose part is as they accepted it.
 */
export function sharesOf(amountCents: number, parties: readonly SplitParty[]): Share[] {
	const weights = parties.map((party) => party.weight);
	if (weights.every((weight) => weight === 0)) return [];
	return splitCents(amountCents, weights).map((partCents, index) => {
		const party = parties[index];
		if (!party) throw new RangeError('a part of nobody');
		return { organisationId: party.organisationId, partCents, owesCents: party.bound ? partCents : 0 };
	});
}

/** What stays with the pot: the parts of who did not accept. */
export const staysCents = (shares: readonly Share[]): number => shares.reduce((sum, share) => sum + share.partCents - share.owesCents, 0);
