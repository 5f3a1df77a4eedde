import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate, readValueMap } from '#social-return';
import { createFormat } from '#foundation/text/format.ts';
import { say } from '#foundation/text/say.server.ts';
import { readPriceListCsv } from './price-list.server.ts';
import { eventOf, figuresOf, payerCodeOf, payerCodes, valueMapOf } from './rules.ts';
import type { CaseValueFacts, Figures, FlowFacts } from './rules.ts';

const prices = readPriceListCsv(readFileSync(new URL('../../../database/data/unit-costs-nl.csv', import.meta.url), 'utf8'));

const flow = (price: string, more: Partial<FlowFacts> = {}): FlowFacts => ({ price, quantity: 1, years: 1, chancePercent: 100, ...more });
const facts = (more: Partial<CaseValueFacts> = {}): CaseValueFacts => ({
	potCents: 4_000_00,
	horizonYears: 3,
	looming: [flow('ontruiming-bond-voorbeeld'), flow('opvang-jaar-bond-voorbeeld', { years: 3 })],
	proposed: [],
	hours: 0,
	hourCents: 0,
	...more
});
const build = (more: Partial<CaseValueFacts> = {}): Extract<ReturnType<typeof valueMapOf>, { ok: true }> => {
	const built = valueMapOf(facts(more), prices, { id: 'case-1', title: 'a case' });
	if (!built.ok) throw new Error(JSON.stringify(built.fields));
	return built;
};
const figures = (more: Partial<CaseValueFacts> = {}, followedUp = 0): Figures => figuresOf(evaluate(build(more).map), prices, followedUp);
const refused = (more: Partial<CaseValueFacts>): readonly string[] => {
	const built = valueMapOf(facts(more), prices, { id: 'case-1', title: 'a case' });
	return built.ok ? [] : built.fields.map(({ path, code }) => `${path.join('.')} ${code}`);
};

describe('the value map of a case', () => {
	test('looming less proposed, the pot apart, hours counted in the third way', () => {
		const { ways } = figures({ proposed: [flow('begeleiding-thuis-uur', { quantity: 10 })], hours: 20, hourCents: 50_00 });
		expect(ways.fundOnly).toMatchObject({ benefitCents: 94_034_09 - 640_00, costCents: 4_000_00 });
		expect(ways.full).toMatchObject({ benefitCents: 94_034_09 - 640_00, costCents: 5_000_00 });
		expect(ways.full.perEuro).toBe(18.68);
	});

	test('golden numbers with adjustments that someone estimated', () => {
		const adjusted = figures({ deadweightPercent: 25, attributionPercent: 40 });
		expect(adjusted.ways.adjusted).toMatchObject({ benefitCents: 42_315_34, perEuro: 10.58 });
		expect(figures({ deadweightPercent: 25, attributionPercent: 40, dropOffPercent: 20 }).ways.adjusted).toMatchObject({
			benefitCents: 35_026_29,
			perEuro: 8.76
		});
		expect(adjusted.adjustments.map(({ state }) => state)).toEqual(['estimated', 'estimated', 'not-estimated', 'not-estimated']);
	});

	test('the years of a flow are cut at the horizon', () => {
		expect(figures({ horizonYears: 1 }).ways.fundOnly.perEuro).toBe(9);
	});

	test('the open file that is exported counts to the same cents', () => {
		const built = build({ hours: 3, hourCents: 40_00 });
		const read = readValueMap(JSON.parse(JSON.stringify(built.file)));
		if (!read.ok) throw new Error(JSON.stringify(read.errors));
		expect(JSON.stringify(evaluate(read.map))).toBe(JSON.stringify(evaluate(built.map)));
	});

	test('a price with only a mean has a range of half to one and a half; with low and high that range', () => {
		const ranged = prices.map((price) =>
			price.code === 'opvang-jaar-bond-voorbeeld' ? { ...price, lowCents: 10_000_00, highCents: 40_000_00 } : price
		);
		const built = valueMapOf(facts(), ranged, { id: 'c', title: 'c' });
		expect(built.ok && built.map.prices.map(({ amount }) => amount)).toEqual([
			{ distribution: 'mean-only', mean: 6000 },
			{ distribution: 'triangular', low: 10_000, mid: 30_000, high: 40_000 }
		]);
	});
});

describe('the event', () => {
	test('break-even is asked of the first looming flow; what is no likelier follows from it', () => {
		const at = figures({
			looming: [flow('ontruiming-bond-voorbeeld', { chancePercent: 75 }), flow('opvang-jaar-bond-voorbeeld', { chancePercent: 75 })]
		});
		expect(at.breakEven).toMatchObject({ event: 'eviction', state: 'at', odds: { of: 1, in: 9 }, assumedChance: 0.75 });
		expect(at.ways.fundOnly.perEuro).toBe(6.75);
		const half = figures({
			looming: [flow('ontruiming-bond-voorbeeld', { chancePercent: 80 }), flow('opvang-jaar-bond-voorbeeld', { chancePercent: 40 })]
		});
		// At a chance p: 6,000 p + 30,000 p / 2 = 4,000.
		expect(half.breakEven.chance).toBeCloseTo(4 / 21, 12);
	});
	test('what is likelier than the event does not wait for it', () => {
		const at = figures({
			looming: [flow('ontruiming-bond-voorbeeld', { chancePercent: 50 }), flow('opvang-jaar-bond-voorbeeld', { chancePercent: 100 })]
		});
		expect(at.breakEven.state).toBe('always');
	});
	test('also where the event was thought impossible', () => {
		expect(figures({ looming: [flow('opvang-jaar-bond-voorbeeld', { chancePercent: 0 })] }).breakEven).toMatchObject({
			event: 'shelter',
			odds: { of: 1, in: 7 }
		});
	});
	test('names of events come from codes', () => {
		expect(['huisuitzetting-corporatie', 'mo-residentieel-jaar', 'ggz-opname-dag', 'seh-bezoek'].map(eventOf)).toEqual([
			'eviction',
			'shelter',
			'admission',
			'other'
		]);
	});
});

