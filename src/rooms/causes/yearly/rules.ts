import type { Role } from '#foundation/actor.ts';

/** So many days before the day by which parties answer, who did not is reminded. */
export const remindDaysBefore = 14;

/** What a party says of an agreement for a year (F7): what it will do, how that goes, and what was learned. */
export const yearlyStepKinds = ['offer', 'looked', 'evaluated'] as const;
export type YearlyStepKind = (typeof yearlyStepKinds)[number];

/** How what was agreed goes. */
export const yearlyHows = ['kept', 'partly', 'not'] as const;
export type YearlyHow = (typeof yearlyHows)[number];

export interface YearlyStep {
	readonly stepId: string;
	readonly kind: YearlyStepKind;
	readonly how: YearlyHow | null;
	readonly words: string;
	readonly organisationId: string;
	readonly membershipId: string;
	readonly at: Date;
}

export interface YearlyAnswer {
	readonly stepId: string;
	readonly organisationId: string;
}

/** Named, waiting for offers; offered by all, waiting for each to accept; agreed; looked back on together. */
export const yearlyStates = ['challenge', 'offered', 'agreed', 'evaluated'] as const;
export type YearlyState = (typeof yearlyStates)[number];

export interface YearlyStanding {
	readonly state: YearlyState;
	/** The newest offer of each party that made one. */
	readonly offers: ReadonlyMap<string, YearlyStep>;
	/** What waits to be accepted by every party: the newest offer once all offered, after that what was learned. */
	readonly toAccept: YearlyStep | null;
	/** The parties that accepted that. */
	readonly acceptedBy: ReadonlySet<string>;
}

/**
 * Where an agreement for a year stands.
 * @param steps in order of time
 */
export function foldYearly(parties: readonly string[], steps: readonly YearlyStep[], answers: readonly YearlyAnswer[]): YearlyStanding {
	const offers = new Map(steps.filter(({ kind }) => kind === 'offer').map((step) => [step.organisationId, step]));
	const accepted = (step: YearlyStep | undefined): Set<string> =>
		new Set(answers.filter(({ stepId }) => stepId === step?.stepId).map(({ organisationId }) => organisationId));
	const byAll = (step: YearlyStep | undefined): boolean => step !== undefined && parties.every((party) => accepted(step).has(party));
	// A yes is to all offers as they stood: whoever changes theirs asks everyone anew.
	const lastOffer = steps.findLast(({ kind }) => kind === 'offer');
	const learned = steps.findLast(({ kind }) => kind === 'evaluated');
	if (!parties.every((party) => offers.has(party))) return { state: 'challenge', offers, toAccept: null, acceptedBy: new Set() };
	if (!byAll(lastOffer)) return { state: 'offered', offers, toAccept: lastOffer ?? null, acceptedBy: accepted(lastOffer) };
	return { state: byAll(learned) ? 'evaluated' : 'agreed', offers, toAccept: learned ?? null, acceptedBy: accepted(learned) };
}

const says: Record<YearlyStepKind, readonly YearlyState[]> = {
	offer: ['challenge', 'offered'],
	looked: ['agreed', 'evaluated'],
	evaluated: ['agreed']
};
export const maySay = (kind: YearlyStepKind, state: YearlyState): boolean => says[kind].includes(state);

/** Who brings and says something for their own organisation: who works in the network; who checks or oversees looks on. */
const partners = new Set<Role>(['professional', 'facilitator', 'governor', 'administrator', 'secretariat']);
export const mayBring = (roles: readonly Role[]): boolean => roles.some((role) => partners.has(role));
