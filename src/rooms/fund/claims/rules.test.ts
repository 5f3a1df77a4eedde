import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldClaim, splitOver } from './rules.ts';

const party = (organisationId: string, weight = 1, depositCents = 0) => ({ organisationId, weight, depositCents });

describe('sharing what the pot paid', () => {
	test('100.00 over three is 33.34, 33.33, 33.33', () =>
		expect(splitOver('equal', 100_00, [party('a'), party('b'), party('c')]).map((part) => part.amountCents)).toEqual([3334, 3333, 3333]));
	test('by what each put in: who put in nothing pays nothing', () =>
		expect(splitOver('by_deposit', 90_00, [party('a', 1, 200_00), party('b', 1, 100_00), party('c')])).toEqual([
			{ organisationId: 'a', amountCents: 60_00 },
			{ organisationId: 'b', amountCents: 30_00 }
		]));
	test('over nobody, or over who put in nothing, is no claim', () => {
		expect(splitOver('by_deposit', 100, [party('a')])).toEqual([]);
		expect(splitOver('equal', 100, [])).toEqual([]);
	});
	test('sums to the whole, whatever the weights', () =>
		fc.assert(
			fc.property(
				fc.constantFrom('equal' as const, 'by_deposit' as const, 'agreed' as const),
				fc.integer({ min: 1, max: 10_000_000 }),
				fc.array(fc.record({ weight: fc.integer({ min: 1, max: 1000 }), depositCents: fc.integer({ min: 1, max: 1_000_000 }) }), {
					minLength: 1,
					maxLength: 12
				}),
				(kind, cents, parties) => {
					const parts = splitOver(
						kind,
						cents,
						parties.map((one, index) => ({ organisationId: String(index), ...one }))
					);
					expect(parts.reduce((sum, part) => sum + part.amountCents, 0)).toBe(cents);
				}
			)
		));
});

describe('a claim', () => {
	test('is owed from the day it is accepted, until it is paid or written off', () => {
		expect(foldClaim(100, [])).toEqual({ state: 'proposed', openCents: 0 });
		expect(foldClaim(100, [{ kind: 'declined', amountCents: null }])).toEqual({ state: 'declined', openCents: 0 });
		const accepted = { kind: 'accepted', amountCents: null } as const;
		expect(foldClaim(100, [accepted])).toEqual({ state: 'accepted', openCents: 100 });
		expect(foldClaim(100, [accepted, { kind: 'paid', amountCents: 40 }])).toEqual({ state: 'accepted', openCents: 60 });
		expect(foldClaim(100, [accepted, { kind: 'paid', amountCents: 40 }, { kind: 'written_off', amountCents: 60 }])).toEqual({
			state: 'written_off',
			openCents: 0
		});
		expect(foldClaim(100, [accepted, { kind: 'paid', amountCents: 100 }])).toEqual({ state: 'paid', openCents: 0 });
	});
});
