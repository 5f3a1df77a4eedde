import { addDays, addMonths, momentAt, weekday } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

/** What is named in a case of the year: a cause whose rule changes, one whose rule does not, or none. */
export type YearCause = 'changing' | 'staying' | 'none';

/** A case of the year. */
export interface YearCase {
	readonly day: Day;
	readonly cause: YearCause;
}

/** The calendar of the year: fourteen months over two turns of the year and both changes of the clock. */
export const year = {
	first: '2026-12-01',
	/** The day from which the changed rule holds, in the fifth month. */
	changedOn: '2027-04-12',
	/** Intake falls by half from here, until it is back. */
	fallsOn: '2027-06-01',
	backOn: '2027-09-01',
	/** The last: a case with the cause again. */
	returnsOn: '2028-01-12',
	last: '2028-01-31'
} as const;

/** So many cases in a month, and in the months of summer. */
const [many, few] = [24, 12] as const;

/** A stream of numbers from 0 up to 1 that is the same for each seed (mulberry32). */
function numbersOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The cases of the year, in order: on working days, three in ten with the cause whose rule changes until it holds, one in ten with the other. */
export function generateYear(seed: number): YearCase[] {
	const next = numbersOf(seed);
	const cases: YearCase[] = [];
	for (let month: Day = year.first; month <= year.last; month = addMonths(month, 1)) {
		const working: Day[] = [];
		for (let day = month; day < addMonths(month, 1); day = addDays(day, 1)) if (weekday(day) <= 5) working.push(day);
		const times = month >= year.fallsOn && month < year.backOn ? few : many;
		for (let time = 0; time < times; time++) {
			const day = working[Math.floor(next() * working.length)] ?? month;
			const of = time % 10;
			const changing = day < year.changedOn ? of < 3 : day === year.returnsOn && !cases.some((one) => one.day === day);
			cases.push({ day, cause: changing ? 'changing' : of === 5 ? 'staying' : 'none' });
		}
	}
	if (!cases.some(({ day }) => day === year.returnsOn)) cases.push({ day: year.returnsOn, cause: 'changing' });
	return cases.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** When cases are brought in, and when the product looks: in the night, before them. */
export const broughtInAt = (day: Day): Date => momentAt(day, 10 * 60);
export const lookedAt = (day: Day): Date => momentAt(day, 3 * 60);

/** Every day of the year, in order. */
export function daysOfYear(): Day[] {
	const days: Day[] = [];
	for (let day: Day = year.first; day <= year.last; day = addDays(day, 1)) days.push(day);
	return days;
}
