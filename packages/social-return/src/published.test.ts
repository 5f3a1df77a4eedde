import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate, readValueMap, roundTo } from './index.ts';
import { persists } from './point.ts';
import type { Comparison, Result } from './index.ts';

const example = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../examples/${name}.json`, import.meta.url), 'utf8')) as T;

const count = (map: object): Result => {
	const read = readValueMap({ format: 'social-return/value-map', version: 1, title: 'published example', ...map });
	if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 1));
	return evaluate(read.map);
};
const first = (result: Result): Comparison => {
	const comparison = result.comparisons[0];
	if (comparison === undefined) throw new Error('No comparison.');
	return comparison;
};
const nothing = { id: 'looming', name: 'looming', role: 'looming', flows: [] };

describe('01: a value map with deadweight, attribution and drop-off, each year rounded to 2', () => {
	interface Example {
		inputs: {
			discount_rate: number;
			round_pv_each_year: number;
			investment: { stakeholder: string; what: string; value: number }[];
			rows: {
				stakeholder: string;
				outcome: string;
				quantity: number;
				proxy: number;
				deadweight: number;
				displacement: number;
				attribution: number;
				dropoff: number;
				duration: number;
			}[];
		};
		published_outputs: {
			row_impact: number[];
			total_by_year: [number];
			pv_year1: number;
			total_present_value: number;
			net_present_value: number;
			sroi_ratio: number;
			investment_total: number;
		};
	}
	const { inputs, published_outputs: published } = example<Example>('01-sroi-wheels-to-meals');
	const result = count({
		currency: 'GBP',
		horizonYears: 5,
		conventions: { discountRate: inputs.discount_rate, firstYear: 'discounted', roundEachYear: inputs.round_pv_each_year, netRatio: true },
		options: [
			nothing,
			{
				id: 'proposed',
				name: 'proposed',
				role: 'proposed',
				flows: [
					...inputs.investment.map((one, i) => ({
						id: `in-${String(i)}`,
						what: one.what,
						kind: 'input',
						input: i === 0 ? 'fund' : 'hours',
						payer: one.stakeholder,
						price: one.value
					})),
					...inputs.rows.map((row, i) => ({
						id: `row-${String(i)}`,
						what: row.outcome,
						kind: row.proxy < 0 ? 'cost' : 'benefit',
						category: 'social',
						...(row.proxy < 0 ? { payer: row.stakeholder } : { beneficiary: row.stakeholder }),
						quantity: row.quantity,
						price: Math.abs(row.proxy),
						timing: { start: 0, years: row.duration },
						adjustments: {
							deadweight: row.deadweight,
							attribution: row.attribution,
							displacement: row.displacement,
							persistence: { kind: 'drop-off', rate: row.dropoff }
						}
					}))
				]
			}
		]
	});
	const { adjusted, ways, inputs: paid } = first(result);

	test('impact of each row in the first year', () => {
		const impact = result.rows
			.filter((row) => row.kind !== 'input')
			.map((row) => (row.kind === 'cost' ? -1 : 1) * (row.byYear[0] ?? 0) * row.keep);
		impact.forEach((value, i) => {
			expect(roundTo(value, 2)).toBe(published.row_impact[i]);
		});
	});
	test('totals, present value, net present value, ratio', () => {
		expect(roundTo(adjusted.byYearUndiscounted[0] ?? 0, 2)).toBe(published.total_by_year[0]);
		expect(roundTo(adjusted.byYear[0] ?? 0, 2)).toBe(published.pv_year1);
		expect(paid.total).toBe(published.investment_total);
		expect(roundTo(ways.full.benefit, 2)).toBe(published.total_present_value);
		expect(roundTo(ways.full.netPresentValue, 2)).toBe(published.net_present_value);
		expect(roundTo(ways.full.ratio ?? 0, 2)).toBe(published.sroi_ratio);
	});
	test('the ratio is benefit / cost; (benefit - cost) / cost stands under its own name', () => {
		expect(roundTo(ways.full.netRatio ?? 0, 2)).toBe(roundTo(published.sroi_ratio - 1, 2));
	});
});

describe('02: who gains and who pays, with a transfer that nets to nothing', () => {
	interface Example {
		inputs: { rows: { outcome: string; participant: number; public: number }[]; cost: number };
		published_outputs: { totals: { participant: number; public: number }; total_benefits: number };
	}
	const { inputs, published_outputs: published } = example<Example>('02-perry-preschool-1992usd');
	// A row with opposite signs is a transfer of the smaller, and the rest is the public's own cost.
	const looming = inputs.rows.flatMap((row, i) =>
		row.participant < 0
			? [
					{
						id: `t-${String(i)}`,
						what: row.outcome,
						kind: 'transfer',
						payer: 'public',
						beneficiary: 'participant',
						price: -row.participant
					},
					{ id: `a-${String(i)}`, what: row.outcome, kind: 'cost', payer: 'public', price: row.public + row.participant }
				]
			: row.public > 0 && row.participant === 0
				? [{ id: `c-${String(i)}`, what: row.outcome, kind: 'cost', payer: 'public', price: row.public }]
				: []
	);
	const proposed = inputs.rows.flatMap((row, i) => [
		...(row.participant > 0
			? [
					{
						id: `p-${String(i)}`,
						what: row.outcome,
						kind: 'benefit',
						category: 'economic',
						beneficiary: 'participant',
						price: row.participant
					}
				]
			: []),
		...(row.participant > 0 && row.public > 0
			? [{ id: `b-${String(i)}`, what: row.outcome, kind: 'benefit', category: 'fiscal', beneficiary: 'public', price: row.public }]
			: []),
		...(row.public < 0 ? [{ id: `x-${String(i)}`, what: row.outcome, kind: 'cost', payer: 'public', price: -row.public }] : [])
	]);
	const comparison = first(
		count({
			horizonYears: 1,
			options: [
				{ ...nothing, flows: looming },
				{
					id: 'proposed',
					name: 'preschool',
					role: 'proposed',
					flows: [...proposed, { id: 'cost', what: 'preschool', kind: 'input', input: 'fund', payer: 'public', price: inputs.cost }]
				}
			]
		})
	);
	const gained = (party: string): number => comparison.parties.find((one) => one.party === party)?.gained ?? NaN;

	test('totals per party and together, within the unit that the source rounds to', () => {
		expect(Math.abs(gained('participant') - published.totals.participant)).toBeLessThanOrEqual(1);
		expect(Math.abs(gained('public') - published.totals.public)).toBeLessThanOrEqual(1);
		expect(Math.abs(comparison.adjusted.total - published.total_benefits)).toBeLessThanOrEqual(1);
		expect(roundTo(comparison.ways.full.ratio ?? 0, 2)).toBe(8.74);
	});
	test('the transfer adds nothing for society', () => {
		expect(comparison.adjusted.byCategory.find((group) => group.name === 'transfer')?.total).toBe(0);
	});
});

describe('12: net present value of two projects, year by year', () => {
	interface Example {
		inputs: { rate: number; options: { name: string; flows: number[] }[] };
		published_outputs: { factors: number[]; npv: Record<string, number> };
	}
	const { inputs, published_outputs: published } = example<Example>('12-green-book-npv');
	const result = count({
		currency: 'GBP',
		horizonYears: 5,
		conventions: { discountRate: inputs.rate },
		options: [
			nothing,
			...inputs.options.map(({ name, flows }) => ({
				id: name,
				name,
				role: 'proposed',
				flows: flows.map((amount, t) =>
					amount < 0
						? { id: `y${String(t)}`, what: 'cost', kind: 'input', input: 'fund', payer: 'state', price: -amount, timing: { start: t } }
						: { id: `y${String(t)}`, what: 'benefit', kind: 'benefit', beneficiary: 'all', price: amount, timing: { start: t } }
				)
			}))
		]
	});
	test.each(['A', 'B'])('project %s', (name) => {
		const found = result.comparisons.find((one) => one.option === name);
		expect(roundTo(found?.ways.full.netPresentValue ?? NaN, 2)).toBe(published.npv[name]);
	});
	test('discount factors', () => {
		const rows = result.rows.filter((row) => row.option === 'A');
		expect(rows.map((row) => roundTo(row.presentValue / (row.byYear.find((one) => one !== 0) ?? NaN), 4))).toEqual(published.factors);
	});
	test('project B earns its internal rate and project A, which loses at 3.5%, less than that', () => {
		const rate = (name: string): number => result.comparisons.find((one) => one.option === name)?.internalRateOfReturn ?? NaN;
		// -10 + 2.5 x 4 earns nothing; -5 + 1.5 x 4 earns 7.71%.
		expect(Math.abs(rate('A'))).toBeLessThan(1e-9);
		expect(roundTo(rate('B'), 4)).toBe(0.0771);
	});
});

describe('17: deadweight that grows each year, capped at the whole', () => {
	interface Example {
		inputs: { annual: Record<string, number>; years: number };
		published_outputs: Record<string, number[]>;
	}
	const { inputs, published_outputs: published } = example<Example>('17-hact-cumulative-deadweight');
	test.each(Object.entries(inputs.annual))('%s', (name, rate) => {
		const result = count({
			horizonYears: inputs.years,
			conventions: { discountRate: 0 },
			adjustments: { persistence: { kind: 'cumulative-deadweight', rate } },
			options: [
				nothing,
				{
					id: 'proposed',
					name,
					role: 'proposed',
					flows: [
						{ id: 'one', what: name, kind: 'benefit', category: 'social', beneficiary: 'all', price: 1, timing: { years: inputs.years } }
					]
				}
			]
		});
		first(result).adjusted.byYear.forEach((left, t) => {
			const wanted = published[name]?.[t] ?? NaN;
			expect(Math.abs(1 - left - wanted)).toBeLessThan(1e-6);
			expect(Math.abs(1 - persists('cumulative-deadweight', rate, t) - wanted)).toBeLessThan(1e-6);
		});
	});
});
