import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstProposed, mostProposed, phrasesOf, profileKinds, propose, rank, strengthOf } from './rules.ts';
import type { Candidate, Match } from './rules.ts';

const matchOf: fc.Arbitrary<Match> = fc.record({
	kind: fc.constantFrom(...profileKinds),
	phrase: fc.string({ minLength: 1, maxLength: 12 }),
	stems: fc.integer({ min: 0, max: 8 }),
	found: fc.integer({ min: 0, max: 8 }),
	similarity: fc.double({ min: 0, max: 1, noNaN: true })
});
const organisations = ['own', 'kade', 'wijkteam', 'gemeente'] as const;
const candidatesOf = fc
	.uniqueArray(
		fc.record({
			id: fc.integer({ min: 0, max: 999 }),
			organisationId: fc.constantFrom(...organisations),
			asks: fc.integer({ min: 0, max: 9 }),
			matches: fc.array(matchOf, { maxLength: 5 })
		}),
		{ selector: (entry) => entry.id, maxLength: 20 }
	)
	.map((entries) =>
		entries.map(({ id, ...entry }): Candidate => ({ ...entry, personId: `p${id}`, membershipId: `m${String(id).padStart(3, '0')}` }))
	);
const ids = (list: readonly { membershipId: string }[]): string[] => list.map((entry) => entry.membershipId);

const someone = (membershipId: string, more: Partial<Candidate> = {}): Candidate => ({
	...{ personId: `p-${membershipId}`, membershipId, organisationId: 'kade', asks: 0 },
	matches: [{ kind: 'topics', phrase: 'huurschuld', stems: 1, found: 1, similarity: 1 }],
	...more
});

describe('ranking', () => {
	test('does not depend on the order in which profiles come, nor on who works where', () => {
		fc.assert(
			fc.property(
				candidatesOf.chain((list) =>
					fc.tuple(
						fc.constant(list),
						fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
						fc.shuffledSubarray([...organisations], { minLength: organisations.length, maxLength: organisations.length })
					)
				),
				([list, shuffled, permuted]) => {
					const renamed = shuffled.map((entry) => ({
						...entry,
						organisationId: permuted[organisations.indexOf(entry.organisationId as (typeof organisations)[number])] ?? ''
					}));
					expect(ids(rank(renamed))).toEqual(ids(rank(list)));
					expect(propose(shuffled, 'own')).toEqual(propose(list, 'own'));
				}
			)
		);
	});

	test('puts who was asked more often lower, all else alike', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (asks, more) => {
				expect(ids(rank([someone('a', { asks: asks + more }), someone('b', { asks })]))).toEqual(['b', 'a']);
			})
		);
	});

	test('counts what was lived through as much as what was learned', () => {
		const lived = someone('b', { matches: [{ kind: 'lived_experience', phrase: 'huurschuld', stems: 1, found: 1, similarity: 1 }] });
		expect(rank([lived])[0]?.score).toBe(rank([someone('a')])[0]?.score);
	});

	test('leaves out who shares nothing, or only a language or a neighbourhood', () => {
		const only = (kind: Match['kind'], found: number) =>
			someone(kind, { matches: [{ kind, phrase: 'x', stems: 1, found, similarity: found }] });
		expect(rank([only('languages', 1), only('area', 1), only('topics', 0)])).toEqual([]);
		expect(ids(rank([only('schemes', 1)]))).toEqual(['schemes']);
	});

	test('says why, best first, each with its own words', () => {
		const [proposal] = rank([
			someone('a', {
				matches: [
					{ kind: 'schemes', phrase: 'bijzondere bijstand', stems: 2, found: 1, similarity: 0.4 },
					{ kind: 'schemes', phrase: 'briefadres', stems: 1, found: 1, similarity: 1 },
					{ kind: 'topics', phrase: 'tuinieren', stems: 1, found: 0, similarity: 0.1 }
				]
			})
		]);
		expect(proposal).toMatchObject({ reason: 'schemes', why: [{ kind: 'schemes', phrases: ['briefadres', 'bijzondere bijstand'] }] });
	});
});

describe('the list', () => {
	test('holds for at least half others than the own organisation, where there are so many; so do those asked at once', () => {
		fc.assert(
			fc.property(candidatesOf, (list) => {
				const ranked = rank(list);
				const proposed = propose(list, 'own');
				const others = (entries: readonly { organisationId: string }[]) => entries.filter((entry) => entry.organisationId !== 'own').length;
				const available = others(ranked);
				const first = proposed.slice(0, firstProposed);
				expect(others(first)).toBeGreaterThanOrEqual(Math.min(Math.ceil(first.length / 2), available));
				expect(others(proposed)).toBeGreaterThanOrEqual(Math.min(Math.ceil(proposed.length / 2), available));
				expect(proposed.length).toBe(Math.min(mostProposed, ranked.length));
				expect(new Set(ids(proposed)).size).toBe(proposed.length);
			})
		);
	});

	test('does not leave the best of the own organisation out for it', () => {
		const own = someone('own', { organisationId: 'own' });
		const weak = (id: string) => someone(id, { matches: [{ kind: 'topics', phrase: 'schuld', stems: 2, found: 1, similarity: 0.2 }] });
		expect(ids(propose([weak('x'), weak('y'), own], 'own'))).toEqual(['own', 'x', 'y']);
	});
});

test('a phrase is strong by its stems or its letters, a story by how many stems it shares', () => {
	expect(strengthOf({ stems: 1, found: 1, similarity: 1 })).toBe(1);
	expect(strengthOf({ stems: 2, found: 1, similarity: 0 })).toBe(0.5);
	expect(strengthOf({ stems: 3, found: 1, similarity: 0.5 })).toBe(0);
	expect(strengthOf({ stems: 1, found: 0, similarity: 0.7 })).toBeCloseTo(0.63);
	expect(strengthOf({ stems: 12, found: 1, similarity: 1 })).toBe(0);
	expect(strengthOf({ stems: 12, found: 3, similarity: 0 })).toBe(0.75);
});

test('phrases stand between commas, semicolons, full stops and line ends; each once', () => {
	expect(phrasesOf('Briefadres, bijzondere bijstand;\n• Briefadres. ab')).toEqual(['Briefadres', 'bijzondere bijstand']);
});
