import { clampShare, pow } from './numbers.ts';
import { chunkSize, draw, stream } from './random.ts';
import type { Compiled, CompiledFlow, CompiledOption } from './compile.ts';
import type { Simulated, Spread } from './result.ts';
import type { Simulation } from './types.ts';

/** One option against the looming one, in every draw. */
export interface Draws {
	readonly option: string;
	readonly fund: Float64Array;
	/** Fund, others' money and hours. */
	readonly inputs: Float64Array;
	/** Differences, looming minus proposed. */
	readonly gross: Float64Array;
	readonly adjusted: Float64Array;
	/** What the full count adds for the marginal cost of public funds: to the benefit, and to the cost. */
	readonly fundsBenefit: Float64Array;
	readonly fundsCost: Float64Array;
	/** Per event: its chance, and the part of the difference that hangs on it, as if it were certain. */
	readonly events: readonly {
		readonly chance: Float64Array;
		readonly gross: Float64Array;
		readonly adjusted: Float64Array;
		readonly fundsBenefit: Float64Array;
	}[];
}

/** The sums of one option over one chunk. */
interface Sums {
	readonly gross: Float64Array;
	readonly adjusted: Float64Array;
	readonly fiscal: Float64Array;
	readonly fund: Float64Array;
	readonly inputs: Float64Array;
	readonly fiscalInputs: Float64Array;
	readonly events: readonly { readonly gross: Float64Array; readonly adjusted: Float64Array; readonly fiscal: Float64Array }[];
}

const zeros = (size: number): Float64Array => new Float64Array(size);

const emptySums = (size: number, events: number): Sums => ({
	gross: zeros(size),
	adjusted: zeros(size),
	fiscal: zeros(size),
	fund: zeros(size),
	inputs: zeros(size),
	fiscalInputs: zeros(size),
	events: Array.from({ length: events }, () => ({ gross: zeros(size), adjusted: zeros(size), fiscal: zeros(size) }))
});

/** The values of every slot in one chunk. Fixed slots are constant. */
const sampleChunk = (compiled: Compiled, seed: number, chunk: number, size: number): readonly Float64Array[] =>
	compiled.slots.map(({ key, value, mid }) => {
		const values = new Float64Array(size);
		if (key === null || typeof value === 'number') return values.fill(mid);
		const uniform = stream(seed, key, chunk);
		for (let i = 0; i < size; i += 1) values[i] = draw(value, uniform);
		return values;
	});

/** Weight of the adjusted present value in one draw, where persistence itself is drawn. */
const persistentWeight = (flow: CompiledFlow, rate: number): number => {
	let total = 0;
	for (let t = flow.firstYear; t < flow.multipliers.length; t += 1) {
		const multiplier = flow.multipliers[t] ?? 0;
		if (multiplier === 0) continue;
		const k = t - flow.firstYear;
		const left = flow.persistence?.kind === 'cumulative-deadweight' ? 1 - clampShare(rate * (k + 1)) : pow(1 - rate, k);
		total += multiplier * (flow.factors[t] ?? 0) * left;
	}
	return total;
};

