import type { CaseOutcome, CaseState } from '#rooms/cases/rules.ts';

/** The share of cases that the first Bond solved without money: what a network may hold its own share against (B7). */
export const referenceWithoutMoney = 0.3;

/** From how many helped cases on a share is shown. */
export const casesForShare = 3;

export interface WithoutMoney {
	readonly withoutMoney: number;
	readonly helped: number;
	/** Null while too few cases were helped to speak of a share. */
	readonly share: number | null;
}

/** Of the cases that were closed as helped, how many without money. Reopened ones do not count: they are not over. */
export function countWithoutMoney(
	cases: readonly { readonly state: CaseState; readonly outcome: CaseOutcome | null; readonly cases: number }[]
): WithoutMoney {
	const closed = (outcome: CaseOutcome): number =>
		cases.filter((row) => row.state === 'closed' && row.outcome === outcome).reduce((sum, row) => sum + row.cases, 0);
	const withoutMoney = closed('helped_without_money');
	const helped = withoutMoney + closed('helped');
	return { withoutMoney, helped, share: helped >= casesForShare ? withoutMoney / helped : null };
}
