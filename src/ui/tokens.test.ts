import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const dark = css.slice(css.indexOf('prefers-color-scheme: dark'));

/** The colours that stand in a piece of style sheet, by name. */
const coloursIn = (text: string): Readonly<Record<string, string>> =>
	Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));

const light = coloursIn(css.slice(0, css.indexOf('@media')));
const themes = { light, dark: { ...light, ...coloursIn(dark) } };

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(colour: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const share = parseInt(colour.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
	const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ['paper', 'card', 'water-wash', 'signal-wash', 'wood-wash', 'wrong-wash'];

/** What is written on what: 7:1. */
const words: readonly (readonly [string, string])[] = [
	...['ink', 'soft', 'water', 'water-deep'].flatMap((colour) => grounds.map((ground) => [colour, ground] as const)),
	['signal', 'signal-wash'],
	['signal', 'paper'],
	['wrong', 'wrong-wash'],
	['wrong', 'paper'],
	['wrong', 'card'],
	['paper', 'water'],
	['paper', 'water-deep']
];

/** Lines, icons and drawn things on what they stand on: 3:1. */
const lines: readonly (readonly [string, string])[] = [
	...['line', 'water'].flatMap((colour) => grounds.map((ground) => [colour, ground] as const)),
	['wave', 'paper'],
	['wave', 'water-wash'],
	['signal-line', 'signal-wash'],
	['signal-line', 'paper'],
	['wood', 'paper'],
	['wood', 'wood-wash'],
	['wood-line', 'paper'],
	['wood-line', 'wood-wash'],
	['wood-line', 'water-wash'],
	['wrong', 'wrong-wash'],
	['wrong', 'paper']
];

describe.each(Object.entries(themes))('in the %s theme', (_name, theme: Readonly<Record<string, string>>) => {
	const of = (name: string): string => theme[name] ?? '';

	test('words stand out 7 to 1', () => {
		expect(
			words
				.filter(([word, ground]) => !(contrast(of(word), of(ground)) >= 7))
				.map(([word, ground]) => `${word} on ${ground}: ${contrast(of(word), of(ground))}`)
		).toEqual([]);
	});

	test('lines and icons stand out 3 to 1', () => {
		expect(
			lines
				.filter(([line, ground]) => !(contrast(of(line), of(ground)) >= 3))
				.map(([line, ground]) => `${line} on ${ground}: ${contrast(of(line), of(ground))}`)
		).toEqual([]);
	});
});

test('the contrast of black on white is 21, and a colour that is missing fails', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
	expect(contrast('', '#ffffff') >= 7).toBe(false);
});

test('every colour has a value in both themes', () => {
	expect(Object.keys(coloursIn(dark)).sort()).toEqual(Object.keys(light).sort());
});

test('colours stand in the tokens alone', () => {
	for (const sheet of ['base', 'frame', 'parts', 'gangplank', 'print']) {
		expect(readFileSync(join(import.meta.dirname, `${sheet}.css`), 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b|rgb|hsl/i);
	}
});