const addFlow = (compiled: Compiled, flow: CompiledFlow, values: readonly Float64Array[], sums: Sums, size: number): void => {
	const of = (slot: number): Float64Array => {
		const found = values[slot];
		if (found === undefined) throw new Error('A slot has no values.');
		return found;
	};
	const amount = of(flow.amount);
	const quantity = of(flow.quantity);
	const chance = of(flow.chance);
	const eventChance = flow.event < 0 ? null : of(compiled.events[flow.event] ?? 0);
	const event = flow.event < 0 ? null : (sums.events[flow.event] ?? null);
	const reductions = [flow.deadweight, flow.attribution, flow.displacement].filter((slot) => slot !== null).map(of);
	const rate = flow.persistence === null ? null : of(flow.persistence.rate);
	const fixedWeight = flow.persistence === null ? flow.weight : null;
	const correction = 1 - compiled.map.evidence.correction;
	const fiscal = flow.category === 'fiscal';
	let lastRate = NaN;
	let lastWeight = 0;
	for (let i = 0; i < size; i += 1) {
		const base = (amount[i] ?? 0) * flow.priceIndex * (quantity[i] ?? 0) * clampShare(chance[i] ?? 0);
		const happens = eventChance === null ? 1 : clampShare(eventChance[i] ?? 0);
		if (flow.kind === 'input') {
			const value = base * happens * flow.weight;
			sums.inputs[i] = (sums.inputs[i] ?? 0) + value;
			if (flow.input === 'fund') sums.fund[i] = (sums.fund[i] ?? 0) + value;
			if (fiscal) sums.fiscalInputs[i] = (sums.fiscalInputs[i] ?? 0) + value;
			continue;
		}
		if (flow.sign === 0) continue;
		let keep = correction;
		for (const reduction of reductions) keep *= 1 - clampShare(reduction[i] ?? 0);
		let weight = fixedWeight ?? lastWeight;
		if (rate !== null) {
			const now = clampShare(rate[i] ?? 0);
			if (now !== lastRate) {
				lastRate = now;
				lastWeight = persistentWeight(flow, now);
			}
			weight = lastWeight;
		}
		const gross = flow.sign * base * flow.weight;
		const adjusted = flow.sign * base * weight * keep;
		sums.gross[i] = (sums.gross[i] ?? 0) + gross * happens;
		sums.adjusted[i] = (sums.adjusted[i] ?? 0) + adjusted * happens;
		if (fiscal) sums.fiscal[i] = (sums.fiscal[i] ?? 0) + adjusted * happens;
		if (event !== null) {
			event.gross[i] = (event.gross[i] ?? 0) + gross;
			event.adjusted[i] = (event.adjusted[i] ?? 0) + adjusted;
			if (fiscal) event.fiscal[i] = (event.fiscal[i] ?? 0) + adjusted;
		}
	}
};

const sumOption = (compiled: Compiled, option: CompiledOption, values: readonly Float64Array[], size: number): Sums => {
	const sums = emptySums(size, compiled.events.length);
	for (const flow of option.flows) addFlow(compiled, flow, values, sums, size);
	return sums;
};

/** Whether any number that counts is drawn at all. */
export const isUncertain = (compiled: Compiled): boolean => compiled.slots.some(({ key }) => key !== null);

/** All draws of every proposal against the looming option. The same seed gives the same bytes, whoever else draws along. */
export const simulate = (compiled: Compiled, { seed, draws }: Simulation = compiled.map.simulation): readonly Draws[] => {
	const all = compiled.proposals.map(({ option }): Draws => ({
		option: option.id,
		fund: zeros(draws),
		inputs: zeros(draws),
		gross: zeros(draws),
		adjusted: zeros(draws),
		fundsBenefit: zeros(draws),
		fundsCost: zeros(draws),
		events: compiled.events.map(() => ({ chance: zeros(draws), gross: zeros(draws), adjusted: zeros(draws), fundsBenefit: zeros(draws) }))
	}));
	const extra = compiled.map.conventions.marginalCostOfPublicFunds;
	for (let from = 0, chunk = 0; from < draws; from += chunkSize, chunk += 1) {
		const size = Math.min(chunkSize, draws - from);
		const values = sampleChunk(compiled, seed, chunk, size);
		const looming = sumOption(compiled, compiled.looming, values, size);
		compiled.proposals.forEach((proposal, p) => {
			const proposed = sumOption(compiled, proposal, values, size);
			const out = all[p];
			if (out === undefined) return;
			out.fund.set(proposed.fund, from);
			out.inputs.set(proposed.inputs, from);
			for (let i = 0; i < size; i += 1) {
				out.gross[from + i] = (looming.gross[i] ?? 0) - (proposed.gross[i] ?? 0);
				out.adjusted[from + i] = (looming.adjusted[i] ?? 0) - (proposed.adjusted[i] ?? 0);
				out.fundsBenefit[from + i] = extra * ((looming.fiscal[i] ?? 0) - (proposed.fiscal[i] ?? 0));
				out.fundsCost[from + i] = extra * (proposed.fiscalInputs[i] ?? 0);
			}
			out.events.forEach((event, e) => {
				const chance = values[compiled.events[e] ?? 0];
				const [a, b] = [looming.events[e], proposed.events[e]];
				if (chance === undefined || a === undefined || b === undefined) return;
				for (let i = 0; i < size; i += 1) {
					event.chance[from + i] = clampShare(chance[i] ?? 0);
					event.gross[from + i] = (a.gross[i] ?? 0) - (b.gross[i] ?? 0);
					event.adjusted[from + i] = (a.adjusted[i] ?? 0) - (b.adjusted[i] ?? 0);
					event.fundsBenefit[from + i] = extra * ((a.fiscal[i] ?? 0) - (b.fiscal[i] ?? 0));
				}
			});
		});
	}
	return all;
};

