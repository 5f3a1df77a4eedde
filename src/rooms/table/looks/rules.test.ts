import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAt } from '#foundation/time/days.ts';
import { listDays } from './rules.ts';

const line = fc.record({
	at: fc.date({ min: new Date('2026-11-23T00:00:00Z'), max: new Date('2026-11-26T00:00:00Z'), noInvalidDate: true }),
	act: fc.constantFrom('case.read', 'agreement.make'),
	result: fc.constantFrom('seen', 'done', 'refused'),
	origin: fc.constantFrom('page', 'resident', 'job'),
	membershipId: fc.constantFrom('a', 'b', null)
});
const log = fc.array(line).map((lines) => lines.toSorted((a, b) => b.at.getTime() - a.at.getTime()));

test('every line is counted once, on its own day, and the newest of what is alike is shown', () => {
	fc.assert(
		fc.property(log, (lines) => {
			const days = listDays(lines);
			expect(days.flatMap(({ looks }) => looks.map(({ times }) => times)).reduce((a, b) => a + b, 0)).toBe(lines.length);
			expect(days.map(({ day }) => day)).toEqual([...new Set(lines.map(({ at }) => dayAt(at)))].toSorted().toReversed());
			for (const { day, looks } of days)
				for (const { first } of looks) {
					expect(dayAt(first.at)).toBe(day);
					const alike = lines.filter(
						(one) =>
							dayAt(one.at) === day &&
							one.act === first.act &&
							one.result === first.result &&
							one.membershipId === first.membershipId &&
							(one.origin === 'resident') === (first.origin === 'resident')
					);
					expect(alike[0]).toBe(first);
				}
		})
	);
});
