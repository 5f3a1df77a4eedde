import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate } from '#social-return';
import { readPriceListCsv } from '#rooms/returns/price-list.server.ts';
import { figuresOf, valueMapOf } from '#rooms/returns/rules.ts';
import { publishedFacts } from './published-case.ts';

const prices = readPriceListCsv(readFileSync(new URL('../database/data/unit-costs-nl.csv', import.meta.url), 'utf8'));

test.each([
	[1, 9, { of: 1, in: 9 }],
	[3, 23.51, { of: 1, in: 23 }],
	[4, 30.52, { of: 1, in: 30 }]
])('the Bond’s own case with %i years of shelter, from the shipped prices', (years, perEuro, odds) => {
	const built = valueMapOf(publishedFacts(years), prices, { id: 'published', title: 'published case' });
	if (!built.ok) throw new Error(JSON.stringify(built.fields));
	const figures = figuresOf(evaluate(built.map), prices);
	expect(figures.ways.fundOnly.perEuro).toBe(perEuro);
	expect(figures.breakEven).toMatchObject({ event: 'eviction', state: 'at', odds });
	expect(figures.adjustments.every(({ state }) => state === 'not-estimated' || (years === 1 && state === 'not-needed'))).toBe(true);
	expect(
		figures.rows.filter((row) => row.price !== null).every((row) => row.source !== null && row.url?.startsWith('https://') === true)
	).toBe(true);
	expect(figures.ways.full.low).toBeLessThan(perEuro);
	expect(figures.ways.full.high).toBeGreaterThan(perEuro);
});
