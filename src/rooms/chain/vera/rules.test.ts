import { describe, expect, test } from 'vitest';
import { findVera, listVera } from './read.server.ts';
import { isInUse, readSemicolons, readVera } from './rules.ts';

describe('the codes of housing associations', () => {
	test('are read from quoted cells, also over more lines, with days in both ways of writing', () => {
		expect(readSemicolons('a;"b;""c""\nd";\r\ne;f;g')).toEqual([
			['a', 'b;"c"\nd', ''],
			['e', 'f', 'g']
		]);
		const [one, two] = readVera('Soort;Code;Naam;Omschrijving;Begindatum;Einddatum\nX;A;Naam;Wat;3-1-2025;24-12-26\nX;B;B;;;\n;;;;;');
		expect(one).toEqual({ list: 'X', code: 'A', name: 'Naam', meaning: 'Wat', from: '2025-01-03', until: '2026-12-24' });
		expect(two).toMatchObject({ code: 'B', from: null, until: null });
	});
	test('are in use from their first day up to and including their last', () => {
		const code = { from: '2025-01-03', until: '2026-12-24' };
		expect(['2025-01-02', '2025-01-03', '2026-12-24', '2026-12-25'].map((day) => isInUse(code, day))).toEqual([false, true, true, false]);
	});
	test('ship whole: kinds of maintenance and where an order stands', () => {
		expect(listVera('ONDERHOUDSOORT', '2026-11-25').map(({ code }) => code)).toEqual([
			'INS',
			'MUT',
			'PLN',
			'PRJ',
			'REP',
			'WMO',
			'WOV',
			'LEE'
		]);
		expect(listVera('ONDERHOUDSOORT', '2024-01-01').map(({ code }) => code)).not.toContain('LEE');
		expect(findVera('ONDERHOUDSORDERSTATUS', 'STE')?.name).toBe('Order in steekproef');
		expect(findVera('ONDERHOUDSORDERSTATUS', 'XXX')).toBeNull();
		expect(listVera('GEEN_LIJST', '2026-11-25')).toEqual([]);
	});
});
