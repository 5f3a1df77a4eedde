import { foldName } from '../text/name-sort.ts';

/** Longest text that is indexed and longest query that is read, in characters; the rest is left out. */
const longestText = 100_000;
const longestQuery = 1_000;
/** Most words of a query that count, and the length at which a word is cut off. */
const mostWords = 8;
const longestWord = 60;

/** How many characters of different words can be searched for typing mistakes: comparing costs time with every letter. */
const longestFolded = 4_000;

const wordsOf = (text: string): string[] => foldName(text).match(/[\p{L}\p{N}]+/gu) ?? [];

export interface SearchableText {
	/** Folded words for full-text search. */
	readonly text: string;
	/** The different words among them, as many as fit, for comparing letter by letter. */
	readonly folded: string;
}

/** A text as it goes into the index: small letters, no accents, words with one space between them. */
export function searchableText(text: string): SearchableText {
	const words = wordsOf(text.slice(0, longestText));
	return { text: words.join(' ').slice(0, longestText), folded: [...new Set(words)].join(' ').slice(0, longestFolded) };
}

/** The words of a query, folded alike; each once. Empty when there is nothing to search for. */
export function queryWords(query: string): readonly string[] {
	// A long query is cut between two words.
	const asked = query.length > longestQuery ? query.slice(0, longestQuery).replace(/(?<=\s)\S*$/, '') : query;
	const words = wordsOf(asked).map((word) => [...word].slice(0, longestWord).join(''));
	return [...new Set(words)].slice(0, mostWords);
}
