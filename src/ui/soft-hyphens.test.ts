import { expect, test } from 'vitest';
import { softHyphens } from './soft-hyphens.ts';

const shown = (text: string): string => softHyphens(text).replaceAll('\u00ad', '-');

test('breaks long words between syllables, never within four letters of an edge', () => {
	expect(shown('schuldhulpverlening')).toBe('schuld-hulp-ver-le-ning');
	expect(shown('betalingsregeling')).toBe('beta-lings-re-ge-ling');
});

test('leaves short words, numbers and other scripts as they are', () => {
	expect(shown('huurschuld betaald, € 4.000,00')).toBe('huurschuld betaald, € 4.000,00');
	expect(shown('тринадцатибуквенное')).toBe('тринадцатибуквенное');
});

test('only adds: what was written is still there', () => {
	const text = 'arbeidsongeschiktheidsverzekeringsmaatschappij';
	expect(softHyphens(text).replaceAll('\u00ad', '')).toBe(text);
	expect(
		Math.max(
			...shown(text)
				.split('-')
				.map(({ length }) => length)
		)
	).toBeLessThan(13);
});
