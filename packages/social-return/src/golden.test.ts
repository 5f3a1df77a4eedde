import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate, readValueMap, roundParts, roundTo } from './index.ts';
import type { Result } from './index.ts';

/* The Bond's own published example: 4,000 spent; an eviction of 6,000 once; shelter of 30,000 a year; 2.25%, first year undiscounted. */

const file: unknown = JSON.parse(readFileSync(new URL('../examples/value-map-bossche-bond.json', import.meta.url), 'utf8'));

interface Editable {
	horizonYears: number;
	adjustments?: unknown;
	options: { flows: { timing?: { start: number; years: number }; adjustments?: unknown }[] }[];
}

const bond = (years: number, edit: (map: Editable) => void = () => undefined): Result => {
	const copy = structuredClone(file) as Editable;
	copy.horizonYears = years;
	const shelter = copy.options[0]?.flows[1];
	if (shelter === undefined) throw new Error('The example has no shelter row.');
	shelter.timing = { start: 0, years };
	edit(copy);
	const read = readValueMap(copy);
	if (!read.ok) throw new Error(JSON.stringify(read.errors));
	return evaluate(read.map);
};
const first = (result: Result): Result['comparisons'][number] => {
	const comparison = result.comparisons[0];
	if (comparison === undefined) throw new Error('No comparison.');
	return comparison;
};

describe('golden numbers, to the cent', () => {
	test.each([
		[1, 36_000, 9],
		[3, 94_034.09, 23.51],
		[4, 122_096.91, 30.52]
	])('%i years in the shelter', (years, total, ratio) => {
		const { ways, gross } = first(bond(years));
		expect(roundTo(ways.fundOnly.benefit, 2)).toBe(total);
		expect(roundTo(ways.fundOnly.ratio ?? 0, 2)).toBe(ratio);
		expect(gross.byYear).toHaveLength(years);
	});

	test('three years, deadweight 25% and 40% due to others', () => {
		const { ways } = first(bond(3, (map) => (map.adjustments = { deadweight: 0.25, attribution: 0.4 })));
		expect(roundTo(ways.fundOnly.benefit, 2)).toBe(94_034.09);
		expect(roundTo(ways.adjusted.benefit, 2)).toBe(42_315.34);
		expect(roundTo(ways.adjusted.ratio ?? 0, 2)).toBe(10.58);
	});

	test('the same with a drop-off of 20% a year on the stream', () => {
		const { ways } = first(
			bond(3, (map) => (map.adjustments = { deadweight: 0.25, attribution: 0.4, persistence: { kind: 'drop-off', rate: 0.2 } }))
		);
		expect(roundTo(ways.adjusted.benefit, 2)).toBe(35_026.29);
		expect(roundTo(ways.adjusted.ratio ?? 0, 2)).toBe(8.76);
	});

	test('rounded parts that do not add up get a line of their own', () => {
		const { gross } = first(bond(3));
		const rounded = roundParts([6000, 30_000, ...gross.byYear.slice(1)]);
		expect(rounded.parts).toEqual([6000, 30_000, 29_339.85, 28_694.23]);
		expect(rounded.total).toBe(94_034.09);
		expect(rounded.difference).toBe(0.01);
	});

	test('breaks even at a chance of one in 9, 23 and 30', () => {
		const odds = [1, 3, 4].map((years) => first(bond(years)).breakEven[0]?.ways.full);
		expect(odds.map((one) => (one?.state === 'at' ? one.odds : null))).toEqual([
			{ of: 1, in: 9 },
			{ of: 1, in: 23 },
			{ of: 1, in: 30 }
		]);
	});

	test('says that nobody estimated the adjustments, and that no hours are counted', () => {
		const result = bond(3);
		expect(result.adjustments.map(({ state }) => state)).toEqual(['not-estimated', 'not-estimated', 'not-estimated', 'not-estimated']);
		expect(result.warnings.map(({ code }) => code)).toEqual([
			'adjustments_not_estimated',
			'no_hours',
			'frees_unknown',
			'above_reference_class'
		]);
	});

	test('ranges come from draws: mean near the point figure, interval around it, chance that it pays', () => {
		const simulated = first(bond(3)).ways.fundOnly.simulated;
		const ratio = simulated?.ratio;
		if (ratio === null || ratio === undefined) throw new Error('No range.');
		expect(Math.abs(ratio.mean - 23.508521589)).toBeLessThan(4 * ratio.standardError);
		expect(ratio.low).toBeGreaterThan(15);
		expect(ratio.low).toBeLessThan(17);
		expect(ratio.high).toBeGreaterThan(30);
		expect(ratio.high).toBeLessThan(32);
		expect(simulated?.chanceItPays).toBe(1);
	});

	test('the whole result, with all its draws, is these bytes on every machine', () => {
		const bytes = JSON.stringify(bond(3));
		expect(createHash('sha256').update(bytes).digest('hex')).toBe('9cbcfc4d0992409c6a0267eb492d4f01cc790b4d280be35ae289301af1c98ee6');
	});
});
