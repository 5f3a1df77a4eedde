import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { evaluate, evaluatePortfolio, readValueMap } from './index.ts';
import { simulate } from './simulate.ts';
import type { Comparison, Distribution, Quantity, Result, ValueMap } from './index.ts';

/* The properties that any return must hold, on generated maps. */

const money = fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true });
const shareNumber = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true });
const ordered = fc.tuple(money, money, money).map((three) => three.sort((a, b) => a - b) as [number, number, number]);
const distribution: fc.Arbitrary<Distribution> = fc.oneof(
	ordered.map(([low, mid, high]): Distribution => ({ distribution: 'triangular', low, mid, high })),
	ordered.map(([low, mid, high]): Distribution => ({ distribution: 'pert', low, mid, high })),
	money.map((mean): Distribution => ({ distribution: 'mean-only', mean })),
	ordered.map(([low, , high]): Distribution => ({ distribution: 'uniform', low, high }))
);
const amount: fc.Arbitrary<Quantity> = fc.oneof(money, distribution);
const adjustments = fc.record(
	{
		deadweight: shareNumber,
		attribution: shareNumber,
		displacement: shareNumber,
		persistence: fc.record({ kind: fc.constant('drop-off' as const), rate: shareNumber })
	},
	{ requiredKeys: [] }
);
const horizonYears = 5;
const party = fc.constantFrom('gemeente', 'zvw', 'corporatie', 'rijk');
const flow = fc
	.record({
		kind: fc.constantFrom('cost', 'benefit', 'transfer'),
		payer: party,
		beneficiary: party,
		price: amount,
		quantity: fc.double({ min: 0, max: 100, noNaN: true }),
		start: fc.integer({ min: 0, max: 2 }),
		years: fc.integer({ min: 1, max: 3 }),
		chance: shareNumber,
		adjustments
	})
	.map(({ kind, payer, beneficiary, start, years, ...rest }) => ({
		what: 'a row',
		kind,
		...(kind === 'benefit' ? {} : { payer }),
		...(kind === 'cost' ? {} : { beneficiary }),
		timing: { start, years },
		...rest
	}));
const flows = fc.array(flow, { maxLength: 4 }).map((list) => list.map((one, i) => ({ id: `f${String(i)}`, ...one })));

interface Case {
	readonly looming: readonly object[];
	readonly proposed: readonly object[];
	readonly fund: number;
	readonly hours: number;
}
const someCase: fc.Arbitrary<Case> = fc.record({
	looming: flows,
	proposed: flows,
	fund: fc.double({ min: 1, max: 1e5, noNaN: true }),
	hours: fc.double({ min: 0, max: 1e5, noNaN: true })
});

const build = ({ looming, proposed, fund, hours }: Case, more: object = {}): ValueMap => {
	const read = readValueMap({
		format: 'social-return/value-map',
		version: 1,
		title: 'generated',
		horizonYears,
		simulation: { seed: 5, draws: 200 },
		options: [
			{ id: 'looming', name: 'looming', role: 'looming', flows: looming },
			{
				id: 'proposed',
				name: 'proposed',
				role: 'proposed',
				flows: [
					...proposed,
					{ id: 'fund', what: 'fund', kind: 'input', input: 'fund', payer: 'pot', price: fund },
					{ id: 'hours', what: 'hours', kind: 'input', input: 'hours', payer: 'table', price: hours }
				]
			}
		],
		...more
	});
	if (!read.ok) throw new Error(JSON.stringify(read.errors));
	return read.map;
};
const comparisonOf = (result: Result): Comparison => {
	const comparison = result.comparisons[0];
	if (comparison === undefined) throw new Error('No comparison.');
	return comparison;
};
const count = (map: ValueMap): Comparison => comparisonOf(evaluate(map));
const close = (value: number, wanted: number, scale = Math.abs(wanted)): void => {
	expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 * (scale + 1));
};
const check = (property: (one: Case) => void): void => {
	fc.assert(fc.property(someCase, property), { numRuns: 60 });
};

