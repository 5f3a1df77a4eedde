/** What may be open in the pot, in the order in which it is told. */
export const owedKinds = [
	'release',
	'transfer',
	'transfer_second',
	'reversal',
	'funding',
	'year',
	'claim_due',
	'claim_asked',
	'contribution_due',
	'contribution_open',
	'lapses',
	'no_receipt'
] as const;
export type OwedKind = (typeof owedKinds)[number];

/** One thing that somebody still has to do, with where it is done. */
export interface Owed {
	readonly kind: OwedKind;
	readonly id: string;
	/** The organisation or team whose turn it is; null: who keeps the pot. */
	readonly who: string | null;
	readonly cents: number | null;
	/** By when, or since when, as a day or a moment; null: no day was set. */
	readonly day: string | Date | null;
	readonly late: boolean;
	/** Below the network's address. */
	readonly path: string;
}

/** By kind, and within a kind the oldest day first; what has no day comes last. */
export function inOrder(owed: readonly Owed[]): Owed[] {
	const time = (one: Owed): number => (one.day === null ? Number.POSITIVE_INFINITY : new Date(one.day).getTime());
	return owed.toSorted(
		(a, b) =>
			Number(b.late) - Number(a.late) ||
			owedKinds.indexOf(a.kind) - owedKinds.indexOf(b.kind) ||
			(time(a) === time(b) ? 0 : time(a) < time(b) ? -1 : 1) ||
			(a.id < b.id ? -1 : 1)
	);
}
