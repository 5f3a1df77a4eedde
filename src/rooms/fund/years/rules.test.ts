import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closingCents, differenceCents, mayClose } from './rules.ts';

test('a year is closed when it is over, and no year before it is open', () => {
	const years = [
		{ year: 2024, closed: true },
		{ year: 2025, closed: false },
		{ year: 2026, closed: false },
		{ year: 2027, closed: false }
	];
	expect(years.filter((one) => mayClose(one.year, 2027, years)).map((one) => one.year)).toEqual([2025]);
	expect(mayClose(2023, 2027, years)).toBe(false);
	const later = years.map((one) => ({ ...one, closed: one.year <= 2025 }));
	expect(later.filter((one) => mayClose(one.year, 2027, later)).map((one) => one.year)).toEqual([2026]);
});

test('what one year closes with, the next one opens with; journals that sum to zero leave no difference', () =>
	fc.assert(
		fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 20 }), fc.integer(), (moves, opening) => {
			const line = (account: string, sign: 1 | -1) => ({
				...{ account, team: null, organisation: null, openingCents: sign * opening },
				debitCents: moves.reduce((sum, cents) => sum + Math.max(0, sign * cents), 0),
				creditCents: moves.reduce((sum, cents) => sum + Math.max(0, -sign * cents), 0)
			});
			const lines = [line('cash', 1), line('contributions', -1)];
			expect(differenceCents(lines)).toBe(0);
			expect(lines.reduce((sum, one) => sum + closingCents(one), 0)).toBe(0);
		})
	));
