import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate, readValueMap } from './index.ts';
import type { Comparison } from './index.ts';

/* 05: a lifetime of earnings from a published study, as a profile of 51 years, with the share that returns as tax. */

interface Example {
	inputs: {
		gov_bonds: number;
		inflation: number;
		horizon_years: number;
		years_to_labour_market: number;
		weeks: number;
		growth: number;
		mincer: [number, number];
		wage_agriculture_ksh_hour: number;
		wage_employed_ksh_hour: number;
		self_employed_monthly_profit_ksh: number;
		self_employed_hours_week_cond: number;
		weeks_per_month: number;
		hours_week: { ag: number; ww: number; se: number };
		exchange_rate: number;
		effect_hours_male: number;
		effect_hours_female: number;
		externality_hours: number;
		coverage: number;
		takeup: number;
		unit_cost_ksh: number;
		years_of_treatment: number;
		teacher_salary: number;
		teacher_benefits: number;
		pupils_per_teacher: number;
		tax_rate: number;
		delta_schooling_direct: number[];
		delta_schooling_externality: number[];
	};
	published_outputs: { opa_unrounded: Record<string, number> };
}
const { inputs, published_outputs: published } = JSON.parse(
	readFileSync(new URL('../examples/05-deworming-baird-2016.json', import.meta.url), 'utf8')
) as Example;

const { ag, ww, se } = inputs.hours_week;
const wageSelfEmployed = inputs.self_employed_monthly_profit_ksh / (inputs.weeks_per_month * inputs.self_employed_hours_week_cond);
const wage =
	(inputs.wage_agriculture_ksh_hour * ag + inputs.wage_employed_ksh_hour * ww + wageSelfEmployed * se) /
	(ag + ww + se) /
	inputs.exchange_rate;

/** Earnings of one extra hour a week, per year since treatment. */
const hourly = Array.from({ length: inputs.horizon_years + 1 }, (_, t) => {
	const experience = t - inputs.years_to_labour_market;
	if (experience < 0) return 0;
	const [first, second] = inputs.mincer;
	return inputs.weeks * wage * (1 + inputs.growth) ** experience * (1 + first * experience + second * experience ** 2);
});

const compare = (externality: boolean): Comparison => {
	const saturation = inputs.coverage * inputs.takeup;
	const hours =
		(inputs.effect_hours_male + inputs.effect_hours_female) / 2 +
		(externality ? (saturation * inputs.externality_hours) / inputs.coverage : 0);
	const schooling = [
		0,
		...inputs.delta_schooling_direct.map((direct, i) => direct + (externality ? (inputs.delta_schooling_externality[i] ?? 0) : 0))
	];
	const perPupil = (inputs.teacher_salary + inputs.teacher_benefits) / inputs.pupils_per_teacher;
	const read = readValueMap({
		format: 'social-return/value-map',
		version: 1,
		title: 'deworming',
		currency: 'USD',
		horizonYears: inputs.horizon_years + 1,
		conventions: { discountRate: inputs.gov_bonds - inputs.inflation },
		options: [
			{ id: 'looming', name: 'no subsidy', role: 'looming' },
			{
				id: 'proposed',
				name: 'mass deworming',
				role: 'proposed',
				flows: [
					{
						id: 'earnings',
						what: 'earnings',
						kind: 'benefit',
						category: 'economic',
						beneficiary: 'pupil',
						quantity: hours,
						price: 1,
						timing: { profile: hourly }
					},
					{
						id: 'tax',
						what: 'tax',
						kind: 'transfer',
						payer: 'pupil',
						beneficiary: 'state',
						quantity: hours,
						price: inputs.tax_rate,
						timing: { profile: hourly }
					},
					{
						...{ id: 'pills', what: 'treatment', kind: 'input', input: 'fund', payer: 'state', quantity: inputs.takeup },
						price: (inputs.unit_cost_ksh / inputs.exchange_rate) * inputs.years_of_treatment
					},
					{
						...{ id: 'school', what: 'more schooling', kind: 'input', input: 'money', payer: 'state', price: perPupil },
						timing: { profile: schooling.map((years) => Math.max(0, years)) }
					},
					// In a few years the study found a little less schooling: that is not spent.
					{
						...{ id: 'less', what: 'less schooling', kind: 'benefit', category: 'fiscal', beneficiary: 'state', price: perPupil },
						timing: { profile: schooling.map((years) => Math.max(0, -years)) }
					}
				]
			}
		]
	});
	if (!read.ok) throw new Error(JSON.stringify(read.errors));
	const comparison = evaluate(read.map).comparisons[0];
	if (comparison === undefined) throw new Error('No comparison.');
	return comparison;
};

describe.each([
	['without', false],
	['with', true]
])('%s externality', (word, externality) => {
	const { adjusted, inputs: paid, parties } = compare(externality);
	const benefit = adjusted.byCategory.find((group) => group.name === 'economic')?.total ?? NaN;
	const notSpent = adjusted.byCategory.find((group) => group.name === 'fiscal')?.total ?? NaN;
	const near = (value: number, wanted: number): void => {
		expect(Math.abs(value / wanted - 1)).toBeLessThan(1e-6);
	};
	test('present value of earnings and of cost, to a millionth', () => {
		near(benefit, published.opa_unrounded[`pv_benefit_${word === 'with' ? 'with' : 'no'}_externality`] ?? NaN);
		near(paid.total - notSpent, published.opa_unrounded[`pv_cost_${word === 'with' ? 'with' : 'no'}_externality`] ?? NaN);
	});
	test('who gains: the tax share goes to the state and adds nothing for society', () => {
		near((parties.find(({ party }) => party === 'state')?.gained ?? NaN) - notSpent, benefit * inputs.tax_rate);
		near(parties.find(({ party }) => party === 'pupil')?.gained ?? NaN, benefit * (1 - inputs.tax_rate));
		near(adjusted.total, benefit + notSpent);
	});
});
