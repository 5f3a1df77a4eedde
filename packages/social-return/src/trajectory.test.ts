import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate, occupancyOf, readValueMap } from './index.ts';
import { countedShares } from './trajectory.ts';
import type { Result } from './index.ts';

const example = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../examples/${name}.json`, import.meta.url), 'utf8')) as T;

const count = (map: object): Result => {
	const read = readValueMap({ format: 'social-return/value-map', version: 1, title: 'published example', ...map });
	if (!read.ok) throw new Error(JSON.stringify(read.errors, null, 1));
	return evaluate(read.map);
};
const nothing = { id: 'looming', name: 'looming', role: 'looming', flows: [] };

describe('06: a trajectory of states, cost discounted at 6% and effects not at all', () => {
	interface Example {
		inputs: {
			cycles: number;
			discount_costs: number;
			discount_effects: number;
			states: string[];
			transition_counts: number[][];
			row_totals: number[];
			state_cost: number[];
			drug_zido: number;
			drug_lami: number;
			lami_cycles: number;
			relative_risk: number;
			rr_cycles: number;
		};
		published_outputs: { cost_mono: number; cost_comb: number; ly_mono: number; ly_comb: number; icer: number };
	}
	const { inputs, published_outputs: published } = example<Example>('06-markov-hiv-briggs');
	const mono = inputs.transition_counts.map((row, i) => row.map((one) => one / (inputs.row_totals[i] ?? 1)));
	// The relative risk slows every move to a worse state; who does not move, stays.
	const combined = mono.map((row, i) => {
		const moved = row.map((chance, j) => (j > i ? chance * inputs.relative_risk : 0));
		return moved.map((chance, j) => (j === i ? 1 - moved.reduce((sum, one) => sum + one, 0) : chance));
	});
	const early = Array.from({ length: inputs.lami_cycles }, (_, i) => i);
	const states = (both: boolean): object[] =>
		inputs.states.map((state, s) => ({
			id: state,
			flows:
				s === inputs.states.length - 1
					? []
					: [
							{
								id: `cost-${state}`,
								what: 'care and drug',
								kind: 'cost',
								payer: 'nhs',
								price: (inputs.state_cost[s] ?? 0) + inputs.drug_zido
							},
							...(both
								? [{ id: `lami-${state}`, what: 'second drug', kind: 'cost', payer: 'nhs', price: inputs.drug_lami, cycles: early }]
								: []),
							{ id: `year-${state}`, what: 'year lived', kind: 'benefit', category: 'social', beneficiary: 'patient', price: 1 }
						]
		}));
	const trajectory = (both: boolean): object => ({
		states: states(both),
		start: inputs.states.map((_, s) => (s === 0 ? 1 : 0)),
		transitions: mono,
		cycles: inputs.cycles,
		counting: 'end',
		overrides: both ? [{ cycles: Array.from({ length: inputs.rr_cycles }, (_, i) => i), transitions: combined }] : []
	});
	const result = count({
		currency: 'GBP',
		horizonYears: inputs.cycles,
		conventions: { discountRate: inputs.discount_costs, discountRates: { social: inputs.discount_effects }, firstYear: 'discounted' },
		options: [
			{ ...nothing, trajectory: trajectory(false) },
			{ id: 'proposed', name: 'combination', role: 'proposed', trajectory: trajectory(true) }
		]
	});
	const total = (option: number, category: string): number =>
		Math.abs(result.options[option]?.cost.byCategory.find((group) => group.name === category)?.total ?? NaN);

	test('cost, life years and cost per year gained, to a millionth', () => {
		const near = (value: number, wanted: number): void => {
			expect(Math.abs(value / wanted - 1)).toBeLessThan(1e-6);
		};
		near(total(0, 'fiscal'), published.cost_mono);
		near(total(1, 'fiscal'), published.cost_comb);
		near(total(0, 'social'), published.ly_mono);
		near(total(1, 'social'), published.ly_comb);
		near((total(1, 'fiscal') - total(0, 'fiscal')) / (total(1, 'social') - total(0, 'social')), published.icer);
	});
});

describe('walking through states', () => {
	const leaking = {
		states: [
			{ id: 'housed', flows: [] },
			{ id: 'shelter', flows: [] }
		],
		start: [1, 0],
		transitions: [
			[0.5, 0.5],
			[0, 1]
		],
		cycles: 2,
		overrides: []
	} as const;
	test('shares of a cycle are counted at its start, its end or half way', () => {
		expect(occupancyOf(leaking)).toEqual([
			[1, 0],
			[0.5, 0.5],
			[0.25, 0.75]
		]);
		expect(countedShares({ ...leaking, counting: 'start' }, 1)).toEqual([0, 0.5]);
		expect(countedShares({ ...leaking, counting: 'end' }, 1)).toEqual([0.5, 0.75]);
		expect(countedShares({ ...leaking, counting: 'half' }, 1)).toEqual([0.25, 0.625]);
	});
	test('other chances hold in the cycles that name them', () => {
		const held = {
			...leaking,
			overrides: [
				{
					cycles: [0],
					transitions: [
						[1, 0],
						[0, 1]
					]
				}
			]
		};
		expect(occupancyOf(held).map((row) => row[1])).toEqual([0, 0, 0.5]);
	});
	test('rows that do not add up to 1, a matrix of another size and an input in a state are refused', () => {
		const read = readValueMap({
			format: 'social-return/value-map',
			version: 1,
			title: 't',
			horizonYears: 2,
			options: [
				{
					id: 'l',
					name: 'l',
					role: 'looming',
					trajectory: {
						states: [{ id: 'a', flows: [{ id: 'f', what: 'f', kind: 'input', input: 'fund', payer: 'p', price: 1 }] }, { id: 'b' }],
						start: [0.5, 0.6],
						transitions: [[1, 0]],
						cycles: 3
					}
				},
				{ id: 'p', name: 'p', role: 'proposed' }
			]
		});
		expect(read.ok ? [] : read.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
			'options.0.trajectory.states.0.flows.0.kind not_possible',
			'options.0.trajectory.cycles beyond_horizon',
			'options.0.trajectory.start not_possible',
			'options.0.trajectory.transitions not_possible'
		]);
	});
});
