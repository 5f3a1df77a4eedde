import { addDays } from '#foundation/time/days.ts';
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

/** A run of days in the rota: with who is on duty, or with nobody. */
export interface RotaRun<T> extends DutyDays {
	readonly duty: T | null;
}

/** The rota from a day up to and including another, without a hole: every day is in one run. `duties` are in order of days and share none. */
export function rotaOf<T extends DutyDays>(duties: readonly T[], from: Day, until: Day): RotaRun<T>[] {
	const runs: RotaRun<T>[] = [];
	let day = from;
	for (const duty of duties) {
		if (duty.untilDay < day || duty.fromDay > until) continue;
		if (duty.fromDay > day) runs.push({ fromDay: day, untilDay: addDays(duty.fromDay, -1), duty: null });
		runs.push({ fromDay: duty.fromDay > day ? duty.fromDay : day, untilDay: duty.untilDay < until ? duty.untilDay : until, duty });
		day = addDays(duty.untilDay, 1);
	}
	if (day <= until) runs.push({ fromDay: day, untilDay: until, duty: null });
	return runs;
}

/** The first days that nobody has, at most a week of them; null when the whole rota is taken. */
export function firstFreeDays<T>(runs: readonly RotaRun<T>[]): DutyDays | null {
	const free = runs.find((run) => run.duty === null);
	if (!free) return null;
	const week = addDays(free.fromDay, 6);
	return { fromDay: free.fromDay, untilDay: free.untilDay < week ? free.untilDay : week };
}

/** Who makes teams and proposes people for them. */
export const mayProposeForTeams = (roles: readonly string[]): boolean => roles.includes('administrator') || roles.includes('facilitator');
