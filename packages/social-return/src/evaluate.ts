import { breakEvens } from './break-even.ts';
import { compile } from './compile.ts';
import { internalRate } from './discount.ts';
import { breakdown, inputsOf, pointFlows, sum } from './point.ts';
import { referenceClass } from './reference.ts';
import { addDraws, isUncertain, simulate, simulatedOf } from './simulate.ts';
import { freesKinds } from './types.ts';
import type { Compiled, CompiledOption } from './compile.ts';
import type { PointFlow } from './point.ts';
import type {
	AdjustmentState,
	Breakdown,
	Comparison,
	FreesResult,
	Inputs,
	OptionResult,
	PartyResult,
	Result,
	Row,
	Simulated,
	Warning,
	Way
} from './result.ts';
import type { Draws } from './simulate.ts';
import type { Frees, Simulation, ValueMap } from './types.ts';

interface PointOption {
	readonly compiled: CompiledOption;
	readonly flows: readonly PointFlow[];
}

/** Years until the discounted benefits have paid the cost, spread evenly within each year. */
const payback = (benefitByYear: readonly number[], cost: number): number | null => {
	let left = cost;
	if (left <= 0) return 0;
	for (const [t, benefit] of benefitByYear.entries()) {
		if (benefit >= left) return t + left / benefit;
		left -= benefit;
	}
	return null;
};

const partiesOf = (proposed: readonly PointFlow[], adjusted: Breakdown, decimals: number | null): readonly PartyResult[] => {
	const names = new Set<string>();
	for (const { flow } of proposed) if (flow.kind === 'input' && flow.payer !== null) names.add(flow.payer);
	for (const group of adjusted.byParty) names.add(group.name);
	return [...names].map((party) => {
		const paid = inputsOf(proposed, decimals, (flow) => flow.payer === party);
		const gained = adjusted.byParty.find((group) => group.name === party)?.total ?? 0;
		return { party, paid, gained, net: gained - paid.total };
	});
};

const freesOf = (looming: readonly PointFlow[], proposed: readonly PointFlow[]): readonly FreesResult[] => {
	const payers = new Map<string, Record<Frees, number>>();
	const add = (point: PointFlow, factor: 1 | -1): void => {
		const { kind, payer, frees } = point.flow;
		if (payer === null || (kind !== 'cost' && kind !== 'transfer')) return;
		const amounts = payers.get(payer) ?? { now: 0, later: 0, capacity: 0, not: 0, unknown: 0 };
		amounts[frees] += factor * sum(point.adjusted);
		payers.set(payer, amounts);
	};
	for (const point of looming) add(point, 1);
	for (const point of proposed) add(point, -1);
	return [...payers].map(([payer, amounts]) => ({ payer, amounts, total: sum(freesKinds.map((kind) => amounts[kind])) }));
};

const compare = (compiled: Compiled, looming: PointOption, proposed: PointOption, draws: Draws): Comparison => {
	const { conventions, horizonYears } = compiled.map;
	const decimals = conventions.roundEachYear;
	const sides = [
		{ flows: looming.flows, factor: 1 },
		{ flows: proposed.flows, factor: -1 }
	] as const;
	const gross = breakdown(sides, 'gross', horizonYears, decimals);
	const adjusted = breakdown(sides, 'adjusted', horizonYears, decimals);
	const inputs = inputsOf(proposed.flows, decimals);
	const extra = conventions.marginalCostOfPublicFunds;
	const fiscal = adjusted.byCategory.find((group) => group.name === 'fiscal');
	const fiscalInputs = extra === 0 ? 0 : inputsOf(proposed.flows, decimals, (flow) => flow.category === 'fiscal').total;
	const fullBenefit = adjusted.total + extra * (fiscal?.total ?? 0);
	const fullByYear = adjusted.byYear.map((value, t) => value + extra * (fiscal?.byYear[t] ?? 0));
	const fullCost = inputs.total + extra * fiscalInputs;
	const uncertain = isUncertain(compiled);
	const way = (benefit: number, cost: number, byYear: readonly number[], simulated: () => Simulated): Way => {
		const ratio = cost > 0 ? benefit / cost : null;
		return {
			benefit,
			cost,
			ratio,
			netRatio: conventions.netRatio && ratio !== null ? (benefit - cost) / cost : null,
			netPresentValue: benefit - cost,
			paybackYears: payback(byYear, cost),
			simulated: uncertain ? simulated() : null
		};
	};
	const spentNow = proposed.flows.filter(({ flow }) => flow.kind === 'input' && flow.timing.start === 'now');
	const yearly = adjusted.byYearUndiscounted.map(
		(value, t) =>
			value -
			sum(
				proposed.flows.filter(({ flow }) => flow.kind === 'input' && flow.timing.start !== 'now').map((point) => point.undiscounted[t] ?? 0)
			)
	);
	return {
		option: proposed.compiled.option.id,
		against: looming.compiled.option.id,
		inputs,
		gross,
		adjusted,
		ways: {
			fundOnly: way(gross.total, inputs.fund, gross.byYear, () => simulatedOf(draws.gross, draws.fund, conventions.ratio)),
			adjusted: way(adjusted.total, inputs.fund, adjusted.byYear, () => simulatedOf(draws.adjusted, draws.fund, conventions.ratio)),
			full: way(fullBenefit, fullCost, fullByYear, () =>
				simulatedOf(addDraws(draws.adjusted, draws.fundsBenefit), addDraws(draws.inputs, draws.fundsCost), conventions.ratio)
			)
		},
		parties: partiesOf(proposed.flows, adjusted, decimals),
		frees: freesOf(looming.flows, proposed.flows),
		breakEven: breakEvens(compiled, looming.flows, proposed.flows, { fund: inputs.fund, full: fullCost }, draws),
		internalRateOfReturn: internalRate(
			-sum(spentNow.map((point) => sum(point.gross))),
			yearly,
			conventions.firstYear === 'discounted' ? 1 : 0
		)
	};
};

