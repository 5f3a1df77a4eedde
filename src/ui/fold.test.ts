import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, shownFirst } from './fold.ts';

test('a short text stays whole', () => {
	expect(fold('Kort verhaal.')).toEqual({ start: 'Kort verhaal.', rest: '' });
});

test('a long text parts between words', () => {
	const text = 'woord '.repeat(20_000);
	const { start, rest } = fold(text);
	expect(start.length).toBeLessThanOrEqual(shownFirst);
	expect(start.endsWith('woord')).toBe(true);
	expect(start + rest).toBe(text);
});

test('a text without spaces parts between characters as people count them', () => {
	const family = '👩‍👩‍👧‍👦';
	const { start, rest } = fold(family.repeat(5000), 100);
	expect(start).toBe(family.repeat(start.length / family.length));
	expect(rest.startsWith(family)).toBe(true);
});

test('nothing is lost, whatever was typed', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 10, max: 200 }), (text, most) => {
			const { start, rest } = fold(text, most);
			expect(start + rest).toBe(text);
			expect(start.length).toBeLessThanOrEqual(most * 1.25);
		})
	);
});
