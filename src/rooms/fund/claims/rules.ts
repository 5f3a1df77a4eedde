/** Where a claim stands. */
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
