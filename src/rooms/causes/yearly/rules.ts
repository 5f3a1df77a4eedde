import type { Role } from '#foundation/actor.ts';
import type { Day } from '#foundation/time/days.ts';
import { lastOf } from '#foundation/time/days.ts';

/** So many days before the day by which parties answer, who did not is reminded. */
export const remindDaysBefore = 14;

/** When the year is over, parties have so many days after the one on which they are asked to say what came of it. */
export const lookBackDays = 30;

/** What a party says of an agreement for a year (F7): what it will do, how that goes, and what was learned. */
export const yearlySayings = ['offer', 'looked', 'evaluated'] as const;
export type YearlySaying = (typeof yearlySayings)[number];

/** All that happens to it: what is said, a party that does not take part, and who brought it takes it back. */
export const yearlyStepKinds = [...yearlySayings, 'declined', 'withdrawn'] as const;
export type YearlyStepKind = (typeof yearlyStepKinds)[number];

/** What an agreement can wait for from a party. */
export const yearlyWaits = ['offer', 'accept', 'look_back'] as const;
export type YearlyWait = (typeof yearlyWaits)[number];

/** How what was agreed goes, or went. */
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

/** What one party says came of it, when the year is over. */
export interface YearlyLookBack {
	readonly organisationId: string;
	readonly how: YearlyHow;
	readonly words: string;
	/** Whether it wants to go on after the year. */
	readonly goesOn: boolean;
	readonly membershipId: string;
	readonly at: Date;
}

/** Whether the parties want to go on: a word in a form, never a promise. */
export const yearlyGoesOn = ['yes', 'no'] as const;

export interface YearlyLookingBack {
	/** The last day on which nobody reads what another said, unless all did. */
	readonly last: Day;
	/** All read what every party said. */
	readonly shown: boolean;
	/** What was said, as far as the reader may read it: their own organisation's, and everyone's once it is shown. */
	readonly said: ReadonlyMap<string, YearlyLookBack>;
}

/**
 * How far the parties are with looking back.
 * @param parties those that take part and did not leave the network
 * @param asked null while the year is not over, or nobody was asked yet
 * @param said what the reader may read
 */
export function foldLookBack(
	parties: readonly string[],
	asked: { readonly shownFrom: Date; readonly over: boolean } | null,
	said: readonly YearlyLookBack[]
): YearlyLookingBack | null {
	if (asked === null) return null;
	const by = new Map(said.map((one) => [one.organisationId, one]));
	return { last: lastOf(asked.shownFrom).day, shown: asked.over || parties.every((party) => by.has(party)), said: by };
}

/** Whether bringing the same again would double this one: it stands, for that year, with exactly these parties. One that a party said no to can be brought anew with them. */
export const isSameYearly = (
	item: { readonly year: number; readonly state: YearlyState; readonly parties: readonly { readonly organisationId: string }[] },
	wish: { readonly year: number; readonly parties: readonly string[] }
): boolean =>
	item.year === wish.year &&
	item.state !== 'withdrawn' &&
	item.state !== 'ended' &&
	item.parties.length === wish.parties.length &&
	item.parties.every(({ organisationId }) => wish.parties.includes(organisationId));

/** From what was agreed a next year's can be begun, also before its own year is over. */
export const mayGoOn = (state: YearlyState): boolean => state === 'agreed' || state === 'evaluated';

/** How it is told on a page: of what was agreed, once the year is over, whether its parties look back or did. */
export const tellState = (item: { readonly state: YearlyState; readonly lookBack: YearlyLookingBack | null }) =>
	item.state !== 'agreed' || item.lookBack === null ? item.state : item.lookBack.shown ? 'looked_back' : 'looking_back';
