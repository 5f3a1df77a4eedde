import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayAt, weekday } from './days.ts';
import { dutchHolidays } from './dutch-holidays.ts';
import { addWorkingHours, isWorkingDay, isWorkingMoment, workingHoursBetween } from './working-hours.ts';

/** A moment as clocks in Amsterdam show it, in winter time unless said otherwise. */
const at = (text: string, offset = '+01:00') => new Date(`${text}:00${offset}`);

test('four working hours', () => {
	expect(addWorkingHours(at('2026-11-23T10:00'), 4)).toEqual(at('2026-11-23T14:00'));
	expect(addWorkingHours(at('2026-11-23T13:00'), 4)).toEqual(at('2026-11-23T17:00'));
	expect(addWorkingHours(at('2026-11-23T15:30'), 4)).toEqual(at('2026-11-24T11:30'));
	expect(addWorkingHours(at('2026-11-27T16:00'), 4)).toEqual(at('2026-11-30T12:00'));
	expect(addWorkingHours(at('2026-11-28T12:00'), 4)).toEqual(at('2026-11-30T13:00'));
	expect(addWorkingHours(at('2026-12-24T16:00'), 4)).toEqual(at('2026-12-28T12:00'));
	expect(addWorkingHours(at('2026-11-23T17:00'), 0)).toEqual(at('2026-11-24T09:00'));
	expect(addWorkingHours(at('2026-11-23T10:00'), 0.5)).toEqual(at('2026-11-23T10:30'));
});

test('a weekend on which the clock changes', () => {
	expect(addWorkingHours(at('2026-03-27T16:00'), 2)).toEqual(at('2026-03-30T10:00', '+02:00'));
	expect(addWorkingHours(at('2026-10-23T16:00', '+02:00'), 2)).toEqual(at('2026-10-26T10:00'));
});

test('adding hours passes exactly those hours, and ends when offices are open', () => {
	const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2034-01-01'), noInvalidDate: true });
	fc.assert(
		fc.property(moment, fc.integer({ min: 1, max: 30 * 60 }), (from, minutes) => {
			const until = addWorkingHours(from, minutes / 60);
			expect(workingHoursBetween(from, until)).toBeCloseTo(minutes / 60, 9);
			expect(isWorkingMoment(new Date(until.getTime() - 1))).toBe(true);
			expect(isWorkingDay(dayAt(until))).toBe(true);
		}),
		{ numRuns: 200 }
	);
});

test('a year without a list is refused, not guessed', () => {
	expect(() => isWorkingDay('2060-01-04')).toThrow('2060');
	expect(() => addWorkingHours(at('2026-11-23T10:00'), -1)).toThrow(RangeError);
});

test('the list of holidays is what the calendar gives', () => {
	for (const [text, days] of Object.entries(dutchHolidays)) {
		const easter = easterOf(Number(text));
		const king = weekday(`${text}-04-27`) === 7 ? `${text}-04-26` : `${text}-04-27`;
		const moving = [-2, 1, 39, 50].map((count) => addDays(easter, count));
		const expected = [`${text}-01-01`, ...moving, king, `${text}-05-05`, `${text}-12-25`, `${text}-12-26`].filter(
			(day) => weekday(day) !== 7
		);
		expect(days).toEqual([...new Set(expected)].sort());
	}
});

/** The Gregorian computus (Meeus, Jones and Butcher). */
function easterOf(year: number): string {
	const a = year % 19;
	const b = Math.floor(year / 100);
	const c = year % 100;
	const g = Math.floor((8 * b + 13) / 25);
	const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
	const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const sum = h + l - 7 * m + 114;
	return `${year}-${String(Math.floor(sum / 31)).padStart(2, '0')}-${String((sum % 31) + 1).padStart(2, '0')}`;
}
