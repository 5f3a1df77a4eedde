import { addDays, addMonths } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

/** Months after the first help at which a case may be looked at again. */
export const followUpMonths = [3, 6, 12] as const;
export type FollowUpMonth = (typeof followUpMonths)[number];
/** One check at six months, or three checks. */
export type FollowUpKind = '6' | '3_6_12';

export const followUpOutcomes = ['reached', 'partly', 'not', 'contact_lost'] as const;
export type FollowUpOutcome = (typeof followUpOutcomes)[number];

/** Whether what loomed has happened. */
export const happenedAnswers = ['no', 'yes', 'unknown'] as const;
export type Happened = (typeof happenedAnswers)[number];

/** So many days before it is due it may be answered already. */
export const earlyDays = 14;

export type FollowUpState = 'planned' | 'due' | 'answered' | 'dropped';

export interface PlannedFollowUp {
	readonly kind: FollowUpKind;
	readonly month: FollowUpMonth;
	readonly dueOn: Day;
}

/**
 * The checks that a helped case still needs: one at six months in the light lane or without money, at 3, 6 and 12 months above it. What was
 * planned stays; when money above the light lane comes later, what is missing is added, never in the past.
 * @param helpedOn the day of the first help
 */
export function planFollowUps(helpedOn: Day, fullLane: boolean, planned: readonly number[], today: Day): PlannedFollowUp[] {
	const kind: FollowUpKind = fullLane ? '3_6_12' : '6';
	const months = fullLane ? followUpMonths : ([6] as const);
	return months
		.filter((month) => !planned.includes(month))
		.map((month) => {
			const due = addMonths(helpedOn, month);
			return { kind, month, dueOn: due < today ? today : due };
		});
}

/** Where a check stands on a day. */
export function followUpState(
	followUp: { readonly dueOn: Day; readonly outcome: FollowUpOutcome | null; readonly droppedAt: Date | null },
	today: Day
): FollowUpState {
	if (followUp.outcome !== null) return 'answered';
	if (followUp.droppedAt !== null) return 'dropped';
	return followUp.dueOn <= today ? 'due' : 'planned';
}

/** Whether it may be answered on this day: when it is due, or so nearly that it says the same. */
export const mayAnswerOn = (dueOn: Day, today: Day): boolean => addDays(dueOn, -earlyDays) <= today;

/** Whether it waits for an answer, now or later. */
export const isOpen = (state: FollowUpState): boolean => state === 'planned' || state === 'due';
