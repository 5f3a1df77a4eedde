import type { Day } from '#foundation/time/days.ts';

/** Days on which someone of a team is on duty, both included. */
export interface DutyDays {
	readonly fromDay: Day;
	readonly untilDay: Day;
}

/** Longest run of days that is taken at once. */
export const mostDutyDays = 62;

/** Whether two runs of days share a day. */
export const overlaps = (one: DutyDays, other: DutyDays): boolean => one.fromDay <= other.untilDay && other.fromDay <= one.untilDay;

/** The first of the duties that shares a day with what is wanted, or null. */
export const findOverlap = <T extends DutyDays>(duties: readonly T[], wanted: DutyDays): T | null =>
	duties.find((duty) => overlaps(duty, wanted)) ?? null;

/**
 * What is left of a duty that is given up on a day: the days that went by, or null when none did. Today is given up too: who gives up wants
 * another to be called.
 */
export const givenUp = <T extends DutyDays>(duty: T, today: Day, dayBefore: Day): T | null =>
	duty.fromDay >= today ? null : { ...duty, untilDay: duty.untilDay < today ? duty.untilDay : dayBefore };

/** Whether there is anything left to give up: a duty that has gone by stays as it was. */
export const mayGiveUp = (duty: DutyDays, today: Day): boolean => duty.untilDay >= today;
