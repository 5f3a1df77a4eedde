import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldBalances, isBalanced, isSound, originOf } from './rules.ts';

const line = fc.record({ accountId: fc.constantFrom('a', 'b', 'c'), amountCents: fc.integer({ min: -1_000_000, max: 1_000_000 }) });

describe('a journal', () => {
	test('balances when its lines cancel out, and not when a cent is missing', () =>
		fc.assert(
			fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
				const rest = -lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
				expect(isBalanced([...lines, { accountId: 'd', amountCents: rest }])).toBe(true);
				expect(isBalanced([...lines, { accountId: 'd', amountCents: rest + 1 }])).toBe(false);
			})
		));
	test('with one line balances nothing', () => expect(isBalanced([{ accountId: 'a', amountCents: 0 }])).toBe(false));
});

describe('balances', () => {
	test('do not depend on the order of the postings, and sum to what the postings sum to', () =>
		fc.assert(
			fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
				const balances = foldBalances(lines);
				expect(Object.fromEntries(foldBalances(lines.toReversed()))).toEqual(Object.fromEntries(balances));
				expect([...balances.values()].reduce((sum, cents) => sum + cents, 0)).toBe(lines.reduce((sum, l) => sum + l.amountCents, 0));
			})
		));
	test('out of the range of whole cents are no balances', () =>
		expect(() =>
			foldBalances([
				{ accountId: 'a', amountCents: Number.MAX_SAFE_INTEGER },
				{ accountId: 'a', amountCents: 1 }
			])
		).toThrow(RangeError));
});

test.each(['unbalanced', 'uncovered', 'astray'] as const)('a check that found something %s is not sound', (what) => {
	const sound = { at: new Date(0), journals: 3, unbalanced: 0, uncovered: 0, astray: 0 };
	expect(isSound(sound)).toBe(true);
	expect(isSound({ ...sound, [what]: 1 })).toBe(false);
});

describe('where a journal came from', () => {
	const nothing = { reverses: null, requestId: null, paymentId: null, claimId: null, contributionId: null, fundingId: null };
	test('leads to what it was booked from, and what takes back to what was taken back', () => {
		expect(originOf({ ...nothing, requestId: 'r', paymentId: 'p' })).toEqual({ of: 'payment', path: '/pot/aanvraag/r#betaling-p' });
		expect(originOf({ ...nothing, requestId: 'r' })).toEqual({ of: 'request', path: '/pot/aanvraag/r' });
		expect(originOf({ ...nothing, claimId: 'c' })).toEqual({ of: 'claim', path: '/pot/terugbetalen#c' });
		expect(originOf({ ...nothing, contributionId: 'b' })).toEqual({ of: 'contribution', path: '/pot/bijdragen#b' });
		expect(originOf({ ...nothing, fundingId: 'f' })).toEqual({ of: 'funding', path: '/pot/teams' });
		expect(originOf({ ...nothing, reverses: 'j', requestId: 'r', paymentId: 'p' })).toEqual({
			of: 'journal',
			path: '/pot?boeking=j#boeking-j'
		});
		expect(originOf(nothing)).toBeNull();
	});
});