describe('properties to hold', () => {
	test('deadweight 100% leaves nothing, in the point and in every draw', () => {
		check((one) => {
			const bare = (list: readonly object[]): readonly object[] => list.map((row) => ({ ...row, adjustments: {} }));
			const map = build({ ...one, looming: bare(one.looming), proposed: bare(one.proposed) }, { adjustments: { deadweight: 1 } });
			const { ways } = count(map);
			expect(ways.adjusted.benefit + 0).toBe(0);
			expect(ways.full.benefit + 0).toBe(0);
			expect(simulate(compile(map))[0]?.adjusted.every((value) => value === 0)).toBe(true);
		});
	});

	test('with is without: nothing, to the last bit, also where the same prices are drawn', () => {
		check((one) => {
			const named = one.looming.map((row, i) => ({ ...row, price: { parameter: `p${String(i)}` } }));
			const parameters = one.looming.map((row, i) => ({ id: `p${String(i)}`, name: 'a price', value: (row as { price: Quantity }).price }));
			const map = build({ ...one, looming: named, proposed: named }, { parameters });
			const { ways, gross } = count(map);
			expect(ways.fundOnly.benefit + 0).toBe(0);
			expect(ways.adjusted.benefit + 0).toBe(0);
			expect(gross.byYear.every((value) => value === 0)).toBe(true);
			expect(simulate(compile(map))[0]?.gross.every((value) => value === 0)).toBe(true);
		});
	});

	test('scaling all money keeps the ratio', () => {
		const scale = (value: Quantity, factor: number): Quantity =>
			typeof value === 'number'
				? value * factor
				: (Object.fromEntries(
						Object.entries(value).map(([key, number]) => [key, typeof number === 'number' ? number * factor : number])
					) as Quantity);
		fc.assert(
			fc.property(someCase, fc.constantFrom(0.01, 0.5, 4, 100), (one, factor) => {
				const scaled = (list: readonly object[]): readonly object[] =>
					list.map((row) => ({ ...row, price: scale((row as { price: Quantity }).price, factor) }));
				const [before, after] = [
					count(build(one)),
					count(build({ looming: scaled(one.looming), proposed: scaled(one.proposed), fund: one.fund * factor, hours: one.hours * factor }))
				];
				for (const way of ['fundOnly', 'adjusted', 'full'] as const) {
					close(
						after.ways[way].ratio ?? NaN,
						before.ways[way].ratio ?? NaN,
						before.gross.byParty.reduce((sum, { total }) => sum + Math.abs(total), 1e3)
					);
				}
			}),
			{ numRuns: 60 }
		);
	});

	test('the payer matrix adds up to the total; so do years, categories, and payers with beneficiaries', () => {
		check((one) => {
			const comparison = count(build(one));
			for (const { total, byYear, byParty, byPayer, byBeneficiary, byCategory } of [comparison.gross, comparison.adjusted]) {
				const scale = [...byPayer, ...byBeneficiary].reduce((sum, group) => sum + Math.abs(group.total), 0) + 1e7;
				const add = (groups: readonly { readonly total: number }[]): number => groups.reduce((sum, group) => sum + group.total, 0);
				close(add(byParty), total, scale);
				close(add(byPayer) + add(byBeneficiary), total, scale);
				close(add(byCategory), total, scale);
				close(
					byYear.reduce((sum, value) => sum + value, 0),
					total,
					scale
				);
				byYear.forEach((value, t) => {
					close(
						byParty.reduce((sum, group) => sum + (group.byYear[t] ?? NaN), 0),
						value,
						scale
					);
				});
			}
			// Inputs and gains of the parties give the full net present value.
			close(
				comparison.parties.reduce((sum, { net }) => sum + net, 0),
				comparison.ways.full.netPresentValue,
				1e9
			);
		});
	});

	test('net present value adds over cases, and a portfolio is the sum of its cases in every draw', () => {
		fc.assert(
			fc.property(fc.array(someCase, { minLength: 1, maxLength: 3 }), (cases) => {
				const maps = cases.map((one, i) => build(one, { id: `case-${String(i)}` }));
				const portfolio = evaluatePortfolio(maps, { seed: 5, draws: 200 });
				const worth = maps.reduce((sum, map) => sum + count(map).ways.full.netPresentValue, 0);
				close(portfolio.ways.full.netPresentValue, worth, 1e9);
				const draws = maps.map((map) => simulate(compile(map), { seed: 5, draws: 200 })[0]);
				for (let i = 0; i < 200; i += 1) {
					expect(portfolio.draws.gross[i]).toBe(draws.reduce((sum, one) => sum + (one?.gross[i] ?? NaN), 0));
					expect(portfolio.draws.adjusted[i]).toBe(draws.reduce((sum, one) => sum + (one?.adjusted[i] ?? NaN), 0));
				}
			}),
			{ numRuns: 25 }
		);
	});

	test('the same seed gives the same bytes, another seed others', () => {
		check((one) => {
			const map = build(one);
			expect(JSON.stringify(evaluate(structuredClone(map)))).toBe(JSON.stringify(evaluate(map)));
		});
		const map = build({
			looming: [{ id: 'a', what: 'a', kind: 'cost', payer: 'x', price: { distribution: 'mean-only', mean: 10 } }],
			proposed: [],
			fund: 1,
			hours: 0
		});
		expect(JSON.stringify(evaluate(map, { seed: 2, draws: 200 }).comparisons)).not.toBe(JSON.stringify(evaluate(map).comparisons));
	});

	test('more draws begin with the fewer draws: chunks do not depend on how many there are', () => {
		check((one) => {
			const map = build(one);
			const [few, many] = [simulate(compile(map), { seed: 9, draws: 1500 })[0], simulate(compile(map), { seed: 9, draws: 2500 })[0]];
			expect(many?.gross.slice(0, 1500)).toEqual(few?.gross);
		});
	});

	test('the draws of a certain map all give the point figure', () => {
		check((one) => {
			const certain = (list: readonly object[]): readonly object[] => list.map((row, i) => ({ ...row, price: 1000 * (i + 1) }));
			const map = build({ ...one, looming: certain(one.looming), proposed: certain(one.proposed) });
			const { ways } = count(map);
			const draws = simulate(compile(map), { seed: 1, draws: 100 })[0];
			for (const value of draws?.gross ?? []) close(value, ways.fundOnly.benefit, 1e7);
			for (const value of draws?.adjusted ?? []) close(value, ways.adjusted.benefit, 1e7);
			expect(ways.full.simulated).toBeNull();
		});
	});

	test('at its break-even chance the net present value is nothing', () => {
		fc.assert(
			fc.property(someCase, fc.double({ min: 0.01, max: 1, noNaN: true }), (one, chance) => {
				const onEvent = one.looming.map((row) => ({ ...row, event: 'e' }));
				const at = (p: number): Comparison =>
					count(build({ ...one, looming: onEvent }, { events: [{ id: 'e', name: 'event', chance: p }] }));
				const comparison = at(chance);
				for (const way of ['fundOnly', 'adjusted', 'full'] as const) {
					const found = comparison.breakEven[0]?.ways[way];
					if (found?.state === 'at') close(at(found.chance).ways[way].netPresentValue, 0, 1e9);
					if (found?.state === 'never')
						expect(Math.max(at(0).ways[way].netPresentValue, at(1).ways[way].netPresentValue)).toBeLessThanOrEqual(1e-3);
					if (found?.state === 'always')
						expect(Math.min(at(0).ways[way].netPresentValue, at(1).ways[way].netPresentValue)).toBeGreaterThanOrEqual(-1e-3);
				}
			}),
			{ numRuns: 60 }
		);
	});
});

