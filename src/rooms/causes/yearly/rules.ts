import type { Role } from '#foundation/actor.ts';

/** So many days before the day by which parties answer, who did not is reminded. */
export const remindDaysBefore = 14;

/** What a party says of an agreement for a year (F7): what it will do, how that goes, and what was learned. */
export const yearlySayings = ['offer', 'looked', 'evaluated'] as const;
export type YearlySaying = (typeof yearlySayings)[number];

/** All that happens to it: what is said, a party that does not take part, and who brought it takes it back. */
export const yearlyStepKinds = [...yearlySayings, 'declined', 'withdrawn'] as const;
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

/** Named, waiting for offers; offered by all, waiting for each to accept; agreed; looked back on together; taken back; fewer than two are left. */
export const yearlyStates = ['challenge', 'offered', 'agreed', 'evaluated', 'withdrawn', 'ended'] as const;
export type YearlyState = (typeof yearlyStates)[number];

export interface YearlyStanding {
	readonly state: YearlyState;
	/** The parties that said that they do not take part. */
	readonly declined: ReadonlySet<string>;
	/** The newest offer of each party that made one. */
	readonly offers: ReadonlyMap<string, YearlyStep>;
	/** What waits to be accepted by every party: the newest offer once all offered, or the no of a party since; after that what was learned. */
	readonly toAccept: YearlyStep | null;
	/** The parties that accepted that. */
	readonly acceptedBy: ReadonlySet<string>;
}

/**
 * Where an agreement for a year stands.
 * @param named the organisations that were asked
 * @param steps in order of time
 */
export function foldYearly(named: readonly string[], steps: readonly YearlyStep[], answers: readonly YearlyAnswer[]): YearlyStanding {
	const declined = new Set(steps.filter(({ kind }) => kind === 'declined').map(({ organisationId }) => organisationId));
	const parties = named.filter((party) => !declined.has(party));
	const offered = steps.filter(({ kind, organisationId }) => kind === 'offer' && !declined.has(organisationId));
	const offers = new Map(offered.map((step) => [step.organisationId, step]));
	const accepted = (step: YearlyStep | undefined): Set<string> =>
		new Set(answers.filter(({ stepId }) => stepId === step?.stepId).map(({ organisationId }) => organisationId));
	const byAll = (step: YearlyStep | undefined): boolean => step !== undefined && parties.every((party) => accepted(step).has(party));
	// A yes is to all offers as they stood: whoever changes theirs, or does not take part any more, asks everyone anew.
	const last = steps.findLast(({ kind }) => kind === 'offer' || kind === 'declined');
	const learned = steps.findLast(({ kind }) => kind === 'evaluated');
	const standing = { declined, offers, toAccept: null, acceptedBy: new Set<string>() };
	if (steps.some(({ kind }) => kind === 'withdrawn')) return { ...standing, state: 'withdrawn' };
	if (parties.length < 2) return { ...standing, state: 'ended' };
	if (!parties.every((party) => offers.has(party))) return { ...standing, state: 'challenge' };
	if (!byAll(last)) return { ...standing, state: 'offered', toAccept: last ?? null, acceptedBy: accepted(last) };
	return { ...standing, state: byAll(learned) ? 'evaluated' : 'agreed', toAccept: learned ?? null, acceptedBy: accepted(learned) };
}

/** While it is not agreed a party may say no, and who brought it may take it back. */
export const isOpen = (state: YearlyState): boolean => state === 'challenge' || state === 'offered';

const says: Record<YearlySaying, readonly YearlyState[]> = {
	offer: ['challenge', 'offered'],
	looked: ['agreed', 'evaluated'],
	evaluated: ['agreed']
};
export const maySay = (kind: YearlySaying, state: YearlyState): boolean => says[kind].includes(state);

/** Who brings and says something for their own organisation: who works in the network; who checks or oversees looks on. */
const partners = new Set<Role>(['professional', 'facilitator', 'governor', 'administrator', 'secretariat']);
export const mayBring = (roles: readonly Role[]): boolean => roles.some((role) => partners.has(role));
