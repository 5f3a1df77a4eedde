import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTooEarly, missingBefore, nextPart, partOfWord, partWords, startParts } from './rules.ts';
import type { StartPart } from './rules.ts';

/** What a network could have written so far, by parts taken one by one where the order let it. */
const written = fc.array(fc.constantFrom(...startParts), { maxLength: 12 }).map((wished) => {
	const done = new Set<StartPart>();
	for (const part of wished) if (part === 'rules' || missingBefore(done, part) === null) done.add(part);
	return done;
});

describe('the start', () => {
	test('is written in order: what stands has what comes before it', () =>
		fc.assert(
			fc.property(written, (done) => {
				for (const part of done) if (part !== 'rules') expect(missingBefore(done, part)).toBeNull();
				if (done.has('sign_2')) expect(done.has('ambition') && done.has('challenge')).toBe(true);
			})
		));

	test('leads from nothing to whole in four steps, rules last', () => {
		const done = new Set<string>();
		const order: string[] = [];
		for (let part = nextPart(done); part !== null; part = nextPart(done)) {
			expect(missingBefore(done, part)).toBeNull();
			order.push(part);
			done.add(part);
		}
		expect(order).toEqual(['challenge', 'ambition', 'sign_1', 'rules']);
	});

	test('says which part is missing first', () => {
		expect(missingBefore(new Set(), 'sign_3')).toBe('challenge');
		expect(missingBefore(new Set(['challenge', 'ambition']), 'sign_3')).toBe('sign_1');
	});

	test('finds the rules of the game too early exactly before the first sign', () =>
		fc.assert(
			fc.property(written, (done) => {
				expect(isTooEarly(done, 'rules')).toBe(!done.has('sign_1'));
			})
		));

	test('has a word for every part, and no two alike', () => {
		for (const part of startParts) expect(partOfWord(partWords[part])).toBe(part);
		expect(partOfWord('regels')).toBeNull();
	});
});
