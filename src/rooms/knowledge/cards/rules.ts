import type { Actor } from '#foundation/actor.ts';
import { addMonths, dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

export type CardVerdict = 'still_right' | 'retired';

/** A card is current for a year after someone last looked at it, then stale; retired for good. */
export type CardState = 'current' | 'stale' | 'retired';

export interface CardStanding {
	readonly state: CardState;
	/** The day it was made or last found right. */
	readonly checkedOn: Day;
	/** The day from which it is stale. */
	readonly reviewOn: Day;
}

/** Months after which a card is to be looked at again. */
const monthsCurrent = 12;

/**
 * Where a card stands.
 * @param reviews in order of time
 */
export function standingOf(
	madeAt: Date,
	reviews: readonly { readonly verdict: CardVerdict; readonly at: Date }[],
	now: Date
): CardStanding {
	const checkedOn = dayAt(reviews.findLast((review) => review.verdict === 'still_right')?.at ?? madeAt);
	const reviewOn = addMonths(checkedOn, monthsCurrent);
	const retired = reviews.some((review) => review.verdict === 'retired');
	return { state: retired ? 'retired' : dayAt(now) >= reviewOn ? 'stale' : 'current', checkedOn, reviewOn };
}

/** Who works with cases, or goes round the network, can say that a card is still right. */
export const looksAfterCards = (actor: Pick<Actor, 'roles'>): boolean =>
	actor.roles.includes('professional') || actor.roles.includes('facilitator');

/** Who made a card, whose name stands on it, and the facilitator can put it away. */
export const mayRetire = (
	card: { readonly madeBy: string; readonly named: readonly string[] },
	actor: Pick<Actor, 'personId' | 'membershipId' | 'roles'>
): boolean => card.madeBy === actor.personId || card.named.includes(actor.membershipId) || actor.roles.includes('facilitator');
