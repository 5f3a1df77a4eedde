import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import nl from '#messages/nl.json' with { type: 'json' };
import { readPriceListCsv } from '../../price-list.server.ts';
import { askHappenings, findHappening } from './rules.ts';

const prices = readPriceListCsv(readFileSync('database/data/unit-costs-nl.csv', 'utf8'));
const priced = (...codes: string[]) => codes.map((code) => prices.find((price) => price.code === code)!);

test('each price of the list has a question that names what would happen, in both languages', () => {
	expect(prices.length).toBeGreaterThan(100);
	expect(prices.filter(({ code }) => findHappening(code) === undefined).map(({ code }) => code)).toEqual([]);
	for (const messages of [nl, en] as readonly Readonly<Record<string, string>>[]) {
		const asked = new Set(prices.map(({ code }) => messages[`happening.${String(findHappening(code))}`]));
		for (const question of asked) expect(question).toMatch(/^\p{Lu}[^'‘"{]+\?$/u);
		// As many questions as happenings: no two say the same.
		expect(asked.size).toBe(new Set(prices.map(({ code }) => findHappening(code))).size);
		expect(asked.size).toBe(Object.keys(messages).filter((key) => key.startsWith('happening.')).length);
	}
	expect(nl['happening.eviction']).toBe('Is de huisuitzetting er gekomen?');
});

test('one happening that was counted at several prices is asked once', () => {
	const questions = askHappenings(priced('huisuitzetting-corporatie', 'opvangplek-jaar-2025', 'huisuitzetting-maatschappelijk'));
	expect(questions.map(({ happening, flows }) => [happening, flows])).toEqual([
		['eviction', [0, 2]],
		['shelter', [1]]
	]);
});

test('of a price that a network added itself, the name is asked without what is counted', () => {
	const own = (code: string, name: string) => ({ code, nameNl: name, nameEn: name });
	const questions = askHappenings([
		own('eigen-1', 'Gedwongen ontruiming, per gezin (eigen raming)'),
		own('eigen-2', '(onbekend)'),
		own('eigen-1', 'Gedwongen ontruiming')
	]);
	expect(questions.map(({ nameNl, flows }) => [nameNl, flows])).toEqual([
		['Gedwongen ontruiming', [0, 2]],
		['(onbekend)', [1]]
	]);
});
