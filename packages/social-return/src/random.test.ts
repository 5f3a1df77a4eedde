import { describe, expect, test } from 'vitest';
import { draw, midOf, stream } from './random.ts';
import { quantile } from './simulate.ts';
import type { Distribution } from './types.ts';

const size = 40_000;
const sample = (value: Distribution, key = 'k'): Float64Array => {
	const uniform = stream(7, key, 0);
	return Float64Array.from({ length: size }, () => draw(value, uniform));
};
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float64Array): number => {
	const middle = mean(values);
	return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

/** Distribution, its exact mean and standard deviation, and its support. */
const cases: readonly (readonly [Distribution, number, number, number, number])[] = [
	[{ distribution: 'triangular', low: 1, mid: 2, high: 6 }, 3, Math.sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18), 1, 6],
	[{ distribution: 'mean-only', mean: 6000 }, 6000, 6000 / Math.sqrt(24), 3000, 9000],
	[{ distribution: 'pert', low: 0, mid: 3, high: 10 }, 22 / 6, Math.sqrt(((22 / 6) * (10 - 22 / 6)) / 7), 0, 10],
	[{ distribution: 'uniform', low: -1, high: 3 }, 1, 4 / Math.sqrt(12), -1, 3],
	[{ distribution: 'normal', mean: 5, standardDeviation: 2 }, 5, 2, -Infinity, Infinity],
	[{ distribution: 'gamma', mean: 100, standardError: 50 }, 100, 50, 0, Infinity],
	[{ distribution: 'gamma', mean: 2, standardError: 4 }, 2, 4, 0, Infinity],
	[{ distribution: 'beta', events: 3, of: 12 }, 0.25, Math.sqrt((0.25 * 0.75) / 13), 0, 1],
	[{ distribution: 'beta', mean: 0.7, standardError: 0.1 }, 0.7, 0.1, 0, 1],
	[{ distribution: 'empirical', values: [1, 1, 4] }, 2, Math.sqrt(2), 1, 4]
];

describe('draws', () => {
	test.each(cases)('%o: mean, spread and support', (value, wantedMean, wantedDeviation, low, high) => {
		const values = sample(value);
		expect(Math.abs(mean(values) - wantedMean)).toBeLessThan((4.5 * wantedDeviation) / Math.sqrt(size));
		expect(Math.abs(deviation(values) / wantedDeviation - 1)).toBeLessThan(0.06);
		expect(values.every((one) => one >= low && one <= high)).toBe(true);
	});
	test('a lognormal keeps the median and 95% interval it was given', () => {
		const values = sample({ distribution: 'lognormal', median: 0.509, low: 0.365, high: 0.71 }).sort();
		expect(Math.abs(quantile(values, 0.5) - 0.509)).toBeLessThan(0.003);
		expect(Math.abs(quantile(values, 0.025) - 0.365)).toBeLessThan(0.006);
		expect(Math.abs(quantile(values, 0.975) - 0.71)).toBeLessThan(0.012);
	});
	test('without width there is one value', () => {
		const certain: readonly Distribution[] = [
			{ distribution: 'triangular', low: 2, mid: 2, high: 2 },
			{ distribution: 'pert', low: 2, mid: 2, high: 2 },
			{ distribution: 'gamma', mean: 2, standardError: 0 },
			{ distribution: 'normal', mean: 2, standardDeviation: 0 },
			{ distribution: 'uniform', low: 2, high: 2 }
		];
		for (const value of certain) expect([draw(value, stream(1, 'k', 0)), midOf(value)]).toEqual([2, 2]);
		expect(draw({ distribution: 'beta', events: 0, of: 4 }, stream(1, 'k', 0))).toBe(0);
		expect(draw({ distribution: 'beta', events: 4, of: 4 }, stream(1, 'k', 0))).toBe(1);
	});
	test('the mid is what was given', () => {
		expect(midOf({ distribution: 'triangular', low: 1, mid: 2, high: 6 })).toBe(2);
		expect(midOf({ distribution: 'beta', events: 3, of: 12 })).toBe(0.25);
		expect(midOf({ distribution: 'lognormal', median: 0.5, low: 0.1, high: 2 })).toBe(0.5);
	});
});

describe('streams', () => {
	test('are uniform: sixteen bins, chi-squared below its 99.99% point', () => {
		const bins = new Uint32Array(16);
		const uniform = stream(3, 'bins', 0);
		for (let i = 0; i < 160_000; i += 1) {
			const bin = Math.floor(uniform() * 16);
			bins[bin] = (bins[bin] ?? 0) + 1;
		}
		expect(bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(44.3);
	});
	test('of another key, chunk or seed do not follow each other', () => {
		const values = (seed: number, key: string, chunk: number): Float64Array => {
			const uniform = stream(seed, key, chunk);
			return Float64Array.from({ length: 10_000 }, () => uniform() - 0.5);
		};
		const base = values(1, 'price/a', 0);
		for (const other of [values(1, 'price/b', 0), values(1, 'price/a', 1), values(2, 'price/a', 0), values(1, 'price/a0', 0)]) {
			expect(Math.abs(mean(base.map((value, i) => value * (other[i] ?? 0))) * 12)).toBeLessThan(0.045);
		}
	});
	test('give these very bytes', () => {
		const uniform = stream(1, 'price/opvang', 0);
		expect([uniform(), uniform(), uniform()]).toEqual([0.9067384281145612, 0.8601361500508877, 0.6790258247070289]);
	});
});
