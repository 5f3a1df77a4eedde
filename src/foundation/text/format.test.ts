import { describe, expect, test } from 'vitest';
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
	});

	test('of a moment are those of Amsterdam', () => {
		// 23:30 in UTC is half past midnight in Amsterdam in winter, half past one in summer.
		expect(nl.date(new Date('2027-01-31T23:30:00Z'))).toBe('1 februari 2027');
		expect(nl.time(new Date('2027-01-31T23:30:00Z'))).toBe('00:30');
		expect(nl.time(new Date('2027-07-31T23:30:00Z'))).toBe('01:30');
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