/** Adds chunk by chunk, in order: the same bytes however the chunks were made. */
export const meanOf = (values: Float64Array): number => {
	let total = 0;
	for (let from = 0; from < values.length; from += chunkSize) {
		let part = 0;
		const to = Math.min(from + chunkSize, values.length);
		for (let i = from; i < to; i += 1) part += values[i] ?? 0;
		total += part;
	}
	return total / values.length;
};

/** Quantile by linear interpolation between order statistics (type 7). Expects sorted values. */
export const quantile = (sorted: Float64Array, share: number): number => {
	const place = (sorted.length - 1) * share;
	const below = Math.floor(place);
	const low = sorted[below] ?? NaN;
	const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
	// Equal neighbours first: infinity minus infinity is no number.
	return low === high ? low : low + (high - low) * (place - below);
};

/** Standard error of a mean from the squared deviations of its draws. */
const errorOf = (size: number, deviation: (i: number) => number): number => {
	const squares = new Float64Array(size);
	for (let i = 0; i < size; i += 1) {
		const one = deviation(i);
		squares[i] = one * one;
	}
	return Math.sqrt(meanOf(squares) / Math.max(1, size - 1));
};

const combine = (size: number, value: (i: number) => number): Float64Array => {
	// A loop, not map: on typed arrays map is several times slower, and a moved slider asks for a new picture within a frame.
	const values = new Float64Array(size);
	for (let i = 0; i < size; i += 1) values[i] = value(i);
	return values;
};

export const addDraws = (a: Float64Array, b: Float64Array): Float64Array => combine(a.length, (i) => (a[i] ?? 0) + (b[i] ?? 0));

export const spreadOf = (values: Float64Array): Spread => {
	const mean = meanOf(values);
	const sorted = values.slice().sort();
	return {
		mean,
		median: quantile(sorted, 0.5),
		low: quantile(sorted, 0.05),
		high: quantile(sorted, 0.95),
		standardError: errorOf(values.length, (i) => (values[i] ?? 0) - mean)
	};
};

/** Spread of benefit / cost. The mean is the ratio of means or the mean of ratios; median and interval are of the ratio in each draw. */
export const ratioSpread = (benefit: Float64Array, cost: Float64Array, convention: 'of-means' | 'mean-of-ratios'): Spread | null => {
	const meanCost = meanOf(cost);
	if (!(meanCost > 0) || cost.some((one) => !(one > 0))) return null;
	const spread = spreadOf(combine(benefit.length, (i) => (benefit[i] ?? 0) / (cost[i] ?? 1)));
	if (convention === 'mean-of-ratios') return spread;
	const ratio = meanOf(benefit) / meanCost;
	return { ...spread, mean: ratio, standardError: errorOf(benefit.length, (i) => ((benefit[i] ?? 0) - ratio * (cost[i] ?? 0)) / meanCost) };
};

const shifted = (spread: Spread, change: (value: number) => number, scale: number): Spread => ({
	mean: change(spread.mean),
	median: change(spread.median),
	low: change(spread.low),
	high: change(spread.high),
	standardError: spread.standardError * scale
});

/** What a way of counting comes to over all draws. */
export const simulatedOf = (benefit: Float64Array, cost: Float64Array, convention: 'of-means' | 'mean-of-ratios'): Simulated => {
	let pays = 0;
	let sameCost = true;
	const first = cost[0] ?? 0;
	for (let i = 0; i < benefit.length; i += 1) {
		if ((benefit[i] ?? 0) >= (cost[i] ?? 0)) pays += 1;
		if (cost[i] !== first) sameCost = false;
	}
	const chanceItPays = pays / benefit.length;
	if (!sameCost) {
		const worth = spreadOf(combine(benefit.length, (i) => (benefit[i] ?? 0) - (cost[i] ?? 0)));
		return { ratio: ratioSpread(benefit, cost, convention), netPresentValue: worth, chanceItPays };
	}
	// With one cost in every draw the benefit is sorted once, for both.
	const spread = spreadOf(benefit);
	return {
		ratio: first > 0 ? shifted(spread, (value) => value / first, 1 / first) : null,
		netPresentValue: shifted(spread, (value) => value - first, 1),
		chanceItPays
	};
};
