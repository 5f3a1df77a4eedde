import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPriceListCsv } from '../price-list.server.ts';
import { containedIn, findPrices } from './rules.ts';

const prices = readPriceListCsv(readFileSync(new URL('../../../../database/data/unit-costs-nl.csv', import.meta.url), 'utf8'));
const codes = (typed: string): string[] => findPrices(prices, typed).map(({ code }) => code);

describe('searching the price list', () => {
	test('every word must occur, in any order and either language', () => {
		expect(codes('ontruiming bond')).toContain('ontruiming-bond-voorbeeld');
		expect(codes('BOND ontruiming')).toEqual(codes('ontruiming bond'));
		expect(findPrices(prices, 'opvang jaar')[0]?.nameNl).toMatch(/^Opvang|^Maatschappelijke opvang|opvang/i);
		expect(codes('ambulance urgent')).toContain('ambulancerit-spoed');
		expect(codes('eenhoorn')).toEqual([]);
		expect(codes('  ')).toEqual([]);
	});
	test('more words never find more', () => {
		const word = fc.constantFrom('opvang', 'ggz', 'dag', 'jaar', 'gemeente', 'zvw', 'e', 'ï');
		fc.assert(
			fc.property(word, word, (a, b) => {
				const both = codes(`${a} ${b}`);
				expect(both.every((code) => codes(a).includes(code) && codes(b).includes(code))).toBe(true);
			})
		);
	});
	test('what is inside a price is named', () => {
		const theft = prices.find(({ code }) => code === 'delict-diefstal-geweld');
		if (!theft) throw new Error('in the list');
		expect(containedIn(theft, prices).map(({ code }) => code)).toContain('detentie-volwassen-dag-2014');
	});
});
