import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fit } from '../matching/rules.ts';
import { firstProposed, mostProposed, phrasesOf, profileKinds, propose, rank, turnOf } from './rules.ts';
import type { Candidate, ProfileKind } from './rules.ts';

const fitOf: fc.Arbitrary<Fit<ProfileKind>> = fc
	.record({
		kind: fc.constantFrom(...profileKinds),
		phrase: fc.string({ minLength: 1, maxLength: 12 }),
		parts: fc.dictionary(fc.constantFrom('w:huur', 'w:schuld', 'c:schulden', 'c:wonen'), fc.double({ min: 0.01, max: 1, noNaN: true }), {
			minKeys: 1
		})
	})
	.map(({ kind, phrase, parts }) => ({
		...{ kind, phrase, said: null, parts: new Map(Object.entries(parts)) },
		strength: Object.values(parts).reduce((sum, value) => sum + value, 0)
	}));
const organisations = ['own', 'kade', 'wijkteam', 'gemeente'] as const;
const candidatesOf = fc
	.uniqueArray(
		fc.record({
			id: fc.integer({ min: 0, max: 999 }),
			organisationId: fc.constantFrom(...organisations),
			asks: fc.integer({ min: 0, max: 9 }),
			stale: fc.boolean(),
			fits: fc.array(fitOf, { maxLength: 5 })
		}),
		{ selector: (entry) => entry.id, maxLength: 20 }
	)
	.map((entries) =>
		entries.map(({ id, ...entry }): Candidate => ({ ...entry, personId: `p${id}`, membershipId: `m${String(id).padStart(3, '0')}` }))
	);
const ids = (list: readonly { membershipId: string }[]): string[] => list.map((entry) => entry.membershipId);
const fit = (kind: ProfileKind, strength: number, part = 'w:huurschuld', phrase = 'huurschuld'): Fit<ProfileKind> => ({
	...{ kind, phrase, strength, said: null, parts: new Map([[part, strength]]) }
});
const someone = (membershipId: string, more: Partial<Candidate> = {}): Candidate => ({
	...{ personId: `p-${membershipId}`, membershipId, organisationId: 'kade', asks: 0, stale: false, fits: [fit('topics', 1)] },
	...more
});
const ranked = (list: readonly Candidate[], seed = 'casus') => rank(list, seed, 0.3);

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
					expect(ids(ranked(renamed))).toEqual(ids(ranked(list)));
					expect(propose(ranked(shuffled), 'own')).toEqual(propose(ranked(list), 'own'));
				}
			)
		);
	});

	test('leaves nobody out who answers enough, and names nobody who does not', () => {
		fc.assert(
			fc.property(candidatesOf, (list) => {
				const enough = list.filter(({ fits }) => {
					const best = new Map<string, number>();
					for (const { kind, parts } of fits)
						if (kind !== 'languages' && kind !== 'area')
							for (const [part, value] of parts) best.set(part, Math.max(best.get(part) ?? 0, value));
					return best.size > 0 && [...best.values()].reduce((sum, value) => sum + value, 0) >= 0.3;
				});
				expect(ids(ranked(list)).toSorted()).toEqual(ids(enough).toSorted());
			})
		);
	});

	test('puts who was asked more often lower, all else alike; and who did not look at their profile for a year', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (asks, more) => {
				expect(ids(ranked([someone('a', { asks: asks + more }), someone('b', { asks })]))).toEqual(['b', 'a']);
			})
		);
		expect(ids(ranked([someone('a', { stale: true }), someone('b')]))).toEqual(['b', 'a']);
	});

	test('lets equals come first in turns, the same for the same question', () => {
		const equals = ['a', 'b', 'c'].map((id) => someone(id));
		const first = new Set(Array.from({ length: 40 }, (_, at) => ids(ranked(equals, `casus ${at}`))[0]));
		expect([...first].toSorted()).toEqual(['a', 'b', 'c']);
		expect(turnOf('casus', 'a')).toBe(turnOf('casus', 'a'));
	});

	test('brings who answers the other need forward of who answers the same once more', () => {
		const both = [
			someone('huur-1', { fits: [fit('topics', 1, 'c:huur')] }),
			someone('huur-2', { fits: [fit('topics', 0.95, 'c:huur')] }),
			someone('school', { fits: [fit('topics', 0.6, 'c:school')] })
		];
		expect(ids(ranked(both))).toEqual(['huur-1', 'school', 'huur-2']);
	});

	test('counts what was lived through as much as what was learned', () => {
		expect(ranked([someone('b', { fits: [fit('lived_experience', 1)] })])[0]?.score).toBe(ranked([someone('a')])[0]?.score);
	});

	test('leaves out who shares nothing, or only a language or a neighbourhood', () => {
		const only = (kind: ProfileKind) => someone(kind, { fits: [fit(kind, 1)] });
		expect(ranked([only('languages'), only('area'), someone('none', { fits: [] })])).toEqual([]);
		expect(ids(ranked([only('schemes')]))).toEqual(['schemes']);
	});

	test('says why, best first, each with its own words', () => {
		const [proposal] = ranked([
			someone('a', {
				fits: [
					fit('schemes', 0.5, 'c:a', 'bijzondere bijstand'),
					fit('schemes', 1, 'c:b', 'briefadres'),
					fit('area', 0.1, 'w:noord', 'Noord')
				]
			})
		]);
		expect(proposal).toMatchObject({
			reason: 'schemes',
			why: [
				{ kind: 'schemes', phrases: [{ phrase: 'briefadres' }, { phrase: 'bijzondere bijstand' }] },
				{ kind: 'area', phrases: [{ phrase: 'Noord' }] }
			]
		});
	});
});

describe('the list', () => {
	test('holds for at least half others than the own organisation, where there are so many; so do those asked at once', () => {
		fc.assert(
			fc.property(candidatesOf, (list) => {
				const all = ranked(list);
				const proposed = propose(all, 'own');
				const others = (entries: readonly { organisationId: string }[]) => entries.filter((entry) => entry.organisationId !== 'own').length;
				const available = others(all);
				const first = proposed.slice(0, firstProposed);
				expect(others(first)).toBeGreaterThanOrEqual(Math.min(Math.ceil(first.length / 2), available));
				expect(others(proposed)).toBeGreaterThanOrEqual(Math.min(Math.ceil(proposed.length / 2), available));
				expect(proposed.length).toBe(Math.min(mostProposed, all.length));
				expect(new Set(ids(proposed)).size).toBe(proposed.length);
			})
		);
	});

	test('does not leave the best of the own organisation out for it', () => {
		const own = someone('own', { organisationId: 'own' });
		const weak = (id: string, part: string) => someone(id, { fits: [fit('topics', 0.5, part)] });
		expect(ids(propose(ranked([weak('x', 'c:x'), weak('y', 'c:y'), own]), 'own'))).toContain('own');
	});
});

test('phrases stand between commas, semicolons, full stops and line ends; each once', () => {
	expect(phrasesOf('Briefadres, bijzondere bijstand;\n• Briefadres. a')).toEqual(['Briefadres', 'bijzondere bijstand']);
});
