import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths } from '#foundation/time/days.ts';
import {
	drawEuros,
	drawHelped,
	drawLine,
	fillMonths,
	helpedPerQuarter,
	isUsedLess,
	lastMonths,
	monthsShown,
	perQuarter,
	quarterName,
	quartersOf
} from './rules.ts';

const count = (month: string, cases: number) => ({ month, cases });

describe('the line of a cause', () => {
	test('goes on in months in which nothing happened, and keeps every case', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1 }), (numbers) => {
				const rows = numbers.map((number) => count(addMonths('2022-01-01', number), number + 1));
				const months = fillMonths(rows, '2022-01-01', '2026-12-01');
				expect(months.length).toBe(60);
				expect(months.reduce((sum, month) => sum + month.cases, 0)).toBe(rows.reduce((sum, row) => sum + row.cases, 0));
				expect(months.map((month) => month.month)).toEqual(months.map((_, index) => addMonths('2022-01-01', index)));
			})
		);
	});

	test('shows a year at least and five at most', () => {
		expect(monthsShown(null, '2026-11-24')).toEqual({ first: '2025-12-01', last: '2026-11-01' });
		expect(monthsShown('2026-09-01', '2026-11-24').first).toBe('2025-12-01');
		expect(monthsShown('2024-02-01', '2026-11-24').first).toBe('2024-02-01');
		expect(monthsShown('2010-02-01', '2026-11-24').first).toBe('2021-12-01');
	});

	test('stays inside its box, and falls to its ground', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 2, maxLength: 60 }), (counts) => {
				const months = counts.map((cases, index) => count(addMonths('2022-01-01', index), cases));
				const { path, height, width } = drawLine(months);
				const numbers = path
					.slice(1)
					.split(/[MLC,]/)
					.map(Number);
				expect(numbers.every((value, index) => value >= -0.001 && value <= (index % 2 === 0 ? width : height) + 0.001)).toBe(true);
			})
		);
	});

	test('marks the day of acknowledgement where it lies, and nothing outside', () => {
		const months = fillMonths([], '2026-01-01', '2026-03-01');
		const { marks } = drawLine(months, ['2026-01-01', '2026-02-16', null, '2030-01-01'], { width: 200, height: 100 });
		expect(marks.map(Math.round)).toEqual([0, 148]);
	});
});

describe('what a cause cost over time', () => {
	const months = fillMonths([], '2026-01-01', '2026-12-01');
	test('is as high as it cost for a quarter, and lies on the ground where nothing was given', () => {
		const stretch = { fromQuarter: '2026-01-01', untilQuarter: '2026-04-01', cases: 3, cents: 90_001 };
		expect(quartersOf(stretch)).toBe(2);
		expect(perQuarter(stretch)).toBe(45_001);
		expect(quarterName('2026-10-01')).toBe('2026-4');
		const { path, most, area } = drawEuros(months, [stretch], { width: 110, height: 100 });
		expect(most).toBe(45_001);
		// Six of eleven steps between twelve months, then nothing until the end.
		expect(path).toBe('M0,98H0V6H60V98H110');
		expect(area).toBe(`${path}Z`);
		expect(drawEuros(months, []).area).toBe('');
	});
	test('shows households as high as were helped in a quarter, to a tenth', () => {
		const stretch = { fromQuarter: '2026-01-01', untilQuarter: '2026-07-01', households: 4 };
		expect(helpedPerQuarter(stretch)).toBe(1.3);
		const { path, most } = drawHelped(months, [stretch], { width: 110, height: 100 });
		expect(most).toBe(1.3);
		expect(path).toBe('M0,98H0V6H90V98H110');
		expect(drawHelped(months, []).area).toBe('');
	});
	test('stays inside its box, whatever the quarters', () => {
		const quarter = fc.integer({ min: 0, max: 40 }).map((number) => addMonths('2020-01-01', number * 3));
		fc.assert(
			fc.property(fc.array(fc.tuple(quarter, quarter, fc.nat({ max: 9_999_999 })), { maxLength: 8 }), (rows) => {
				const stretches = rows.map(([a, b, cents]) => ({ fromQuarter: a < b ? a : b, untilQuarter: a < b ? b : a, cases: 3, cents }));
				const { path, width, height } = drawEuros(months, stretches);
				for (const [, letter, value] of path.matchAll(/([HV])(-?[\d.]+)/g)) {
					expect(Number(value)).toBeGreaterThanOrEqual(0);
					expect(Number(value)).toBeLessThanOrEqual(letter === 'H' ? width : height);
				}
			})
		);
	});
});

describe('being used less', () => {
	test('compares whole months, so that a month that has just begun does not look like silence', () => {
		const rows = [count('2026-05-01', 4), count('2026-08-01', 3), count('2026-10-01', 1), count('2026-11-01', 50)];
		expect(lastMonths(rows, '2026-11-24', 3)).toEqual({ lately: 4, before: 4 });
		expect(isUsedLess(4, 4)).toBe(false);
		expect(isUsedLess(3, 4)).toBe(true);
	});
});