describe('shared draws', () => {
	const price = {
		code: 'bed',
		name: 'bed',
		amount: { distribution: 'mean-only', mean: 100 },
		unit: 'day',
		year: 2024,
		source: 'a source',
		payer: 'x'
	};
	const cost = (id: string, quantity: number): object => ({ id, what: 'bed', kind: 'cost', price: { price: 'bed' }, quantity });
	const ofCase = (id: string, quantity: number): ValueMap =>
		build({ looming: [cost('a', quantity)], proposed: [], fund: 10, hours: 0 }, { id, prices: [price] });

	test('a price is one draw over options: half as much costs half as much in every draw', () => {
		const map = build({ looming: [cost('a', 2)], proposed: [cost('b', 1)], fund: 10, hours: 0 }, { prices: [price] });
		const alone = simulate(compile(ofCase('case', 1)))[0];
		simulate(compile(map))[0]?.gross.forEach((value, i) => {
			close(value, alone?.gross[i] ?? NaN);
		});
	});
	test('a price is one draw over cases, a case parameter is not', () => {
		const [one, two] = [simulate(compile(ofCase('one', 1)))[0], simulate(compile(ofCase('two', 3)))[0]];
		two?.gross.forEach((value, i) => {
			close(value, 3 * (one?.gross[i] ?? NaN));
		});
		const own = (id: string, scope: string): ValueMap =>
			build(
				{ looming: [{ id: 'a', what: 'a', kind: 'cost', payer: 'x', price: { parameter: 'p' } }], proposed: [], fund: 10, hours: 0 },
				{ id, parameters: [{ id: 'p', name: 'p', value: { distribution: 'mean-only', mean: 100 }, scope }] }
			);
		const drawsOf = (map: ValueMap): Float64Array | undefined => simulate(compile(map))[0]?.gross;
		expect(drawsOf(own('one', 'shared'))).toEqual(drawsOf(own('two', 'shared')));
		expect(drawsOf(own('one', 'case'))).not.toEqual(drawsOf(own('two', 'case')));
	});
	test('two cases of one id are refused', () => {
		expect(() => evaluatePortfolio([ofCase('one', 1), ofCase('one', 2)], { seed: 1, draws: 100 })).toThrow('same id');
	});
});
