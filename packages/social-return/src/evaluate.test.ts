import { describe, expect, test } from 'vitest';
import { oddsOf } from './break-even.ts';
import { evaluate, readValueMap, referenceClass, roundTo } from './index.ts';
import type { Comparison, Result } from './index.ts';

const count = (looming: readonly object[], proposed: readonly object[], more: object = {}): Result => {
	const place = (rows: readonly object[]): object[] =>
		rows.map((row, i) => ({ id: `r${String(i)}`, what: 'row', kind: 'cost', payer: 'city', ...row }));
	const read = readValueMap({
		format: 'social-return/value-map',
		version: 1,
		title: 't',
		horizonYears: 3,
		options: [
			{ id: 'looming', name: 'l', role: 'looming', flows: place(looming) },
			{ id: 'proposed', name: 'p', role: 'proposed', flows: place(proposed) }
		],
		...more
	});
	if (!read.ok) throw new Error(JSON.stringify(read.errors));
	return evaluate(read.map);
};
const first = (result: Result): Comparison => {
	const comparison = result.comparisons[0];
	if (comparison === undefined) throw new Error('No comparison.');
	return comparison;
};
const fund = (price: unknown, more: object = {}): object => ({ kind: 'input', input: 'fund', payer: 'pot', price, ...more });

describe('the three ways', () => {
	const result = first(
		count(
			[{ price: 1000, adjustments: { deadweight: 0.5 } }],
			[
				{ price: 100, adjustments: { deadweight: 0 } },
				fund(100),
				{ kind: 'input', input: 'money', payer: 'landlord', price: 50 },
				{ kind: 'input', input: 'hours', payer: 'table', price: 40, quantity: 2.5 }
			]
		)
	);
	test('are cumulative, and a ratio is benefit / cost', () => {
		expect([result.ways.fundOnly.benefit, result.ways.fundOnly.cost, result.ways.fundOnly.ratio]).toEqual([900, 100, 9]);
		expect([result.ways.adjusted.benefit, result.ways.adjusted.cost, result.ways.adjusted.ratio]).toEqual([400, 100, 4]);
		expect([result.ways.full.benefit, result.ways.full.cost, result.ways.full.ratio]).toEqual([400, 250, 1.6]);
		// (benefit - cost) / cost would be 0.6, and is not given unless asked for.
		expect(result.ways.full.netRatio).toBeNull();
		expect(result.ways.full.netPresentValue).toBe(150);
	});
	test('who paid and who gained', () => {
		expect(result.parties.map(({ party, paid, gained, net }) => [party, paid.total, gained, net])).toEqual([
			['pot', 100, 0, -100],
			['landlord', 50, 0, -50],
			['table', 100, 0, -100],
			['city', 0, 400, 400]
		]);
	});
	test('without money from the fund there is no ratio on it', () => {
		const free = count([{ price: 10 }], [{ kind: 'input', input: 'hours', payer: 'table', price: 5 }]);
		expect(first(free).ways.fundOnly.ratio).toBeNull();
		expect(first(free).ways.full.ratio).toBe(2);
		expect(free.warnings.map(({ code }) => code)).toContain('no_fund_input');
	});
});

