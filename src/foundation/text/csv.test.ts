import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromCsv, toCsv } from './csv.ts';

test('a cell is quoted where needed, and is never a formula', () =>
	expect(toCsv([['a', 'b,c', 'zeg "ja"', '-12.50', '=1+1', '@x', 'regel\nregel', '', 3, -0.5]])).toBe(
		'\uFEFFa,"b,c","zeg ""ja""",-12.50,\'=1+1,\'@x,"regel\nregel",,3,-0.5\r\n'
	));

/** Cells that no spreadsheet takes for a formula, which alone are written as they are. */
const plain = fc.string({ unit: fc.constantFrom('a', '1', '"', ',', ';', '\t', '\n', '\r', ' ', 'é') }).map((text) => `x${text}`);

test('what was written is read again, to the letter', () =>
	fc.assert(
		fc.property(fc.array(fc.array(plain, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (rows) => {
			expect(fromCsv(toCsv(rows))).toEqual({ ok: true, value: rows });
		})
	));

test('cells may stand apart by another mark, and a quote that goes wrong is told by its record', () => {
	expect(fromCsv('2019;12;"een ""bron"", een tweede"\r\n2020;;', ';')).toEqual({
		ok: true,
		value: [
			['2019', '12', 'een "bron", een tweede'],
			['2020', '', '']
		]
	});
	expect(fromCsv('a\tb\nc', '\t')).toEqual({ ok: true, value: [['a', 'b'], ['c']] });
	expect(fromCsv('')).toEqual({ ok: true, value: [] });
	expect(fromCsv('a\n"b')).toEqual({ ok: false, record: 2, quote: 'open' });
	expect(fromCsv('a\n"b"c')).toEqual({ ok: false, record: 2, quote: 'text_after' });
	expect(fromCsv('a"b')).toEqual({ ok: false, record: 1, quote: 'inside' });
});
