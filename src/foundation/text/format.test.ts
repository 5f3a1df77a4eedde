import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, endOfDay } from '#foundation/time/days.ts';
import { createFormat } from './format.ts';

const nl = createFormat('nl');
const en = createFormat('en');
const space = '\u00a0';

describe('money', () => {
	test('writes whole cents with a no-break space in Dutch and none in English', () => {
		expect(nl.money(125_000)).toBe(`€${space}1.250,00`);
		expect(en.money(125_000)).toBe('€1,250.00');
		expect(nl.money(5)).toBe(`€${space}0,05`);
		expect(nl.money(0)).toBe(`€${space}0,00`);
	});

	test('keeps every cent of amounts that a float cannot hold', () => {
		expect(nl.money(900_719_925_474_099_377n)).toBe(`€${space}9.007.199.254.740.993,77`);
	});

	test('writes what is below zero', () => {
		expect(nl.money(-7)).toBe(`€${space}-0,07`);
		expect(en.money(-125_001)).toBe('-€1,250.01');
	});

	test('refuses a part of a cent', () => {
		expect(() => nl.money(0.5)).toThrow(RangeError);
		expect(() => nl.money(Number.NaN)).toThrow(RangeError);
	});

	test('rounds an estimate once, half away from zero, and never shows minus nothing', () => {
		expect(nl.wholeEuros(849.9)).toBe(`€${space}8`);
		expect(nl.wholeEuros(850)).toBe(`€${space}9`);
		expect(nl.wholeEuros(-850)).toBe(`€${space}-9`);
		expect(nl.wholeEuros(-20)).toBe(`€${space}0`);
		expect(en.wholeEuros(400_000)).toBe('€4,000');
	});
});

describe('days', () => {
	test('are written out', () => {
		expect(nl.date('2027-03-12')).toBe('12 maart 2027');
		expect(en.date('2027-03-12')).toBe('12 March 2027');
		expect(nl.shortDate('2027-03-09')).toBe('9 mrt');
		expect(en.shortDate('2027-03-09')).toBe('9 Mar');
	});

	test('get their year when it is another year', () => {
		expect(nl.shortDate('2025-12-31', '2026-01-01')).toBe('31 dec 2025');
		expect(nl.shortDate('2026-12-31', '2026-01-01')).toBe('31 dec');
	});

	test('near today are said as one says them', () => {
		expect(nl.near('2027-03-09', '2027-03-09')).toBe('vandaag');
		expect(nl.near('2027-03-08', '2027-03-09')).toBe('gisteren');
		expect(nl.near('2027-03-10', '2027-03-09')).toBe('morgen');
		expect(nl.near('2027-03-07', '2027-03-09')).toBe('7 mrt');
		expect(nl.near('2026-12-31', '2027-01-01')).toBe('gisteren');
		expect(en.near('2027-03-08', '2027-03-09')).toBe('yesterday');
		// Over the lines of a day it is a heading.
		expect(nl.dayHeading('2027-03-09', '2027-03-09')).toBe('Vandaag');
		expect(en.dayHeading('2027-03-08', '2027-03-09')).toBe('Yesterday');
		expect(nl.dayHeading('2027-03-07', '2027-03-09')).toBe('7 mrt');
	});

	test('of a moment are those of Amsterdam', () => {
		// 23:30 in UTC is half past midnight in Amsterdam in winter, half past one in summer.
		expect(nl.date(new Date('2027-01-31T23:30:00Z'))).toBe('1 februari 2027');
		expect(nl.time(new Date('2027-01-31T23:30:00Z'))).toBe('00:30');
		expect(nl.time(new Date('2027-07-31T23:30:00Z'))).toBe('01:30');
	});

	test('of a term are the last on which there is time, with the clock only in the middle of a day', () => {
		const now = new Date('2026-11-23T13:00:00Z');
		expect(nl.term(endOfDay('2026-11-23'), now)).toBe('vandaag');
		expect(nl.term(endOfDay('2026-11-24'), now)).toBe('morgen');
		expect(nl.term(endOfDay('2026-11-22'), now)).toBe('gisteren');
		expect(nl.term(endOfDay('2026-11-25'), now)).toBe('woensdag 25 november');
		expect(nl.term(endOfDay('2027-01-05'), now)).toBe('dinsdag 5 januari 2027');
		expect(nl.term(new Date('2026-11-24T13:05:00Z'), now)).toBe('morgen om 14:05');
		expect(en.term(endOfDay('2026-11-24'), now)).toBe('tomorrow');
		expect(en.term(new Date('2026-11-26T13:05:00Z'), now)).toBe('Thursday 26 November at 14:05');
		// A minute before midnight there is time today; the night that the clock changes, too.
		expect(nl.term(endOfDay('2026-03-29'), new Date('2026-03-29T21:59:00Z'))).toBe('vandaag');
		expect(nl.term(endOfDay('2026-10-25'), new Date('2026-10-25T22:59:00Z'))).toBe('vandaag');
		expect(nl.term(endOfDay('2026-10-25'), new Date('2026-10-25T23:00:00Z'))).toBe('gisteren');
	});

	test('of a term never say midnight, whatever the day', () => {
		const around = fc.integer({ min: -1_000, max: 40_000 }).map((count) => addDays('2026-03-29', count));
		fc.assert(
			fc.property(around, fc.integer({ min: -3, max: 40 }), (last, before) => {
				const today = addDays(last, -before);
				for (const format of [nl, en]) {
					const said = format.term(endOfDay(last), today);
					expect(said).not.toContain(':');
					// Today and tomorrow are said as everywhere else.
					if (Math.abs(before) <= 1) expect(said).toBe(format.near(last, today));
					else expect(said).toContain(String(Number(last.slice(8))));
				}
			})
		);
	});

	test('that do not exist are refused', () => {
		expect(() => nl.date('2027-02-30')).toThrow(RangeError);
		expect(() => nl.date('12-03-2027')).toThrow(RangeError);
	});
});

test('shares, ratios and counts', () => {
	expect(nl.percent(0.0225)).toBe('2,25%');
	expect(nl.percent(0.3)).toBe('30%');
	expect(nl.ratio(23.51)).toBe('23,51');
	expect(nl.ratio(9)).toBe('9,00');
	expect(en.ratio(23.51)).toBe('23.51');
	expect(nl.number(1250)).toBe('1.250');
	expect(nl.number(2.5)).toBe('2,5');
});
