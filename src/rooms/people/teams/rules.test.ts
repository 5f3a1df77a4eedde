import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#foundation/time/days.ts';
import { findOverlap, firstFreeDays, givenUp, mayGiveUp, overlaps, rotaOf } from './rules.ts';

const start = '2026-10-20';
/** Runs of days around a change of the clock, by their first day and their length. */
const run = fc
	.record({ after: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 1, max: 14 }) })
	.map(({ after, length }) => ({ fromDay: addDays(start, after), untilDay: addDays(start, after + length - 1) }));
const daysOf = ({ fromDay, untilDay }: { fromDay: string; untilDay: string }): string[] =>
	Array.from({ length: daysBetween(fromDay, untilDay) + 1 }, (_, index) => addDays(fromDay, index));

/** Duties as commands let them in: none shares a day with another; in order. */
const rota = fc.array(run, { maxLength: 8 }).map((wished) => {
	const taken: { fromDay: string; untilDay: string }[] = [];
	for (const duty of wished) if (findOverlap(taken, duty) === null) taken.push(duty);
	return taken.toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
});

describe('duty', () => {
	test('overlaps exactly where a day is in both', () =>
		fc.assert(
			fc.property(run, run, (one, other) => {
				expect(overlaps(one, other)).toBe(daysOf(one).some((day) => daysOf(other).includes(day)));
			})
		));

	test('that is given up keeps the days gone by and no other', () =>
		fc.assert(
			fc.property(run, fc.integer({ min: 0, max: 80 }), (duty, after) => {
				const today = addDays(start, after);
				const rest = givenUp(duty, today, addDays(today, -1));
				expect(rest === null ? [] : daysOf(rest)).toEqual(daysOf(duty).filter((day) => day < today));
				expect(mayGiveUp(duty, today)).toBe(daysOf(duty).some((day) => day >= today));
			})
		));
});

describe('the rota', () => {
	test('has every day once, with who has duty that day', () =>
		fc.assert(
			fc.property(rota, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 60 }), (duties, from, length) => {
				const first = addDays(start, from);
				const last = addDays(first, length);
				const runs = rotaOf(duties, first, last);
				expect(runs.flatMap(daysOf)).toEqual(daysOf({ fromDay: first, untilDay: last }));
				for (const { duty, ...days } of runs)
					for (const day of daysOf(days))
						expect(duties.find((entry) => entry.fromDay <= day && day <= entry.untilDay) ?? null).toEqual(duty);
			})
		));

	test('offers days that nobody has, at most a week', () =>
		fc.assert(
			fc.property(rota, (duties) => {
				const free = firstFreeDays(rotaOf(duties, start, addDays(start, 56)));
				if (free === null) return;
				expect(findOverlap(duties, free)).toBeNull();
				expect(daysOf(free).length).toBeLessThanOrEqual(7);
			})
		));
});
