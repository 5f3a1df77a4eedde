import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isChangedMeanwhile, isTooEarly, missingBefore, nextPart, partOfWord, partWords, talkParts } from './rules.ts';
import type { Begun, TalkPart } from './rules.ts';

const begins = (written: ReadonlySet<string>): Begun => ({ written, since: null });

/** What a network could have written so far, by parts taken one by one where the order let it. */
const written = fc.array(fc.constantFrom(...talkParts), { maxLength: 30 }).map((wished) => {
	const done = new Set<TalkPart>();
	for (const part of wished) if (part === 'rules' || missingBefore(begins(done), part) === null) done.add(part);
	return done;
});

describe('the start', () => {
	test('is written in order: what stands has what comes before it', () =>
		fc.assert(
			fc.property(written, (done) => {
				for (const part of done) if (part !== 'rules') expect(missingBefore(begins(done), part)).toBeNull();
				if (done.has('interests')) expect(done.has('sign_1') && done.has('went_before')).toBe(true);
			})
		));

	test('leads from nothing to whole, rules last', () => {
		const done = new Set<string>();
		const order: string[] = [];
		for (let part = nextPart(done); part !== null; part = nextPart(done)) {
			expect(missingBefore(begins(done), part)).toBeNull();
			order.push(part);
			done.add(part);
		}
		expect(order).toEqual([
			...['went_before', 'who', 'challenge', 'ambition', 'sign_1', 'interests', 'relations', 'organisation', 'process', 'rules']
		]);
	});

	test('goes on where a network that began earlier stands, without what was not asked of it then', () => {
		const done = new Set(['challenge', 'ambition', 'sign_1']);
		expect(missingBefore(begins(done), 'interests')).toBeNull();
		expect(missingBefore(begins(done), 'sign_2')).toBeNull();
	});

	test('says which part is missing first', () => {
		expect(missingBefore(begins(new Set()), 'sign_3')).toBe('went_before');
		expect(missingBefore(begins(new Set(['challenge', 'ambition'])), 'sign_3')).toBe('sign_1');
		expect(missingBefore(begins(new Set(['sign_1'])), 'process')).toBe('interests');
	});

	test('finds the rules of the game too early exactly before the way of working', () =>
		fc.assert(
			fc.property(written, (done) => {
				expect(isTooEarly(begins(done), 'rules')).toBe(!done.has('process'));
			})
		));

	test('asks no order of a network that was there already', () =>
		fc.assert(
			fc.property(fc.subarray([...talkParts]), fc.constantFrom(...talkParts), (parts, part) => {
				const begun = { written: new Set<string>(parts), since: 2016 };
				expect(missingBefore(begun, part)).toBeNull();
				expect(isTooEarly(begun, part)).toBe(false);
			})
		));

	test('has a word for every part, and no two alike', () => {
		for (const part of talkParts) expect(partOfWord(partWords[part])).toBe(part);
		expect(partOfWord('regels')).toBeNull();
	});

	test('notices what another wrote, also where nothing stood, and only for who says what they saw', () => {
		expect(isChangedMeanwhile(undefined, null)).toBe(false);
		expect(isChangedMeanwhile('a', null)).toBe(true);
		expect(isChangedMeanwhile('a', 'a')).toBe(false);
		expect(isChangedMeanwhile('b', 'a')).toBe(true);
		expect(isChangedMeanwhile('b', undefined)).toBe(false);
	});
});