describe('conventions', () => {
	const yearly = { price: 100, timing: { start: 0, years: 3 } };
	const total = (conventions: object): number => first(count([yearly], [fund(10)], { conventions })).gross.total;
	test('first year discounted or not', () => {
		expect(total({ discountRate: 0.1 })).toBeCloseTo(100 + 100 / 1.1 + 100 / 1.21, 10);
		expect(total({ discountRate: 0.1, firstYear: 'discounted' })).toBeCloseTo(100 / 1.1 + 100 / 1.21 + 100 / 1.331, 10);
	});
	test('what is spent now is never discounted', () => {
		expect(first(count([yearly], [fund(10)], { conventions: { discountRate: 0.1, firstYear: 'discounted' } })).inputs.fund).toBe(10);
	});
	test('a declining schedule: each year by its own rate', () => {
		const schedule = [
			{ fromYear: 0, rate: 0.035 },
			{ fromYear: 2, rate: 0.03 }
		];
		expect(total({ discountRate: schedule })).toBeCloseTo(100 + 100 / 1.035 + 100 / (1.035 * 1.03), 10);
	});
	test('each year rounded', () => {
		expect(total({ discountRate: 0.0225, roundEachYear: 0 })).toBe(100 + 98 + 96);
	});
	test('prices brought to one year, forward and back', () => {
		const at = (priceYear: number): number => {
			const price = { code: 'p', name: 'p', amount: 100, unit: 'u', year: 2021, source: 's', payer: 'city' };
			const conventions = { priceYear, priceIndex: { '2020': 1.013, '2021': 1.027, '2022': 1.1, '2023': 1.038 } };
			return first(count([{ price: { price: 'p' } }], [fund(10)], { prices: [price], conventions })).gross.total;
		};
		expect(at(2023)).toBeCloseTo(100 * 1.1 * 1.038, 10);
		expect(at(2021)).toBe(100);
		expect(at(2020)).toBeCloseTo(100 / 1.027, 10);
	});
	test('the marginal cost of public funds weighs on fiscal flows and inputs, in the full count alone', () => {
		const { ways } = first(
			count([{ price: 100 }, { price: 50, category: 'social' }], [fund(10)], { conventions: { marginalCostOfPublicFunds: 0.2 } })
		);
		expect(ways.adjusted.benefit).toBe(150);
		expect([ways.full.benefit, ways.full.cost]).toEqual([170, 12]);
	});
	test('weak data may take a share off the adjusted benefits, a grade never does', () => {
		const { ways } = first(count([{ price: 100 }], [fund(10)], { evidence: { grade: 1, confidence: 5, correction: 0.25 } }));
		expect([ways.fundOnly.benefit, ways.adjusted.benefit]).toEqual([100, 75]);
	});
	test('ratio of means or mean of ratios, where the cost is uncertain', () => {
		const cost = fund({ distribution: 'uniform', low: 10, high: 30 });
		const mean = (ratio: string): number =>
			first(count([{ price: 100 }], [cost], { conventions: { ratio } })).ways.fundOnly.simulated?.ratio?.mean ?? NaN;
		expect(Math.abs(mean('of-means') - 5)).toBeLessThan(0.1);
		// E[100 / U(10, 30)] = 5 ln 3
		expect(Math.abs(mean('mean-of-ratios') - 5 * Math.log(3))).toBeLessThan(0.1);
	});
});

describe('what comes out beside the ratio', () => {
	test('pay-back within the year in which it falls, or never', () => {
		const after = (price: number, cost: number): number | null =>
			first(count([{ price, timing: { years: 3 } }], [fund(cost)], { conventions: { discountRate: 0 } })).ways.full.paybackYears;
		expect([after(100, 50), after(100, 250), after(100, 301), after(100, 0)]).toEqual([0.5, 2.5, null, 0]);
	});
	test('what becomes money, per payer, net of what the proposal costs', () => {
		const { frees } = first(
			count(
				[
					{ price: 100, frees: 'now' },
					{ price: 80, frees: 'capacity' },
					{ price: 70, payer: 'insurer', frees: 'later' }
				],
				[{ price: 30, frees: 'now' }, fund(10)]
			)
		);
		expect(frees).toEqual([
			{ payer: 'city', amounts: { now: 70, later: 0, capacity: 80, not: 0, unknown: 0 }, total: 150 },
			{ payer: 'insurer', amounts: { now: 0, later: 70, capacity: 0, not: 0, unknown: 0 }, total: 70 }
		]);
	});
	test('zero that someone estimated is not the same as not estimated', () => {
		const state = (adjustments: object): unknown =>
			count([{ price: 1, adjustments }, { price: 2 }], [fund(1)]).adjustments.map((one) => one.state);
		expect(state({})).toEqual(['not-estimated', 'not-estimated', 'not-estimated', 'not-needed']);
		expect(state({ deadweight: 0 })).toEqual(['partly', 'not-estimated', 'not-estimated', 'not-needed']);
		expect(count([{ price: 1 }], [fund(1)], { adjustments: { deadweight: 0 } }).adjustments[0]?.state).toBe('estimated');
	});
	test('a ratio above the 95th percentile of the reference class is warned about, unless the evidence is of grade 3', () => {
		const warned = (price: number, grade: number): boolean =>
			count([{ price }], [fund(1), { kind: 'input', input: 'hours', payer: 'table', price: 1 }], { evidence: { grade } }).warnings.some(
				({ code }) => code === 'above_reference_class'
			);
		const edge = 2 * referenceClass.agreed.p95;
		expect([warned(edge, 2), warned(edge + 0.1, 2), warned(edge + 0.1, 3)]).toEqual([false, true, false]);
	});
	test('rows carry their price, source and present value', () => {
		const price = {
			code: 'bed',
			name: 'A bed',
			amount: 50,
			unit: 'day',
			year: 2022,
			source: 'a source',
			url: 'https://example.org/',
			payer: 'city'
		};
		const [row] = count([{ price: { price: 'bed' }, quantity: 4, payer: undefined }], [fund(1)], { prices: [price] }).rows;
		expect(row).toMatchObject({ path: 'options.0.flows.0', payer: 'city', unitPrice: 50, quantity: 4, presentValue: 200 });
		expect(row?.price).toEqual({ code: 'bed', name: 'A bed', unit: 'day', year: 2022, source: 'a source', url: 'https://example.org/' });
	});
});

