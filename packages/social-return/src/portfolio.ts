import { compile } from './compile.ts';
import { breakdown, inputsOf, pointFlows } from './point.ts';
import { isUncertain, simulate, simulatedOf, spreadOf } from './simulate.ts';
import type { Compiled } from './compile.ts';
import type { Simulated } from './result.ts';
import type { Simulation, ValueMap } from './types.ts';

/** Sums over cases: prices and parameters of scope `shared` are drawn once a run for all of them, parameters of scope `case` per case. */
export interface Portfolio {
	readonly cases: number;
	readonly simulation: Simulation;
	readonly ways: { readonly fundOnly: PortfolioWay; readonly adjusted: PortfolioWay; readonly full: PortfolioWay };
	/** The summed draws themselves, e.g. for a picture of the spread. */
	readonly draws: PortfolioDraws;
}

export interface PortfolioWay {
	readonly benefit: number;
	readonly cost: number;
	/** Sum of benefits / sum of costs; null without cost. */
	readonly ratio: number | null;
	readonly netPresentValue: number;
	readonly simulated: Simulated | null;
}

export interface PortfolioDraws {
	readonly fund: Float64Array;
	readonly inputs: Float64Array;
	readonly gross: Float64Array;
	readonly adjusted: Float64Array;
	readonly full: Float64Array;
}

const emptyDraws = (size: number): PortfolioDraws => ({
	fund: new Float64Array(size),
	inputs: new Float64Array(size),
	gross: new Float64Array(size),
	adjusted: new Float64Array(size),
	full: new Float64Array(size)
});

const addTo = (into: Float64Array, values: Float64Array, more?: Float64Array): void => {
	for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) + (values[i] ?? 0) + (more?.[i] ?? 0);
};

interface Point {
	readonly fund: number;
	readonly full: number;
	readonly gross: number;
	readonly adjusted: number;
	readonly fullBenefit: number;
}

const pointOf = (compiled: Compiled, proposal: Compiled['looming']): Point => {
	const { conventions, horizonYears } = compiled.map;
	const decimals = conventions.roundEachYear;
	const looming = pointFlows(compiled, compiled.looming);
	const proposed = pointFlows(compiled, proposal);
	const sides = [
		{ flows: looming, factor: 1 },
		{ flows: proposed, factor: -1 }
	] as const;
	const gross = breakdown(sides, 'gross', horizonYears, decimals);
	const adjusted = breakdown(sides, 'adjusted', horizonYears, decimals);
	const inputs = inputsOf(proposed, decimals);
	const fiscalInputs = inputsOf(proposed, decimals, (flow) => flow.category === 'fiscal').total;
	const extra = conventions.marginalCostOfPublicFunds;
	const fiscal = adjusted.byCategory.find((group) => group.name === 'fiscal')?.total ?? 0;
	return {
		fund: inputs.fund,
		full: inputs.total + extra * fiscalInputs,
		gross: gross.total,
		adjusted: adjusted.total,
		fullBenefit: adjusted.total + extra * fiscal
	};
};

/**
 * Counts several cases as one. Each map's proposal is its option of role `proposed` (the first). Throws when two maps share an id
 * (their case parameters would be one draw) or when a map has no proposed option.
 */
export const evaluatePortfolio = (
	maps: readonly ValueMap[],
	simulation: Simulation,
	ratio: 'of-means' | 'mean-of-ratios' = 'of-means'
): Portfolio => {
	if (new Set(maps.map((map) => map.id)).size !== maps.length) throw new Error('Two cases of a portfolio have the same id.');
	const draws = emptyDraws(simulation.draws);
	const total = { fund: 0, full: 0, gross: 0, adjusted: 0, fullBenefit: 0 };
	let uncertain = false;
	const ratioSums = {
		fundOnly: new Float64Array(simulation.draws),
		adjusted: new Float64Array(simulation.draws),
		full: new Float64Array(simulation.draws)
	};
	for (const map of maps) {
		const compiled = compile(map);
		const p = compiled.proposals.findIndex(({ option }) => option.role === 'proposed');
		const [proposal, own] = [compiled.proposals[p], simulate(compiled, simulation)[p]];
		if (proposal === undefined || own === undefined) throw new Error(`Value map ${map.id} has no proposed option.`);
		uncertain ||= isUncertain(compiled);
		const point = pointOf(compiled, proposal);
		for (const key of ['fund', 'full', 'gross', 'adjusted', 'fullBenefit'] as const) total[key] += point[key];
		addTo(draws.fund, own.fund);
		addTo(draws.inputs, own.inputs, own.fundsCost);
		addTo(draws.gross, own.gross);
		addTo(draws.adjusted, own.adjusted);
		addTo(draws.full, own.adjusted, own.fundsBenefit);
		for (let i = 0; i < simulation.draws; i += 1) {
			const at = (values: Float64Array): number => values[i] ?? 0;
			ratioSums.fundOnly[i] = at(ratioSums.fundOnly) + at(own.gross) / at(own.fund);
			ratioSums.adjusted[i] = at(ratioSums.adjusted) + at(own.adjusted) / at(own.fund);
			ratioSums.full[i] = at(ratioSums.full) + (at(own.adjusted) + at(own.fundsBenefit)) / (at(own.inputs) + at(own.fundsCost));
		}
	}
	const way = (benefit: number, cost: number, benefits: Float64Array, costs: Float64Array, ratios: Float64Array): PortfolioWay => {
		// The mean of ratios is over cases too: each case's ratio weighs the same.
		const mean = ratios.every(Number.isFinite) ? spreadOf(ratios.map((one) => one / maps.length)) : null;
		const simulated = simulatedOf(benefits, costs, 'of-means');
		return {
			benefit,
			cost,
			ratio: cost > 0 ? benefit / cost : null,
			netPresentValue: benefit - cost,
			simulated: uncertain ? (ratio === 'of-means' ? simulated : { ...simulated, ratio: mean }) : null
		};
	};
	return {
		cases: maps.length,
		simulation,
		ways: {
			fundOnly: way(total.gross, total.fund, draws.gross, draws.fund, ratioSums.fundOnly),
			adjusted: way(total.adjusted, total.fund, draws.adjusted, draws.fund, ratioSums.adjusted),
			full: way(total.fullBenefit, total.full, draws.full, draws.inputs, ratioSums.full)
		},
		draws
	};
};
