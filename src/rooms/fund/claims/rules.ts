import { splitCents } from '#foundation/money/cents.ts';

/** Ways to share what the pot paid (D7): in equal parts, by what each put in, or with agreed weights. */
export const splitKinds = ['equal', 'by_deposit', 'agreed'] as const;
export type SplitKind = (typeof splitKinds)[number];

export interface SplitParty {
	readonly organisationId: string;
	/** For `agreed`. */
	readonly weight: number;
	/** For `by_deposit`: cents that came in from this organisation. */
	readonly depositCents: number;
}

/** Splits an amount over the organisations that accepted, exact to the cent; the first parts are a cent larger where it does not come out even. */
export function splitOver(
	kind: SplitKind,
	amountCents: number,
	parties: readonly SplitParty[]
): { readonly organisationId: string; readonly amountCents: number }[] {
	const weights = parties.map((party) => (kind === 'equal' ? 1 : kind === 'agreed' ? party.weight : party.depositCents));
	if (weights.every((weight) => weight === 0)) return [];
	return splitCents(amountCents, weights).flatMap((cents, index) => {
		const party = parties[index];
		return party && cents > 0 ? [{ organisationId: party.organisationId, amountCents: cents }] : [];
	});
}

export type ClaimState = 'proposed' | 'accepted' | 'declined' | 'paid' | 'written_off';
export interface ClaimEvent {
	readonly kind: 'accepted' | 'declined' | 'paid' | 'written_off';
	readonly amountCents: number | null;
}

/** Folds what happened with a claim. Nothing is owed before it is accepted. */
export function foldClaim(amountCents: number, events: readonly ClaimEvent[]): { readonly state: ClaimState; readonly openCents: number } {
	if (events.some((event) => event.kind === 'declined')) return { state: 'declined', openCents: 0 };
	if (!events.some((event) => event.kind === 'accepted')) return { state: 'proposed', openCents: 0 };
	const openCents = amountCents - events.reduce((sum, event) => sum + (event.amountCents ?? 0), 0);
	if (openCents > 0) return { state: 'accepted', openCents };
	return { state: events.some((event) => event.kind === 'written_off') ? 'written_off' : 'paid', openCents: 0 };
}