describe('break-even', () => {
	const at = (price: number, cost: number, more: readonly object[] = [], chance: unknown = 0.75): Comparison =>
		first(count([{ price, event: 'e' }, ...more], [fund(cost)], { events: [{ id: 'e', name: 'eviction', chance }] }));
	test('the chance at which it pays', () => {
		expect(at(36_000, 4000).breakEven[0]).toMatchObject({
			event: 'e',
			name: 'eviction',
			assumedChance: 0.75,
			ways: { full: { state: 'at', chance: 4000 / 36_000, odds: { of: 1, in: 9 }, pays: 'from' } }
		});
	});
	test('always, never, no effect', () => {
		expect(at(100, 50, [{ price: 60 }]).breakEven[0]?.ways.full.state).toBe('always');
		expect(at(100, 150).breakEven[0]?.ways.full.state).toBe('never');
		expect(at(0, 150).breakEven[0]?.ways.full.state).toBe('no-effect');
	});
	test('also where the recorded chance is nothing', () => {
		expect(at(100, 50, [], 0).breakEven[0]?.ways.full).toMatchObject({ state: 'at', chance: 0.5, odds: { of: 1, in: 2 } });
	});
	test('a chance may itself be uncertain: the break-even is of the other numbers', () => {
		const certain = at(100, 50, [], { distribution: 'beta', events: 3, of: 4 }).breakEven[0]?.ways.full;
		if (certain?.state !== 'at' || certain.interval === null) throw new Error('No interval.');
		expect([roundTo(certain.interval.low ?? NaN, 9), roundTo(certain.interval.high ?? NaN, 9)]).toEqual([0.5, 0.5]);
	});
	test('where the event makes the proposal worse, it pays up to a chance', () => {
		const result = first(
			count([{ price: 100 }], [{ price: 200, event: 'e' }, fund(20)], { events: [{ id: 'e', name: 'relapse', chance: 0.1 }] })
		);
		expect(result.breakEven[0]?.ways.full).toMatchObject({ state: 'at', chance: 0.4, pays: 'up-to', odds: { of: 40, in: 100 } });
	});
	test('odds are never below the chance', () => {
		expect([1, 0.95, 0.75, 0.51, 0.5, 1 / 3, 0.3, 1 / 9, 1 / 23.5085].map(oddsOf)).toEqual([
			{ of: 1, in: 1 },
			{ of: 1, in: 1 },
			{ of: 8, in: 10 },
			{ of: 6, in: 10 },
			{ of: 1, in: 2 },
			{ of: 1, in: 3 },
			{ of: 1, in: 3 },
			{ of: 1, in: 9 },
			{ of: 1, in: 23 }
		]);
	});
});
