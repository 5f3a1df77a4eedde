import { areOtherEyes } from '#rooms/causes/releases/rules.ts';
import { nextPublicCount } from '#rooms/causes/publication/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { casesForHeadline } from '#rooms/returns/figures/rules.ts';
import type { SummedWays } from '#rooms/returns/realised/rules.ts';
import type { Role } from '#foundation/actor.ts';

/** What is told to everyone of a network: what it did, what it paid, and what that prevented per euro, in three ways. */
export const countedFigures = ['cases', 'helped', 'without_money', 'answered', 'kept'] as const;
export const returnFigures = ['net', 'full', 'gross'] as const;
export const publicFigures = [...countedFigures, 'paid', ...returnFigures] as const;
export type PublicFigureKind = (typeof publicFigures)[number];

/** Counts are told in whole fives and money in whole hundreds of euros, rounded down: so none points at one household. */
const step = { count: 5, cents: 10_000 } as const;
const rounded = (amount: number, by: number): number => Math.floor(amount / by) * by;

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
	if ((returnFigures as readonly string[]).includes(what)) return { what, amount, ...figure };
	return { what, amount: rounded(amount, what === 'paid' ? step.cents : step.count), ...figure };
};

/** Whether a figure is told anew: over five or more, and over five more or fewer than when it was told last. */
export const isToldAnew = (counted: number, last: number | null): boolean => nextPublicCount(counted, last) !== null;

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
