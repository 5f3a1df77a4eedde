import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { adjectives, nouns } from './pseudonym-words.ts';
import { drawBelow, makePseudonym } from './pseudonym.ts';

/** A stream of bytes that is the same in every run. */
function stream(seed: string): (size: number) => Uint8Array {
	let count = 0;
	return (size) => new Uint8Array(createHash('sha256').update(`${seed} ${count++}`).digest().subarray(0, size));
}

test('there are enough words, each once, each fit to say', () => {
	expect(adjectives.length).toBeGreaterThanOrEqual(120);
	expect(nouns.length).toBeGreaterThanOrEqual(200);
	expect(new Set([...adjectives, ...nouns]).size).toBe(adjectives.length + nouns.length);
	for (const word of [...adjectives, ...nouns]) expect(word).toMatch(/^(?:IJ|[A-Z])[a-z]{1,17}$/);
});

test('adjectives have the form that goes before a de-word', () => {
	// Material adjectives end in -en and take no -e; three others never take one.
	const endless = ['Turquoise', 'Oranje', 'Tevreden', 'Bezonnen', 'Linnen', 'Wollen'];
	for (const adjective of adjectives)
		expect(adjective.endsWith('e') || adjective.endsWith('en') || endless.includes(adjective), adjective).toBe(true);
});

test('is a pair that is not taken', () => {
	const random = stream('pairs');
	const taken = new Set<string>();
	for (let i = 0; i < 2000; i++) {
		const name = makePseudonym(random, taken);
		expect(taken.has(name)).toBe(false);
		const [adjective = '', noun = '', more] = name.split(' ');
		expect(adjectives).toContain(adjective);
		expect(nouns).toContain(noun);
		expect(more).toBeUndefined();
		taken.add(name);
	}
});

test('gets a third word when all pairs are taken', () => {
	const taken = new Set(adjectives.flatMap((adjective) => nouns.map((noun) => `${adjective} ${noun}`)));
	const [first, second, noun] = makePseudonym(stream('triples'), taken).split(' ');
	expect(adjectives).toContain(first);
	expect(adjectives).toContain(second);
	expect(first).not.toBe(second);
	expect(nouns).toContain(noun);
});

test('draws every number as often', () => {
	const random = stream('even');
	const counts = Array<number>(150).fill(0);
	const draws = 60_000;
	for (let i = 0; i < draws; i++) {
		const drawn = drawBelow(150, random);
		counts[drawn] = (counts[drawn] ?? 0) + 1;
	}
	// Chi-square over 149 degrees of freedom: 1 in 10,000 even draws goes above 220.
	const chiSquare = counts.reduce((sum, count) => sum + (count - draws / 150) ** 2 / (draws / 150), 0);
	expect(chiSquare).toBeLessThan(220);
	// 65,400 to 65,535 would favour the first numbers: thrown away.
	const bytes = [
		[255, 255],
		[0, 7]
	];
	expect(drawBelow(150, () => new Uint8Array(bytes.shift() ?? []))).toBe(7);
	expect(() => drawBelow(150, () => new Uint8Array([255, 255]))).toThrow();
});
