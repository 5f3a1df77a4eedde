import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInput } from '#foundation/text/free-text.schema.ts';
import { readPastedYears } from './rules.ts';
import { recordYearsSchema } from './schema.ts';

describe('years that are pasted', () => {
	test('are read from a spreadsheet, with or without headings, and empty cells are not there', () => {
		const expected = [
			{ row: 2, year: { year: '2018', cases: '40', granted: '61.000,50', source: 'Jaarverslag, blz. 4' } },
			{ row: 4, year: { year: '2019', paidBack: '0', source: 'Boekhouding' } }
		];
		const rows = [
			'Jaar\tCasussen\tToegekend\tTerugbetaald\tBron',
			'2018\t40\t61.000,50\t\tJaarverslag, blz. 4',
			'\t\t\t\t',
			'2019\t\t\t0\tBoekhouding'
		];
		for (const end of ['\n', '\r\n']) expect(readPastedYears(rows.join(end))).toEqual({ rows: expected, unread: null });
		expect(readPastedYears(rows.join('\n').replaceAll('\t', ';'))).toEqual({ rows: expected, unread: null });
	});

	test('with a cell too many or a quote astray are told by their row', () => {
		expect(readPastedYears('2018;1;2;3;bron;nog iets').unread).toEqual({ row: 1, why: 'too_many' });
		expect(readPastedYears('2018;1;2;3;bron\n2019;1;2;3;"bron').unread).toEqual({ row: 2, why: 'quote' });
	});

	test('that a spreadsheet wrote come in to the cent, whatever the mark between cells', () =>
		fc.assert(
			fc.property(
				fc.uniqueArray(
					fc.record({ year: fc.integer({ min: 1990, max: 2025 }), cases: fc.nat({ max: 5_000 }), cents: fc.nat({ max: 900_000_000 }) }),
					{ minLength: 1, maxLength: 20, selector: ({ year }) => year }
				),
				fc.constantFrom('\t', ';'),
				(years, mark) => {
					const text = years
						.map(({ year, cases, cents }) =>
							[year, cases, `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`, '', 'Jaarverslag'].join(mark)
						)
						.join('\r\n');
					const read = parseInput(recordYearsSchema, { years: readPastedYears(text).rows.map(({ year }) => year) });
					expect(read.ok && read.value.years).toEqual(
						years.map(({ year, cases, cents }) => ({ year, cases, granted: cents, source: 'Jaarverslag' }))
					);
				}
			)
		));
});
