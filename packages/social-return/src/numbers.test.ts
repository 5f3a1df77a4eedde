import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp, log, pow, roundParts, roundTo } from './numbers.ts';

const near = (value: number, wanted: number, share: number): void => {
	expect(Math.abs(value - wanted)).toBeLessThanOrEqual(share * Math.max(Math.abs(wanted), Number.MIN_VALUE));
};

describe('exp, log and pow from arithmetic alone', () => {
	test('agree with the engine to a few units in the last place', () => {
		fc.assert(
			fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
				near(exp(x), Math.exp(x), 4e-15);
			})
		);
		fc.assert(
			fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
				expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(Math.log(x))));
			})
		);
		fc.assert(
			fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.double({ min: -40, max: 40, noNaN: true }), (x, y) => {
				near(pow(x, y), Math.pow(x, y), 1e-12);
			})
		);
	});
	test('keep the edges', () => {
		expect([exp(0), exp(-Infinity), exp(1000), exp(-1000)]).toEqual([1, 0, Infinity, 0]);
		expect([log(1), log(0), log(Infinity), log(-1)]).toEqual([0, -Infinity, Infinity, NaN]);
		expect([pow(0, 0), pow(0, 3), pow(0, -1), pow(2, 10), pow(2, -2)]).toEqual([1, 0, Infinity, 1024, 0.25]);
		expect(exp(NaN)).toBeNaN();
		near(log(5e-324), Math.log(5e-324), 1e-15);
		near(exp(-740), Math.exp(-740), 1e-2);
	});
	test('give these very bytes: a change here changes every figure that was ever shown', () => {
		expect([exp(1), exp(-2.5), log(10), log(0.3), pow(1.0225, 3), pow(2.5, 0.5)]).toEqual([
			2.7182818284590455, 0.0820849986238988, 2.302585092994046, -1.2039728043259361, 1.0690301406249998, 1.5811388300841898
		]);
	});
});

describe('rounding', () => {
	test('half away from zero, as the number is written', () => {
		expect([1.005, 2.675, -1.005, 0.125, -0.004].map((value) => roundTo(value, 2))).toEqual([1.01, 2.68, -1.01, 0.13, 0]);
		expect(Object.is(roundTo(-0.004, 2), 0)).toBe(true);
		expect(roundTo(1e300, 2)).toBe(1e300);
		expect(roundTo(NaN, 2)).toBeNaN();
	});
	test('parts and their line "rounded" add up to the total', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 20 }), (values) => {
				const { parts, total, difference } = roundParts(values);
				expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) + difference - total)).toBeLessThan(1e-6);
				expect(Math.abs(difference)).toBeLessThanOrEqual(0.005 * (values.length + 1) + 1e-9);
			})
		);
	});
});
