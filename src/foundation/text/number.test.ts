import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figure, whole } from './number.schema.ts';
import { readNumber, readTwoWays, writeNumber, writeNumberInCsv } from './number.ts';

test('reads a number as people write it here', () => {
	const numbers: Record<string, number | null> = {
		...{ '1250': 1250, '1.250': 1250, '1.000': 1000, '12.345.678': 12_345_678, '1 250': 1250, '1\u00A0250': 1250, '1\u202F250': 1250 },
		...{
			'7,5': 7.5,
			'7.5': 7.5,
			'0,125': 0.125,
			'0.25': 0.25,
			'1.250,75': 1250.75,
			'1,2505': 1.2505,
			' -12,5 ': -12.5,
			'−3': -3,
			'007': 7
		},
		...{ '': null, '-': null, ',5': null, '5,': null, '0x10': null, '1e3': null, '１２': null, Infinity: null, '+5': null },
		...{
			'1.25.00': null,
			'1.250.00': null,
			'12,50,00': null,
			'1,250.00': null,
			'1,250': null,
			' −12,345': null,
			'0,125': 0.125,
			'1,2500': 1.25,
			'1250,125': 1250.125,
			'1234.567': null,
			'0.125': null,
			'1234567890': null,
			'1,23456': null
		}
	};
	for (const [text, number] of Object.entries(numbers)) expect(readNumber(text), text).toBe(number);
	expect(Object.is(readNumber('-0'), 0)).toBe(true);
});

test('reads back every number as the page and the file write it', () => {
	const write = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 4 });
	fc.assert(
		fc.property(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), (tenThousandths) => {
			const number = tenThousandths / 10_000;
			// What the page shows is read back, or asked about: never read as another number.
			const shown = write.format(number);
			expect(readNumber(shown)).toBe(readTwoWays(shown) ? null : number === 0 ? 0 : number);
			expect(readNumber(writeNumber(number))).toBe(number);
			expect(readNumber(writeNumberInCsv(number))).toBe(number);
			expect(figure().parse(number)).toBe(number);
		})
	);
});

test('never throws, and what it reads is a number in bounds', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-0-9., xe]{0,14}$/)), (text) => {
			const number = readNumber(text);
			if (number !== null) expect(Math.abs(number)).toBeLessThan(1_000_000_000);
		})
	);
});

test('a number given as one says what it says', () => {
	expect(figure().parse(1.125)).toBe(1.125);
	expect(figure().safeParse(1.12345).success).toBe(false);
	expect(figure().safeParse(1e21).success).toBe(false);
	expect(whole({ min: 1, max: 5000 }).parse('1.000')).toBe(1000);
	for (const typed of ['1,5', '0', '5.001', '0x10', 1.5, '', null, undefined])
		expect(whole({ min: 1, max: 5000 }).safeParse(typed).success, String(typed)).toBe(false);
});

test('a comma before three digits is asked about, and both ways of typing it say one thing: a thousandfold of each other', () => {
	fc.assert(
		fc.property(fc.integer({ min: -999, max: 999 }).filter(Boolean), fc.integer({ min: 0, max: 999 }), (whole, rest) => {
			const typed = `${whole},${String(rest).padStart(3, '0')}`;
			expect(readNumber(typed)).toBeNull();
			const two = readTwoWays(typed);
			if (!two) throw new Error(`${typed} says two things`);
			const [thousands, comma, dot] = [two.thousands, two.comma, two.dot].map(readNumber);
			expect(comma).toBe(dot);
			expect(thousands).toBe(Math.round((comma ?? 0) * 1000));
			expect(figure().safeParse(typed).error?.issues[0]).toMatchObject({ message: 'two_readings', params: two });
			expect(whole > 0 && figure().safeParse(two.thousands).success).toBe(whole > 0);
		})
	);
});

test('what is not asked about is read one way alone: with a comma it is never a thousand, and with more groups no number', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^-?\d{1,6}(,\d{1,4}){1,2}$/), (typed) => {
			const number = readNumber(typed);
			if (number !== null) expect(Math.abs(number)).toBe(Number(typed.replace('-', '').replace(',', '.')));
			expect(number !== null && readTwoWays(typed) !== null).toBe(false);
		})
	);
	expect(readTwoWays('1.250')).toBeNull();
	expect(readNumber('1,250,000')).toBeNull();
});
