import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHollow, isPart, lexiconOf, markConcepts, nearest, parseThesaurus, partsOf, stepsBetween, wordsIn } from './rules.ts';
import type { Token } from './rules.ts';

const file = readFileSync('database/data/thesaurus-nl.csv', 'utf8');
const concepts = parseThesaurus(file);
const small = new Set(['niet', 'zonder', 'de', 'het', 'een', 'op', 'haar', 'van']);
/** Words as they are, without stems: those are PostgreSQL's. */
const tokensOf = (text: string): Token[] =>
	wordsIn(text).map((word) => ({ stem: word, word, role: small.has(word) ? 'small' : isHollow(word) ? 'hollow' : 'full' }));
const lexicon = lexiconOf(concepts, tokensOf);
const marks = (text: string) =>
	new Map(markConcepts(tokensOf(text), lexicon, { forgiving: true }).map(({ concept, weight }) => [concept, weight]));

describe('the thesaurus of the field', () => {
	test('is whole: each concept is called something and says what it is for; where to turn has a source and a day', () => {
		expect(concepts.length).toBeGreaterThan(75);
		// The page where a thing is added stands at that word.
		expect(concepts.map(({ concept }) => concept)).not.toContain('nieuw');
		for (const { labels, turnTo } of concepts) {
			expect(labels[0]?.register).toBe('formal');
			if (turnTo) expect(`${turnTo.url} ${turnTo.asOf}`).toMatch(/^https:\/\/\S+ \d{4}-\d{2}-\d{2}$/);
		}
	});

	test('tells adopting from caring for the child of another', () => {
		expect([...marks('Zij willen een kind adopteren').keys()]).toContain('adoptie');
		const foster = [...marks('Hun pleegkind wordt achttien').keys()];
		expect(foster).toContain('pleegzorg');
		expect(foster).not.toContain('adoptie');
	});

	test.each([
		['another column', file.replace('concept;', 'code;')],
		['a code twice', `${file}${file.split('\n')[1]}\n`],
		['a part of what is not there', `${file}nieuw;rule;nergens;nieuw;;;;Iets nieuws.;;;\n`],
		['a place to turn to without a day', `${file}nieuw;rule;;nieuw;;;;Iets nieuws.;Iemand;https://voorbeeld.example;\n`],
		['a code of a network', `${file}own_x;rule;;nieuw;;;;Iets nieuws.;;;\n`],
		['a kind of its own', `${file}nieuw;idee;;nieuw;;;;Iets nieuws.;;;\n`]
	])('with %s is refused', (_, text) => {
		expect(() => parseThesaurus(text)).toThrow(RangeError);
	});
});

describe('what a text is about', () => {
	test('is found by formal, everyday, short and English words, with typing mistakes, and by words written apart', () => {
		expect(marks('huursubsidie').get('huurtoeslag')).toBeCloseTo(0.9);
		expect(marks('bvv').get('beslag')).toBe(1);
		expect(marks('stairlift').get('woningaanpassing')).toBeCloseTo(0.9);
		expect(marks('breifadres').get('briefadres')).toBeGreaterThan(0.5);
		expect(marks('leerlingen vervoer').get('leerlingenvervoer')).toBe(1);
		expect(marks('energieleverancier').get('energie') ?? 0).toBeLessThan(0.8);
	});

	test('by words a little apart, in any order, and not by one of them alone', () => {
		expect(marks('op de trap kan mevrouw niet meer komen').has('woningaanpassing')).toBe(true);
		expect(marks('persoonsgebonden').has('pgb')).toBe(false);
		expect(marks('persoonsgebonden en gisteren ook nog een heel ander budget').has('pgb')).toBe(false);
	});

	test('a small word counts: "zonder papieren" is not "papieren"', () => {
		expect(marks('zonder papieren').get('ongedocumenteerd')).toBeCloseTo(0.9);
		expect(marks('papieren').get('ongedocumenteerd')).toBeLessThan(0.5);
	});

	test('each once, whatever is written', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('huur', 'schuld', 'zonder', 'papieren', 'bb', 'trap', 'op', 'xq', 'urgensie'), { maxLength: 30 }),
				(words) => {
					const found = markConcepts(tokensOf(words.join(' ')), lexicon, { forgiving: true });
					expect(new Set(found.map(({ concept }) => concept)).size).toBe(found.length);
					for (const { weight } of found) expect(weight > 0 && weight <= 1).toBe(true);
				}
			)
		);
	});
});

test('a part of a compound is one of its parts, and nothing else', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('energierekening', 'huurschuld', 'schuld', 'energie', 'rekening', 'zorg', 'verzorgd'),
			fc.string(),
			(whole, any) => {
				for (const part of [any, 'energie', 'schuld', 'rekening', 'zorg', ...partsOf(whole)])
					expect(isPart(whole, part)).toBe(partsOf(whole).includes(part));
			}
		)
	);
	expect(isPart('huurschuld', 'schuld')).toBe(true);
});

describe('spelling', () => {
	test('a letter more, less, other or swapped is one step', () => {
		expect(
			['briefadre', 'briefadress', 'briefedres', 'breifadres', 'briefadres'].map((word) => stepsBetween(word, 'briefadres', 3))
		).toEqual([...[1, 1, 1, 1, 0]]);
		expect(stepsBetween('huur', 'schuld', 2)).toBeGreaterThan(2);
	});

	test('takes what is nearest, the same in any order', () => {
		const known = ['urgentie', 'respijtzorg', 'schimmel', 'schimmen'];
		fc.assert(
			fc.property(fc.shuffledSubarray(known, { minLength: 4 }), (order) => {
				expect(nearest('urgensie', order)).toBe('urgentie');
				expect(nearest('schimel', order)).toBe('schimmel');
				expect(nearest('tuinieren', order)).toBeNull();
			})
		);
	});
});
