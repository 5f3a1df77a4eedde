import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addDays,
	addMonths,
	dayAt,
	daysBetween,
	endOfDay,
	isCalendarDay,
	lastOf,
	momentAt,
	startOfDay,
	wallClock,
	weekday
} from './days.ts';

const day = fc
	.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const hours = (from: Date, until: Date) => (until.getTime() - from.getTime()) / 3_600_000;

describe('days that the clock changes', () => {
	test('last 23 and 25 hours, and a term ends at their midnight', () => {
		expect(startOfDay('2026-03-29').toISOString()).toBe('2026-03-28T23:00:00.000Z');
		expect(endOfDay('2026-03-29').toISOString()).toBe('2026-03-29T22:00:00.000Z');
		expect(hours(startOfDay('2026-03-29'), endOfDay('2026-03-29'))).toBe(23);
		expect(startOfDay('2026-10-25').toISOString()).toBe('2026-10-24T22:00:00.000Z');
		expect(endOfDay('2026-10-25').toISOString()).toBe('2026-10-25T23:00:00.000Z');
		expect(hours(startOfDay('2026-10-25'), endOfDay('2026-10-25'))).toBe(25);
	});

	test('skip a time in spring and show one twice in autumn', () => {
		expect(momentAt('2026-03-29', 150).toISOString()).toBe('2026-03-29T01:30:00.000Z');
		expect(wallClock(momentAt('2026-03-29', 150)).minutes).toBe(210);
		expect(momentAt('2026-10-25', 150).toISOString()).toBe('2026-10-25T00:30:00.000Z');
	});

	test('a zone may change its clocks at midnight', () => {
		expect(dayAt(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe('2018-11-04');
		expect(startOfDay('2018-11-04', 'America/Sao_Paulo').toISOString()).toBe('2018-11-04T03:00:00.000Z');
	});
});

test('a moment belongs to the day of Amsterdam, not of Greenwich', () => {
	expect(dayAt(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07-01');
	expect(dayAt(new Date('2026-06-30T21:59:59.999Z'))).toBe('2026-06-30');
	expect(dayAt(new Date('2026-12-31T23:00:00Z'))).toBe('2027-01-01');
});

test('every day begins where it says, and the next begins where it ends', () => {
	fc.assert(
		fc.property(day, (one) => {
			expect(dayAt(startOfDay(one))).toBe(one);
			expect(wallClock(startOfDay(one)).minutes).toBe(0);
			expect(dayAt(new Date(startOfDay(one).getTime() - 1))).toBe(addDays(one, -1));
			expect([23, 24, 25]).toContain(hours(startOfDay(one), endOfDay(one)));
		})
	);
});

/** Days on and around those on which the clock changes in March and October, of many years. */
const nearClockChange = fc
	.tuple(fc.integer({ min: 1997, max: 2090 }), fc.constantFrom('03-31', '10-31'), fc.integer({ min: -8, max: 2 }))
	.map(([year, monthEnd, off]) => {
		const last = `${year}-${monthEnd}`;
		return addDays(last, off - (weekday(last) % 7));
	});

test('a term that ends at midnight is said by its last day, also when the clock changes; any other by its own day', () => {
	fc.assert(
		fc.property(fc.oneof(day, nearClockChange), fc.integer({ min: 1, max: 1439 }), (one, minutes) => {
			expect(lastOf(endOfDay(one))).toEqual({ day: one, wholeDay: true });
			expect(lastOf(new Date(endOfDay(one).getTime() - 1))).toEqual({ day: one, wholeDay: false });
			expect(lastOf(new Date(endOfDay(one).getTime() + 1))).toEqual({ day: addDays(one, 1), wholeDay: false });
			expect(lastOf(momentAt(one, minutes))).toEqual({ day: one, wholeDay: false });
		})
	);
	expect(lastOf(new Date('2026-03-28T23:00:00Z'))).toEqual({ day: '2026-03-28', wholeDay: true });
	expect(lastOf(new Date('2026-03-29T22:00:00Z'))).toEqual({ day: '2026-03-29', wholeDay: true });
	expect(lastOf(new Date('2026-10-25T23:00:00Z'))).toEqual({ day: '2026-10-25', wholeDay: true });
	expect(lastOf(new Date('2026-10-25T22:00:00Z'))).toEqual({ day: '2026-10-25', wholeDay: false });
});

test('days add up and go back', () => {
	fc.assert(
		fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (one, count) => {
			const other = addDays(one, count);
			expect(isCalendarDay(other)).toBe(true);
			expect(daysBetween(one, other)).toBe(count);
			expect(addDays(other, -count)).toBe(one);
			expect(other > one).toBe(count > 0);
			expect((((weekday(other) - weekday(one) - count) % 7) + 7) % 7).toBe(0);
		})
	);
	expect(weekday('2026-11-23')).toBe(1);
	expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
});

test('months keep the day where they can', () => {
	expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
	expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
	expect(addMonths('2026-11-23', 12)).toBe('2027-11-23');
	expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
	fc.assert(
		fc.property(day, fc.integer({ min: -600, max: 600 }), (one, count) => {
			const other = addMonths(one, count);
			expect(isCalendarDay(other)).toBe(true);
			const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
			expect(months(other) - months(one)).toBe(count);
		})
	);
});
