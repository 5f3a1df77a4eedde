import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTold, isToldAnew, mayConfirmPage, pageState, publicFigures, returnsCounted } from './rules.ts';

describe('a figure for everyone', () => {
	const plain = { low: null, high: null };

	test('is rounded down: counts to fives, money to hundreds of euros, what is per euro to tenths', () => {
		expect(asTold({ what: 'helped', counted: 34, amount: 34, ...plain })).toMatchObject({ counted: 34, amount: 30 });
		expect(asTold({ what: 'paid', counted: 9, amount: 1_249_999, ...plain }).amount).toBe(1_240_000);
		expect(asTold({ what: 'net', counted: 12, amount: 823, low: 400, high: 1310 })).toMatchObject({ amount: 820, low: 400, high: 1310 });
		expect(asTold({ what: 'net', counted: 12, amount: 805, low: 409, high: 1301 })).toMatchObject({ amount: 800, low: 400, high: 1310 });
	});

	test('tells of nothing under five, however cases come and go and whenever one looks', () => {
		fc.assert(
			fc.property(fc.constantFrom(...publicFigures), fc.array(fc.integer({ min: -6, max: 9 }), { maxLength: 60 }), (what, quarters) => {
				let counted = 0;
				let last: number | null = null;
				for (const change of quarters) {
					counted = Math.max(0, counted + change);
					if (!isToldAnew(counted, last)) continue;
					expect(counted).toBeGreaterThanOrEqual(5);
					if (last !== null) expect(Math.abs(counted - last)).toBeGreaterThanOrEqual(5);
					expect(asTold({ what, counted, amount: counted, ...plain }).amount).toBeLessThanOrEqual(counted);
					last = counted;
				}
				// One case more or fewer than when it was told changes nothing.
				if (last !== null) for (const one of [-1, 1]) expect(isToldAnew(last + one, last)).toBe(false);
			})
		);
	});
});

describe('what was realised per euro', () => {
	const way = (perEuro: number | null) => ({ perEuro, low: 1, high: 9, benefitCents: 0, costCents: 0 });
	const ways = { fundOnly: way(23.5), adjusted: way(8.23), full: way(3) };

	test('is told from ten cases on that were followed up, the three ways together or not at all', () => {
		expect(returnsCounted(9, 9, ways)).toEqual([]);
		expect(returnsCounted(8, 10, ways).map(({ what, amount, low, high }) => [what, amount, low, high])).toEqual([
			['net', 823, 100, 900],
			['full', 300, 100, 900],
			['gross', 2350, 100, 900]
		]);
		expect(new Set(returnsCounted(8, 10, ways).map(({ counted }) => counted))).toEqual(new Set([8]));
		expect(returnsCounted(10, 10, { ...ways, full: way(null) })).toEqual([]);
	});
});

describe('the page', () => {
	test('is open by its newest step alone', () => {
		expect(pageState(undefined)).toBe('closed');
		expect(pageState({ wanted: true, answer: null })).toBe('proposed');
		expect(pageState({ wanted: true, answer: 'confirmed' })).toBe('open');
		expect(pageState({ wanted: true, answer: 'declined' })).toBe('closed');
		expect(pageState({ wanted: false, answer: null })).toBe('closed');
	});

	test('is confirmed by who governs or administers another organisation', () => {
		const proposed = { personId: 'p', organisationId: 'kade' };
		const other = { personId: 'q', organisationId: 'stad', roles: ['governor'] } as const;
		expect(mayConfirmPage(proposed, other)).toBe(true);
		expect(mayConfirmPage(proposed, { ...other, roles: ['facilitator'] })).toBe(false);
		expect(mayConfirmPage(proposed, { ...other, organisationId: 'kade' })).toBe(false);
		expect(mayConfirmPage(proposed, { ...other, personId: 'p' })).toBe(false);
	});
});
