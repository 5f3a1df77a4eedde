import type { Day } from '#foundation/time/days.ts';
import { addDays } from '#foundation/time/days.ts';
import type { CauseOverview } from '#rooms/causes/overview/read.server.ts';
import type { ClaimState } from '#rooms/fund/claims/rules.ts';

/** The causes by whose turn it is to change something: one's own organisation, others, and those that are gone. */
export interface ToChange<C> {
	readonly own: readonly C[];
	readonly others: readonly C[];
	readonly gone: number;
}

/**
 * What there is to change (F6). Own first: what one can change oneself. A cause of which nobody may be named yet is nobody's turn.
 * @param causes in the order in which they weigh; it is kept
 */
export function toChange<C extends Pick<CauseOverview, 'responsible' | 'signal'>>(
	causes: readonly C[],
	organisationId: string
): ToChange<C> {
	const isGone = ({ signal }: C): boolean => signal?.state === 'verified';
	const isOwn = ({ responsible }: C): boolean => responsible.kind === 'organisation' && responsible.organisationId === organisationId;
	const standing = causes.filter((cause) => !isGone(cause) && cause.responsible.kind !== 'nobody');
	return {
		own: standing.filter(isOwn),
		others: standing.filter((cause) => !isOwn(cause)),
		gone: causes.filter(isGone).length
	};
}

/** Something that an organisation owes: money to the pot, or an answer or a change to the network. */
export type Debt =
	| { readonly kind: 'contribution'; readonly id: string; readonly year: number; readonly cents: number; readonly day: Day | null }
	| { readonly kind: 'claim' | 'claim_asked'; readonly id: string; readonly cents: number; readonly day: Day }
	| {
			readonly kind: 'cause_answer' | 'cause_promise';
			readonly id: string;
			readonly cause: Pick<CauseOverview, 'kind' | 'title'>;
			readonly day: Day;
	  }
	| {
			readonly kind: 'yearly_offer' | 'yearly_accept' | 'yearly_kept' | 'yearly_look_back';
			readonly id: string;
			readonly title: string;
			readonly day: Day | null;
	  };

/** What is late first, then by its day; what has no day last. */
export const byDay = (debts: readonly Debt[]): Debt[] =>
	debts.toSorted((a, b) => ((a.day ?? '9999') < (b.day ?? '9999') ? -1 : (a.day ?? '9999') > (b.day ?? '9999') ? 1 : 0));

/** The sum that is owed to the pot. What is only asked, and not accepted, is not owed. */
export const owedCents = (debts: readonly Debt[]): number =>
	debts.reduce((sum, debt) => sum + (debt.kind === 'contribution' || debt.kind === 'claim' ? debt.cents : 0), 0);

export const isLate = (debt: Debt, today: Day): boolean => debt.day !== null && addDays(debt.day, 1) <= today;

/** A claim as a debt; null when nothing of it is open any more. */
export const debtOfClaim = (claim: {
	readonly claimId: string;
	readonly state: ClaimState;
	readonly openCents: number;
	readonly amountCents: number;
	readonly dueOn: string;
}): Debt | null => {
	const { claimId: id, state, openCents, amountCents, dueOn: day } = claim;
	if (state === 'proposed') return { kind: 'claim_asked', id, cents: amountCents, day };
	return state === 'accepted' && openCents > 0 ? { kind: 'claim', id, cents: openCents, day } : null;
};
