import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseThesaurus } from '../rules.ts';
import { findConcepts, inUse, nameOf } from './rules.ts';

const concepts = parseThesaurus(readFileSync('database/data/thesaurus-nl.csv', 'utf8'));

test('what is found by is what stands, and nothing is part of what was put aside', () => {
	const kept = concepts.map((entry) => ({ ...entry, conceptId: null, retired: false, aside: [], formerly: [] }));
	fc.assert(
		fc.property(fc.subarray(concepts.map(({ concept }) => concept)), (gone) => {
			const standing = inUse(kept.map((entry) => ({ ...entry, retired: gone.includes(entry.concept) })));
			const codes = standing.map(({ concept }) => concept);
			expect(codes).toEqual(concepts.map(({ concept }) => concept).filter((concept) => !gone.includes(concept)));
			expect(standing.flatMap(({ broader }) => broader).filter((code) => !codes.includes(code))).toEqual([]);
		})
	);
	expect(inUse(kept)).toEqual(kept);
});

test('a word that was put aside still finds its thing on the page of words', () => {
	const [first] = concepts;
	if (!first) throw new Error('no concepts');
	const aside = {
		...first,
		conceptId: null,
		retired: true,
		labels: [],
		aside: first.labels,
		formerly: [{ text: 'havenpotje', register: 'everyday' as const }]
	};
	expect([
		nameOf(aside),
		...findConcepts([aside], 'HAVENPOTJE').map(nameOf),
		...findConcepts([aside], first.labels[0]?.text ?? '').map(nameOf)
	]).toEqual(Array.from({ length: 3 }, () => first.labels[0]?.text));
	expect(findConcepts([aside], 'nergens')).toEqual([]);
});
