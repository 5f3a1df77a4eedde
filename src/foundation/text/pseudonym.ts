import { adjectives, nouns } from './pseudonym-words.ts';

/** Draws of a pair, and then of a triple, before giving up. A network with half of all pairs taken misses all of the first in 1 of 4 billion. */
const pairDraws = 32;
const tripleDraws = 1000;

/**
 * A pseudonym of sayable Dutch words for a case without a name: "Zilveren Reiger". It says nothing about the person, and is not in `taken`
 * (the pseudonyms of the network). In a crowded network it has a third word: "Stille Zilveren Reiger".
 * @param random gives that many random bytes
 * @throws when no free one was found in many draws, which takes millions of cases in one network
 */
export function makePseudonym(random: (size: number) => Uint8Array, taken: ReadonlySet<string>): string {
	for (let i = 0; i < pairDraws; i++) {
		const pair = `${drawWord(adjectives, random)} ${drawWord(nouns, random)}`;
		if (!taken.has(pair)) return pair;
	}
	for (let i = 0; i < tripleDraws; i++) {
		const first = drawWord(adjectives, random);
		const second = drawWord(adjectives, random);
		const triple = `${first} ${second} ${drawWord(nouns, random)}`;
		if (first !== second && !taken.has(triple)) return triple;
	}
	throw new Error('no free pseudonym left in this network');
}

function drawWord(words: readonly string[], random: (size: number) => Uint8Array): string {
	const word = words[drawBelow(words.length, random)];
	if (word === undefined) throw new Error('no words to draw from');
	return word;
}

/** A whole number from 0 up to but not including `limit` (1 to 65,536), each as likely: draws outside the last full round are thrown away. */
export function drawBelow(limit: number, random: (size: number) => Uint8Array): number {
	const fullRounds = 65_536 - (65_536 % limit);
	for (let i = 0; i < 1000; i++) {
		const [high = 0, low = 0] = random(2);
		const drawn = high * 256 + low;
		if (drawn < fullRounds) return drawn % limit;
	}
	throw new Error('the source of random bytes gives no usable bytes');
}
