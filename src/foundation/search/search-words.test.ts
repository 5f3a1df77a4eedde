import { describe, expect, test } from 'vitest';
import { queryWords, searchableText } from './search-words.ts';

describe('words for searching', () => {
	test('are folded alike in texts and in queries', () => {
		expect(searchableText("Één café, in 's-Hertogenbosch; ĲSBAAN").text).toBe('een cafe in s hertogenbosch ijsbaan');
		expect(queryWords('Café  cafe CAFÉ ijsbaan')).toEqual(['cafe', 'ijsbaan']);
	});

	test('other scripts stay words', () => {
		expect(queryWords('мама日本 ٣')).toEqual(['мама日本', '٣']);
	});

	test.each(['', '   ', "'", '\\', ':*', '& | !', '<->', '\u0000', '🙂', '%_', '()'])('%j is nothing to search for', (query) => {
		expect(queryWords(query)).toEqual([]);
	});

	test('a query of 100 kB is cut, and so is one endless word', () => {
		expect(queryWords('woord '.repeat(20_000))).toEqual(['woord']);
		expect(queryWords(Array.from({ length: 500 }, (_, n) => `w${n}`).join(' '))).toHaveLength(8);
		expect(queryWords('a'.repeat(100_000))).toEqual(['a'.repeat(60)]);
	});

	test('a sign that unfolds into many letters does not make a text too long to index', () => {
		const { text, folded } = searchableText('\ufdfa'.repeat(100_000));
		expect(text.length).toBeLessThanOrEqual(100_000);
		expect(folded.length).toBeLessThanOrEqual(4_000);
	});

	test('for comparing letter by letter a word stands there once', () => {
		expect(searchableText('Ja ja, nee! '.repeat(1000)).folded).toBe('ja nee');
		expect(searchableText(Array.from({ length: 9000 }, (_, n) => `w${n}`).join(' ')).folded).toHaveLength(4000);
	});
});
