import { areOtherEyes } from '#rooms/causes/releases/rules.ts';
import { nextPublicCount } from '#rooms/causes/publication/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { casesForHeadline } from '#rooms/returns/figures/rules.ts';
import type { SummedWays } from '#rooms/returns/realised/rules.ts';
import type { Role } from '#foundation/actor.ts';
import type { Day } from '#foundation/time/days.ts';

/** What is told to everyone of a network: what it did, what it paid, and what that prevented per euro, in three ways. */
export const countedFigures = ['cases', 'helped', 'without_money', 'answered', 'kept'] as const;
export const returnFigures = ['net', 'full', 'gross'] as const;
export const publicFigures = [...countedFigures, 'paid', ...returnFigures] as const;

/** What is frozen besides for the yearly report alone. */
export const reportFigures = ['referred', 'withdrawn', 'lost_from_sight'] as const;
export const moneyFigures = ['received', 'paid', 'recovered'] as const;
export type PublicFigureKind = (typeof publicFigures)[number] | (typeof reportFigures)[number] | (typeof moneyFigures)[number];

/** Counts are told in whole fives and money in whole hundreds of euros, rounded down: so none points at one household. */
const step = { count: 5, cents: 10_000 } as const;
const rounded = (amount: number, by: number): number => Math.floor(amount / by) * by;

const isMoney = (what: PublicFigureKind): boolean => (moneyFigures as readonly string[]).includes(what);

/** A figure as it was counted. */
export interface Counted {
	readonly what: PublicFigureKind;
	/** Over so many. */
	readonly counted: number;
	/** A count, cents, or hundredths of a euro per euro. */
	readonly amount: number;
	/** The ends of its range, of what is per euro. */
	readonly low: number | null;
	readonly high: number | null;
}

/** A figure as it may be told: rounded, so that who reads it cannot count back. */
export const asTold = ({ what, amount, ...figure }: Counted): Counted => {
	// Down to tenths of a euro, so that page, file and API say the same and none says more than was found; the range never narrower than it is.
	if ((returnFigures as readonly string[]).includes(what)) {
		const { counted, low, high } = figure;
		return {
			what,
			counted,
			amount: Math.floor(amount / 10) * 10,
			low: low && Math.floor(low / 10) * 10,
			high: high && Math.ceil(high / 10) * 10
		};
	}
	return { what, amount: rounded(amount, isMoney(what) ? step.cents : step.count), ...figure };
};

/** Whether a figure is told anew: over five or more, and over five more or fewer than when it was told last. */
export const isToldAnew = (counted: number, last: number | null): boolean => nextPublicCount(counted, last) !== null;

/** The figures that are frozen now, as they are told. What organisations put in is told whenever it differs: it tells of no household. */
export function frozenAnew(
	counted: readonly Counted[],
	before: ReadonlyMap<PublicFigureKind, { readonly quarter: Day; readonly counted: number; readonly amount: number }>,
	quarter: Day
): Counted[] {
	return counted.flatMap((figure) => {
		const last = before.get(figure.what);
		if (last?.quarter === quarter) return [];
		const told = asTold(figure);
		const differs =
			figure.what === 'received'
				? figure.counted > 0 && told.amount !== (last?.amount ?? 0)
				: isToldAnew(figure.counted, last?.counted ?? null);
		return differs ? [told] : [];
	});
}

/**
 * What was realised per euro, the three ways together (E2); from ten cases on that were followed up (E5), else nothing.
 * @param cases over so many it was counted
 */
export function returnsCounted(cases: number, followed: number, ways: SummedWays): Counted[] {
	const three = [
		['net', ways.adjusted],
		['full', ways.full],
		['gross', ways.fundOnly]
	] as const;
	const hundredths = (value: number): number => Math.round(value * 100);
	if (followed < casesForHeadline) return [];
	const told = three.flatMap(([what, { perEuro, low, high }]) =>
		perEuro === null || low === null || high === null
			? []
			: [{ what, counted: cases, amount: hundredths(perEuro), low: hundredths(low), high: hundredths(high) }]
	);
	return told.length === three.length ? told : [];
}

export const pageAnswers = ['confirmed', 'declined'] as const;
export type PageAnswer = (typeof pageAnswers)[number];

/** Someone proposed a page for everyone, or closed it. */
export interface PageStep {
	readonly pageId: string;
	readonly wanted: boolean;
	readonly at: Date;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly answer: PageAnswer | null;
	readonly answeredAt: Date | null;
	readonly answeredByMembership: string | null;
}

export type PageState = 'closed' | 'proposed' | 'open';

/** Where the page stands, by its newest step. */
export function pageState(newest: Pick<PageStep, 'wanted' | 'answer'> | undefined): PageState {
	if (!newest?.wanted || newest.answer === 'declined') return 'closed';
	return newest.answer === 'confirmed' ? 'open' : 'proposed';
}

interface Acting {
	readonly personId: string;
	readonly organisationId: string;
	readonly roles: readonly Role[];
}

/** Who decides on it: who governs or administers an organisation. To open it takes two, of two organisations; to close it takes one. */
export const decidesOnPage = (roles: readonly Role[]): boolean => binds(roles);
export const mayConfirmPage = (proposed: Pick<PageStep, 'personId' | 'organisationId'>, actor: Acting): boolean =>
	decidesOnPage(actor.roles) && areOtherEyes(proposed, actor);
