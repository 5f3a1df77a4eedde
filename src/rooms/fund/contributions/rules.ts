/** What was done with a pledge after it was made. */
export const contributionSteps = ['invoiced', 'received'] as const;
export type ContributionStepKind = (typeof contributionSteps)[number];

export interface ContributionStep {
	readonly kind: ContributionStepKind;
	readonly amountCents: number;
}

/** Where a pledge stands: nothing done, invoiced (whole or in part), partly in, all of it in. */
export type ContributionState = 'pledged' | 'invoiced' | 'partly' | 'received';

export interface ContributionStanding {
	readonly state: ContributionState;
	readonly invoicedCents: number;
	readonly receivedCents: number;
	/** Of the pledge, what has not come in. */
	readonly openCents: number;
}

/** Folds the steps of one pledge, in any order. */
export function foldContribution(pledgedCents: number, steps: readonly ContributionStep[]): ContributionStanding {
	const sum = (kind: ContributionStepKind): number =>
		steps.reduce((total, step) => (step.kind === kind ? total + step.amountCents : total), 0);
	const invoicedCents = sum('invoiced');
	const receivedCents = sum('received');
	const openCents = pledgedCents - receivedCents;
	const state = openCents <= 0 ? 'received' : receivedCents > 0 ? 'partly' : invoicedCents > 0 ? 'invoiced' : 'pledged';
	return { state, invoicedCents, receivedCents, openCents };
}
