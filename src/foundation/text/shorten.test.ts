import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shorten } from './shorten.ts';

const length = (text: string): number => [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length;

test('what fits stays as it is, on one line', () => {
	expect(shorten('€ 4.000\nhuurschuld', 40)).toBe('€ 4.000 huurschuld');
});

test('a paragraph without a full stop does not run on into the next', () => {
	expect(shorten('Twee sloten\n\nDe regeling is op.', 40)).toBe('Twee sloten. De regeling is op.');
	expect(shorten('Twee sloten?\n\nDe regeling is op.\n\n', 40)).toBe('Twee sloten? De regeling is op.');
});

test('what does not fit is cut between words', () => {
	expect(shorten('De uitkering stopte door een adreswijziging en startte niet meer', 30)).toBe('De uitkering stopte door een…');
});

test('one long word is cut inside', () => {
	expect(shorten('a'.repeat(100), 10)).toBe(`${'a'.repeat(9)}…`);
});

test('never longer than asked, and never half a character', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 80 }), (text, most) => {
			const short = shorten(text, most);
			expect(length(short)).toBeLessThanOrEqual(most);
			expect(short.isWellFormed()).toBe(text.isWellFormed());
		})
	);
});
