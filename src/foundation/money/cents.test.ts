import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCents, parseCents, splitCents, splitEvenly } from './cents.ts';

test('reads amounts as people write them', () => {
	const amounts: Record<string, number | null> = {
		...{
			'1250': 125_000,
			'1.250': 125_000,
			'1.250,00': 125_000,
			'1250,5': 125_050,
			'1250.00': 125_000,
			'12.50': 1250,
			'1,250.00': 125_000
		},
		...{
			'€ 75,-': 7500,
			'75,--': 7500,
			'EUR 75': 7500,
			'75 euro': 7500,
			'0': 0,
			'0,01': 1,
			'-12,50': -1250,
			'−1': -100,
			'1 250,00': 125_000,
			'1.234.567,89': 123_456_789
		},
		...{
			'1,250': null,
			'1.25.00': null,
			'12,345': null,
			'': null,
			'-': null,
			'1e3': null,
			'１２': null,
			'1.250.00': null,
			'12,50,00': null,
			'1..5': null,
			'0x10': null
		},
		...{ '999999999999999': null, '90071992547409,91': 9_007_199_254_740_991 }
	};
	for (const [text, cents] of Object.entries(amounts)) expect(parseCents(text), text).toBe(cents);
	expect(Object.is(parseCents('-0'), 0)).toBe(true);
});

test('reads back every amount, in Dutch and plain', () => {
	fc.assert(
		fc.property(fc.integer({ min: -100_000_000_00, max: 100_000_000_00 }), (cents) => {
			expect(parseCents((cents / 100).toFixed(2))).toBe(cents);
			expect(parseCents(new Intl.NumberFormat('nl-NL', { minimumFractionDigits: 2 }).format(cents / 100))).toBe(cents);
		})
	);
});

test('splits 100.00 over three', () => {
	expect(splitEvenly(10_000, 3)).toEqual([3334, 3333, 3333]);
	expect(splitEvenly(-10_000, 3)).toEqual([-3334, -3333, -3333]);
	expect(splitCents(100, [0, 1, 2])).toEqual([0, 33, 67]);
	expect(splitCents(1, [1, 1])).toEqual([1, 0]);
	expect(splitCents(0, [5, 5])).toEqual([0, 0]);
});

test('parts sum to the whole, and each lies within a cent of its share', () => {
	const weights = fc
		.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 })
		.filter((list) => list.some((weight) => weight > 0));
	fc.assert(
		fc.property(fc.maxSafeInteger(), weights, (amount, list) => {
			const parts = splitCents(amount, list);
			const total = list.reduce((sum, weight) => sum + weight, 0);
			expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount));
			for (const [i, part] of parts.entries()) {
				const distance = BigInt(part) * BigInt(total) - BigInt(amount) * BigInt(list[i] ?? 0);
				expect(distance < BigInt(total) && distance > -BigInt(total)).toBe(true);
			}
		})
	);
});

test('refuses what is no money', () => {
	for (const bad of [0.5, NaN, Infinity, 2 ** 53]) {
		expect(() => addCents(bad)).toThrow(RangeError);
		expect(() => splitCents(bad, [1])).toThrow(RangeError);
	}
	expect(() => addCents(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
	expect(() => splitCents(1, [])).toThrow(RangeError);
	expect(() => splitCents(1, [0, 0])).toThrow(RangeError);
	expect(() => splitCents(1, [-1, 2])).toThrow(RangeError);
	expect(addCents()).toBe(0);
	expect(addCents(10, 20, -5)).toBe(25);
});
