import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPriceListCsv } from './price-list.server.ts';
import { payerCodes, payersOf } from './rules.ts';

const text = readFileSync(new URL('../../../database/data/unit-costs-nl.csv', import.meta.url), 'utf8');
const [header = ''] = text.split('\n');
const row = (fields: Partial<Record<string, string>> = {}): string => {
	const values: Record<string, string> = {
		...{
			id: 'a-price',
			name_nl: 'Een prijs',
			name_en: 'A price',
			unit: 'uur',
			amount_eur: '12.50',
			low_eur: '',
			high_eur: '',
			year: '2024'
		},
		...{
			payer: 'zvw',
			contains: '',
			frees: '',
			frees_why_nl: '',
			frees_why_en: '',
			frees_by: '',
			frees_on: '',
			source: 'A source',
			url: 'https://example.org/'
		},
		...fields
	};
	return header
		.trim()
		.split(',')
		.map((name) => values[name] ?? '')
		.join(',');
};
const read = (...rows: readonly string[]): ReturnType<typeof readPriceListCsv> => readPriceListCsv([header, ...rows].join('\n'));

describe('the prices that the product ships', () => {
	const prices = readPriceListCsv(text);
	test('all 114 read, each with a source and a web address', () => {
		expect(prices).toHaveLength(114);
		expect(prices.filter((price) => price.source === '' || !price.url.startsWith('https://'))).toEqual([]);
	});
	test('to the cent', () => {
		const cents = (code: string): number | undefined => prices.find((price) => price.code === code)?.amountCents;
		expect([
			cents('auto-km'),
			cents('huisartsconsult-gemiddeld'),
			cents('beschermd-wonen-pgb-jaar'),
			cents('opvang-jaar-bond-voorbeeld')
		]).toEqual([26, 3087, 32_015_76, 30_000_00]);
	});
	test('every payer is known, alternatives apart', () => {
		expect(prices.flatMap(payersOf).filter((payer) => !(payerCodes as readonly string[]).includes(payer))).toEqual([]);
		expect(prices.find((price) => price.code === 'fysiotherapie')?.payer).toBe('zvw | huishouden');
	});
	test('each says how it becomes money, or that it is not known, with why, by whom and since when', () => {
		for (const { code, freesWhyNl, freesWhyEn, freesBy, freesOn } of prices)
			expect(
				[code, freesWhyNl, freesWhyEn, freesBy, freesOn].every((one) => one !== null && one !== ''),
				code
			).toBe(true);
		const frees = (code: string) => prices.find((price) => price.code === code)?.frees;
		// A bed is refilled, a benefit is not paid, and of a sum over several payers nobody knows.
		expect([frees('opvang-jaar-bond-voorbeeld'), frees('bijstand-alleenstaand-maand'), frees('ontruiming-bond-voorbeeld')]).toEqual([
			...['capacity', 'now', null]
		]);
		expect(prices.filter((price) => price.payer.includes('meerdere') && price.frees !== null)).toEqual([]);
	});
	test('where the source has no year there is none', () => {
		expect(prices.filter((price) => price.year === null).map((price) => price.code)).toEqual(['jeugd-logeeropvang-etmaal']);
	});
});

describe('reading strictly', () => {
	test('quotes, doubled quotes, commas, line ends inside and CRLF', () => {
		const [price] = readPriceListCsv(`\uFEFF${header}\r\n${row({ name_nl: '"Plek, ""al gauw""\nper nacht"' })}\r\n`);
		expect(price?.nameNl).toBe('Plek, "al gauw"\nper nacht');
	});
	test.each([
		[{ source: '' }, 'no price without a source'],
		[{ source: '   ' }, 'no price without a source'],
		[{ url: 'ftp://example.org' }, 'not a web address'],
		[{ amount_eur: '12,50' }, 'fields'],
		[{ amount_eur: '12.505' }, 'not an amount'],
		[{ amount_eur: '-3' }, 'not an amount'],
		[{ amount_eur: '1e3' }, 'not an amount'],
		[{ low_eur: '13' }, 'low <= amount <= high'],
		[{ high_eur: '12' }, 'low <= amount <= high'],
		[{ year: '24' }, 'not a year'],
		[{ payer: 'oom jan' }, 'unknown payer'],
		[{ frees: 'soon' }, 'frees is one of'],
		[{ frees: 'now' }, 'comes with why'],
		[{ frees_by: 'Wij' }, 'comes with why'],
		[{ frees: 'now', frees_why_nl: 'Zo.', frees_why_en: 'So.', frees_by: 'Wij', frees_on: '2026-02-30' }, 'is not a day'],
		[{ contains: 'nothing' }, 'not in the list'],
		[{ id: 'Een Prijs' }, 'a code is'],
		[{ name_en: '' }, 'name_en is empty'],
		[{ name_nl: 'half "open' }, 'a quote inside'],
		[{ name_nl: '"open' }, 'not closed'],
		[{ name_nl: '"shut" more' }, 'text after a quote']
	])('%o is refused', (fields, why) => {
		expect(() => read(row(fields))).toThrow(why);
	});
	test('a code twice, other columns, a short record, an empty line', () => {
		expect(() => read(row(), row())).toThrow('twice');
		expect(() => readPriceListCsv('id,amount\na,1')).toThrow('columns must be');
		expect(() => read('a-price,Een prijs')).toThrow('2 fields');
		expect(() => read('', row())).toThrow('1 fields');
	});
});
