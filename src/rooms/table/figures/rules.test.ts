import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseOutcomes } from '#rooms/cases/rules.ts';
import { countWithoutMoney } from './rules.ts';

test('a share is of what was helped, and is shown from three cases on', () => {
	const rows = (helped: number, without: number) => [
		{ state: 'closed', outcome: 'helped', cases: helped } as const,
		{ state: 'closed', outcome: 'helped_without_money', cases: without } as const,
		{ state: 'closed', outcome: 'referred', cases: 7 } as const,
		{ state: 'reopened', outcome: null, cases: 5 } as const
	];
	expect(countWithoutMoney(rows(6, 3))).toEqual({ withoutMoney: 3, helped: 9, share: 1 / 3 });
	expect(countWithoutMoney(rows(1, 1)).share).toBeNull();
	expect(countWithoutMoney([])).toEqual({ withoutMoney: 0, helped: 0, share: null });
});

test('it never passes one, and never counts what is not closed', () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.record({
					state: fc.constantFrom('open', 'running', 'closed', 'reopened'),
					outcome: fc.constantFrom(...caseOutcomes),
					cases: fc.nat()
				})
			),
			(rows) => {
				const { withoutMoney, helped, share } = countWithoutMoney(rows);
				expect(withoutMoney).toBeLessThanOrEqual(helped);
				expect(share === null || (share >= 0 && share <= 1)).toBe(true);
				expect(helped).toBeLessThanOrEqual(rows.filter((row) => row.state === 'closed').reduce((sum, row) => sum + row.cases, 0));
			}
		)
	);
});
