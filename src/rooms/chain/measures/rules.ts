import { addDays } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

export const kpiCodes = ['time', 'cost', 'tenant_rating', 'quality', 'safety', 'own'] as const;
export type KpiCode = (typeof kpiCodes)[number];

/** Which way is better; `not_worse`: it need not rise, and may not fall. */
export const kpiDirections = ['higher', 'lower', 'not_worse'] as const;
export type KpiDirection = (typeof kpiDirections)[number];

/** Where a measure is to be: by a day, on a number of homes, or as a step without either. */
export interface KpiStep {
	readonly aim: number;
	readonly dueOn: Day | null;
	readonly homes: number | null;
}

/** What is agreed of a measure. */
export interface Kpi {
	readonly better: KpiDirection;
	readonly baseline: number;
	readonly steps: readonly KpiStep[];
}

export interface KpiReading {
	readonly value: number;
	readonly onDay: Day;
}

export const courses = ['no_reading', 'behind', 'level', 'on_course', 'reached'] as const;
/**
 * How a measure goes. No reading; behind: a step whose day is over was not met, or it stands worse than at the beginning; level: as at the beginning while it should
 * move; on course; reached: the last step is met.
 */
export type Course = (typeof courses)[number];

/** How long after the day of a step a reading may still say that it was met: figures come in later. */
export const readingDays = 31;

const isMet = ({ better }: Pick<Kpi, 'better'>, aim: number, value: number): boolean => (better === 'lower' ? value <= aim : value >= aim);

/** The readings up to a day, oldest first. Of one day the last given counts. */
const upTo = (readings: readonly KpiReading[], day: Day): KpiReading[] =>
	readings.filter((reading) => reading.onDay <= day).toSorted((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : 0));

/** How one step stands: met, open, or its day is over and it was not met. A step that was met late is met. */
export function stepState(kpi: Kpi, step: KpiStep, readings: readonly KpiReading[], today: Day): 'met' | 'open' | 'overdue' {
	const newest = upTo(readings, today).at(-1);
	if (newest !== undefined && isMet(kpi, step.aim, newest.value)) return 'met';
	if (step.dueOn === null || step.dueOn >= today) return 'open';
	// What stood there when its figures were in: a fall later on does not undo that it was met in time.
	const then = upTo(readings, addDays(step.dueOn, readingDays) < today ? addDays(step.dueOn, readingDays) : today).at(-1);
	return then !== undefined && isMet(kpi, step.aim, then.value) ? 'met' : 'overdue';
}

/**
 * How a measure goes today. There is no straight line between its points: a chain that stands at 7.5 of 8 a year before its day is on course, though a line would call it
 * behind.
 */
export function courseOf(kpi: Kpi, readings: readonly KpiReading[], today: Day): Course {
	const newest = upTo(readings, today).at(-1);
	if (newest === undefined) return 'no_reading';
	const { value } = newest;
	if (kpi.better === 'lower' ? value > kpi.baseline : value < kpi.baseline) return 'behind';
	if (kpi.steps.some((step) => stepState(kpi, step, readings, today) === 'overdue')) return 'behind';
	const last = kpi.steps.at(-1);
	if (last !== undefined && isMet(kpi, last.aim, value)) {
		// What may not fall is held until its last day; there is nothing to have reached before.
		const held = kpi.better !== 'not_worse' || kpi.steps.every(({ dueOn }) => dueOn !== null && dueOn < today);
		return held ? 'reached' : 'on_course';
	}
	return kpi.better === 'not_worse' || value !== kpi.baseline ? 'on_course' : 'level';
}

/** Orders done up to a day, those looked at, and of how many of these something was said. */
export interface OrderCount {
	readonly checked: number;
	readonly remarks: number;
}

/** The share of orders to look at: at the beginning, never less, and how it falls. */
export const checkShare = { start: 0.5, floor: 0.05, falls: 0.8, each: 10 } as const;

/**
 * The share of orders that the product suggests to look at (H4): it falls with each order that was looked at and found well, a remark doubles it, and it never becomes
 * nothing: who is never looked at is not trusted but forgotten. In which order a count was looked at is not known: its remarks are taken to have come last.
 */
export function suggestShare(counts: readonly OrderCount[]): number {
	let share: number = checkShare.start;
	for (const { checked, remarks } of counts) {
		share = Math.max(checkShare.floor, share * checkShare.falls ** ((checked - remarks) / checkShare.each));
		share = Math.min(1, share * 2 ** remarks);
	}
	return share;
}