const rowOf = (compiled: Compiled, option: string, point: PointFlow): Row => {
	const { flow } = point;
	const { price } = flow;
	return {
		path: flow.path,
		option,
		id: flow.id,
		what: flow.what,
		kind: flow.kind,
		input: flow.input,
		category: flow.category,
		payer: flow.payer,
		beneficiary: flow.beneficiary,
		frees: flow.frees,
		event: compiled.map.events[flow.event]?.id ?? null,
		timing: flow.timing,
		quantity: point.quantity,
		unitPrice: point.unitPrice,
		indexFactor: flow.priceIndex,
		chance: point.chance,
		price:
			price === null
				? null
				: {
						...{ code: price.code, name: price.name, unit: price.unit, year: price.year, source: price.source, url: price.url },
						...(price.freesBecause === null ? {} : { freesBecause: price.freesBecause })
					},
		source: flow.source,
		keep: point.keep,
		byYear: point.undiscounted,
		presentValue: sum(point.gross),
		adjustedPresentValue: sum(point.adjusted)
	};
};

const adjustmentStates = (compiled: Compiled): readonly AdjustmentState[] => {
	const flows = compiled.options.flatMap((option) => option.flows).filter((flow) => flow.kind !== 'input');
	const lasting = flows.filter((flow) => flow.multipliers.filter((multiplier) => multiplier !== 0).length > 1);
	const state = (
		adjustment: AdjustmentState['adjustment'],
		of: typeof flows,
		given: (flow: (typeof flows)[number]) => boolean
	): AdjustmentState => {
		const rows = of.filter(given).length;
		const name = of.length === 0 ? 'not-needed' : rows === 0 ? 'not-estimated' : rows === of.length ? 'estimated' : 'partly';
		return { adjustment, state: name, rows, of: of.length };
	};
	return [
		// A deadweight that grows each year is an estimate of deadweight too.
		state('deadweight', flows, (flow) => flow.deadweight !== null || flow.persistence?.kind === 'cumulative-deadweight'),
		state('attribution', flows, (flow) => flow.attribution !== null),
		state('displacement', flows, (flow) => flow.displacement !== null),
		state('persistence', lasting, (flow) => flow.persistence !== null)
	];
};

const warningsOf = (
	compiled: Compiled,
	adjustments: readonly AdjustmentState[],
	comparisons: readonly Comparison[]
): readonly Warning[] => {
	const warnings: Warning[] = [];
	const warn = (code: Warning['code'], option: string | null = null): void => {
		warnings.push({ code, option });
	};
	if (adjustments.some(({ state }) => state === 'not-estimated' || state === 'partly')) warn('adjustments_not_estimated');
	if (!isUncertain(compiled)) warn('no_ranges');
	const years = new Set(
		compiled.options.flatMap((option) => option.flows.map((flow) => flow.price?.year ?? null)).filter((year) => year !== null)
	);
	if (compiled.map.conventions.priceYear === null && years.size > 1) warn('mixed_price_years');
	for (const comparison of comparisons) {
		if (comparison.inputs.hours === 0) warn('no_hours', comparison.option);
		if (comparison.inputs.fund === 0) warn('no_fund_input', comparison.option);
		if (comparison.frees.some(({ amounts }) => amounts.unknown !== 0)) warn('frees_unknown', comparison.option);
		const ratio = comparison.ways.full.ratio;
		const grade = compiled.map.evidence.grade ?? 0;
		if (ratio !== null && ratio > referenceClass.agreed.p95 && grade < 3) warn('above_reference_class', comparison.option);
	}
	return warnings;
};

const noInputs: Inputs = { fund: 0, money: 0, hours: 0, total: 0 };

/**
 * Counts the return of a value map that `readValueMap` accepted. Point figures use every number's mid and are exact to the
 * convention; ranges come from the simulation and stand apart under `simulated`. Pure: the same map gives the same bytes.
 */
export const evaluate = (map: ValueMap, simulation: Simulation = map.simulation): Result => {
	const compiled = compile(map);
	const points = new Map(compiled.options.map((option) => [option, { compiled: option, flows: pointFlows(compiled, option) }]));
	const looming = points.get(compiled.looming);
	if (looming === undefined) throw new Error('The looming option was not counted.');
	const draws = isUncertain(compiled) ? simulate(compiled, simulation) : simulate(compiled, { ...simulation, draws: 1 });
	const comparisons = compiled.proposals.flatMap((proposal, p) => {
		const [point, own] = [points.get(proposal), draws[p]];
		return point === undefined || own === undefined ? [] : [compare(compiled, looming, point, own)];
	});
	const adjustments = adjustmentStates(compiled);
	const decimals = map.conventions.roundEachYear;
	return {
		format: 'social-return/result',
		version: 1,
		id: map.id,
		title: map.title,
		currency: map.currency,
		horizonYears: map.horizonYears,
		conventions: map.conventions,
		evidence: map.evidence,
		simulation,
		adjustments,
		options: [...points.values()].map(({ compiled: { option }, flows }): OptionResult => ({
			id: option.id,
			name: option.name,
			role: option.role,
			cost: breakdown([{ flows, factor: 1 }], 'gross', map.horizonYears, decimals),
			inputs: option.role === 'looming' ? noInputs : inputsOf(flows, decimals)
		})),
		comparisons,
		rows: [...points.values()].flatMap(({ compiled: { option }, flows }) => flows.map((point) => rowOf(compiled, option.id, point))),
		warnings: warningsOf(compiled, adjustments, comparisons)
	};
};