describe('payers', () => {
	test('alternatives: the case chooses; without a choice several together', () => {
		const payer = (more: Partial<FlowFacts>): string | null =>
			figures({ looming: [flow('dagbesteding-ouderen', more)] }).rows[0]?.payer ?? null;
		expect([payer({}), payer({ payer: 'wlz' })]).toEqual(['meerdere', 'wlz']);
		expect(refused({ looming: [flow('dagbesteding-ouderen', { payer: 'zvw' })] })).toEqual(['looming.0.payer not_a_choice']);
		expect(refused({ looming: [flow('ontruiming-bond-voorbeeld', { payer: 'corporatie' })] })).toEqual([]);
	});
	test('as a price list writes them', () => {
		expect(
			['gemeente-participatiewet (BUIG)', 'gemeente-mo-bw + zvw', ' zvw ', 'meerdere (rijk-jenv, zvw, wlz, gemeente)', 'oom jan'].map(
				payerCodeOf
			)
		).toEqual(['gemeente-participatiewet', 'gemeente-mo-bw-en-zvw', 'zvw', 'meerdere', null]);
	});
	test('each has a name in both languages', () => {
		for (const code of [...payerCodes, 'pot', 'deelnemers'] as const) {
			expect(say('nl', `payer.${code}`)).not.toBe('');
			expect(say('en', `payer.${code}`)).not.toBe('');
		}
	});
});

describe('guard rails', () => {
	test('every refused field at once, by its path', () => {
		expect(
			refused({
				looming: [flow('huisuitzetting-bovengrens-amsterdam'), flow('opvang-jaar-bond-voorbeeld'), flow('verzonnen')],
				proposed: [flow('ook-verzonnen'), flow('dagbesteding-ouderen', { payer: 'school' })]
			})
		).toEqual([
			'looming.2.price not_a_choice',
			'proposed.0.price not_a_choice',
			'looming.1.price counted_twice',
			'proposed.1.payer not_a_choice'
		]);
	});
	test('an offence contains detention', () => {
		expect(refused({ looming: [flow('delict-mishandeling'), flow('detentie-volwassen-dag-2014')] })).toEqual([
			'looming.1.price counted_twice'
		]);
	});
});

describe('figures', () => {
	test('the break-even stands first until ten cases were followed up', () => {
		expect([figures({}, 9).headline.kind, figures({}, 10).headline.kind]).toEqual(['break_even', 'ratio']);
	});
	test('the point figure and the range are apart, and the range is around it', () => {
		const { fundOnly } = figures().ways;
		expect(fundOnly.perEuro).toBe(23.51);
		expect(fundOnly.low).toBeGreaterThan(14);
		expect(fundOnly.high).toBeLessThan(33);
		expect(Math.abs((fundOnly.mean ?? 0) - 23.51)).toBeLessThan(0.2);
	});
	test('rows open to price, source and present value, and the line "afgerond" makes the years add up', () => {
		const { rows, years } = figures();
		expect(rows[1]).toMatchObject({
			...{
				path: 'looming',
				index: 1,
				price: 'opvang-jaar-bond-voorbeeld',
				unitCents: 30_000_00,
				quantity: 1,
				years: 3,
				year: 2017,
				frees: 'capacity',
				freesBecause: { by: 'De makers van Loopplank', on: '2026-11-24' }
			},
			...{
				payer: 'gemeente-mo-bw',
				presentCents: 88_034_09,
				url: 'https://www.denieuwepraktijk.nl/praktijk/ondersteuning-kwetsbare-bewoners-bossche-bond/'
			}
		});
		expect(rows.at(-1)).toMatchObject({ path: 'input', index: null, price: null, payer: 'pot', presentCents: 4_000_00 });
		expect(years.cents.reduce((sum, one) => sum + one, 0) + years.roundedCents).toBe(years.totalCents);
		expect(years.totalCents).toBe(94_034_09);
	});
	test('what becomes money, per payer and per euro of the pot', () => {
		const { frees } = figures({
			looming: [
				flow('ontruiming-bond-voorbeeld', { frees: 'now', payer: 'corporatie' }),
				flow('opvang-jaar-bond-voorbeeld', { frees: 'capacity' })
			]
		});
		expect(frees).toEqual([
			{ payer: 'corporatie', nowCents: 6_000_00, laterCents: 0, capacityCents: 0, notCents: 0, unknownCents: 0, perEuro: 1.5 },
			{ payer: 'gemeente-mo-bw', nowCents: 0, laterCents: 0, capacityCents: 30_000_00, notCents: 0, unknownCents: 0, perEuro: 0 }
		]);
	});
	test('the two paths, undiscounted, for a picture', () => {
		expect(figures({ proposed: [flow('begeleiding-thuis-uur', { quantity: 10 })] }).paths).toEqual({
			looming: [36_000_00, 30_000_00, 30_000_00],
			proposed: [640_00, 0, 0],
			inputsCents: 4_000_00
		});
	});
	test('are numbers that survive JSON, and no sentence', () => {
		const one = figures();
		expect(JSON.parse(JSON.stringify(one))).toEqual(one);
		expect(createFormat('nl').ratio(one.ways.fundOnly.perEuro ?? 0)).toBe('23,51');
	});
});
