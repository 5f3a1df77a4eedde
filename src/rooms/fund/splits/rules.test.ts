import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharesOf, staysCents } from './rules.ts';
import type { SplitParty } from './rules.ts';

const party = (organisationId: string, bound = true, weight = 1): SplitParty => ({ organisationId, weight, bound });
const owed = (parties: readonly SplitParty[], cents = 100_00) => sharesOf(cents, parties).map((share) => share.owesCents);

/** Any parties, at least one of whom weighs something. */
const anyParties = fc
	.array(fc.record({ weight: fc.integer({ min: 0, max: 1_000_000 }), bound: fc.boolean() }), { minLength: 1, maxLength: 12 })
	.filter((list) => list.some((one) => one.weight > 0))
	.map((list) => list.map((one, index) => ({ organisationId: String(index), ...one })));
const anyCents = fc.integer({ min: 1, max: 10_000_000 });

describe('sharing what the pot paid', () => {
	test('100.00 over three is 33.34, 33.33, 33.33', () => expect(owed([party('a'), party('b'), party('c')])).toEqual([3334, 3333, 3333]));

	test('of three of whom one did not accept, the other two pay their own third, and the rest stays with the pot', () => {
		const shares = sharesOf(100_00, [party('a'), party('b', false), party('c')]);
		expect(shares.map((share) => share.owesCents)).toEqual([3334, 0, 3333]);
		expect(staysCents(shares)).toBe(3333);
	});

	test('by what each put in: who put in nothing pays nothing', () =>
		expect(owed([party('a', true, 200_00), party('b', true, 100_00), party('c', true, 0)], 90_00)).toEqual([60_00, 30_00, 0]));

	test('over nobody, or over who put in nothing, is nothing', () => {
		expect(sharesOf(100, [party('a', true, 0)])).toEqual([]);
		expect(sharesOf(100, [])).toEqual([]);
	});

	test('what is owed and what stays are the whole, to the cent, whoever accepted', () =>
		fc.assert(
			fc.property(anyCents, anyParties, (cents, parties) => {
				const shares = sharesOf(cents, parties);
				expect(shares.reduce((sum, share) => sum + share.owesCents, 0) + staysCents(shares)).toBe(cents);
			})
		));

	test('nobody owes anything without having accepted, and nobody owes more because another did not', () =>
		fc.assert(
			fc.property(anyCents, anyParties, (cents, parties) => {
				const all = sharesOf(
					cents,
					parties.map((one) => ({ ...one, bound: true }))
				);
				for (const [index, share] of sharesOf(cents, parties).entries())
					expect(share.owesCents).toBe(parties[index]?.bound === true ? all[index]?.owesCents : 0);
			})
		));

	test('no part is larger than its share, rounded up to a cent', () =>
		fc.assert(
			fc.property(anyCents, anyParties, (cents, parties) => {
				const total = parties.reduce((sum, one) => sum + BigInt(one.weight), 0n);
				for (const [index, share] of sharesOf(cents, parties).entries())
					expect(BigInt(share.partCents) * total < BigInt(cents) * BigInt(parties[index]?.weight ?? 0) + total).toBe(true);
			})
		));

	test('who joins makes nobody’s equal part larger', () =>
		fc.assert(
			fc.property(anyCents, fc.integer({ min: 1, max: 12 }), fc.nat(12), (cents, many, place) => {
				const before = Array.from({ length: many }, (_, index) => party(String(index)));
				const after = before.toSpliced(Math.min(place, many), 0, party('new'));
				const parts = new Map(sharesOf(cents, after).map((share) => [share.organisationId, share.partCents]));
				for (const share of sharesOf(cents, before)) expect(parts.get(share.organisationId)).toBeLessThanOrEqual(share.partCents);
			})
		));
});
