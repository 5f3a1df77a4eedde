import { clampShare, pow, roundTo } from './numbers.ts';
import type { Compiled, CompiledFlow, CompiledOption } from './compile.ts';
import type { Breakdown, Group, Inputs } from './result.ts';
import { categories } from './types.ts';
import type { Category } from './types.ts';

/** One flow with every number at its mid, year by year. */
export interface PointFlow {
	readonly flow: CompiledFlow;
	readonly quantity: number;
	readonly unitPrice: number;
	readonly chance: number;
	readonly keep: number;
	readonly undiscounted: readonly number[];
	readonly undiscountedAdjusted: readonly number[];
	readonly gross: readonly number[];
	readonly adjusted: readonly number[];
	/** Present values if the flow's event were certain (the same as the sums above where there is no event). */
	readonly certainGross: number;
	readonly certainAdjusted: number;
}

/** What is left of an effect in the k-th year after its first. */
export const persists = (kind: 'drop-off' | 'cumulative-deadweight', rate: number, k: number): number =>
	kind === 'drop-off' ? pow(1 - rate, k) : 1 - clampShare(rate * (k + 1));

export const pointFlow = (compiled: Compiled, flow: CompiledFlow, values: readonly number[]): PointFlow => {
	const at = (slot: number): number => values[slot] ?? 0;
	const left = (slot: number | null): number => (slot === null ? 1 : 1 - clampShare(at(slot)));
	const event = flow.event < 0 ? 1 : clampShare(at(compiled.events[flow.event] ?? 0));
	const certain = at(flow.amount) * flow.priceIndex * at(flow.quantity) * clampShare(at(flow.chance));
	const amount = certain * event;
	const correction = flow.kind === 'input' ? 1 : 1 - compiled.map.evidence.correction;
	const keep = left(flow.deadweight) * left(flow.attribution) * left(flow.displacement) * correction;
	const persistence = flow.persistence;
	const remaining = flow.multipliers.map((_, t) =>
		persistence === null || t < flow.firstYear ? 1 : persists(persistence.kind, clampShare(at(persistence.rate)), t - flow.firstYear)
	);
	const undiscounted = flow.multipliers.map((multiplier) => amount * multiplier);
	const undiscountedAdjusted = undiscounted.map((value, t) => value * (remaining[t] ?? 1) * keep);
	const discounted = (list: readonly number[]): readonly number[] => list.map((value, t) => value * (flow.factors[t] ?? 0));
	const lasting = flow.multipliers.reduce((total, multiplier, t) => total + multiplier * (flow.factors[t] ?? 0) * (remaining[t] ?? 1), 0);
	return {
		flow,
		quantity: at(flow.quantity),
		unitPrice: at(flow.amount),
		chance: clampShare(at(flow.chance)) * event,
		keep,
		undiscounted,
		undiscountedAdjusted,
		gross: discounted(undiscounted),
		adjusted: discounted(undiscountedAdjusted),
		certainGross: certain * flow.weight,
		certainAdjusted: certain * lasting * keep
	};
};

export const pointFlows = (compiled: Compiled, option: CompiledOption, values: readonly number[] = compiled.mids): readonly PointFlow[] =>
	option.flows.map((flow) => pointFlow(compiled, flow, values));

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Adds a year's amounts, each rounded first where the conventions say so. */
export const sumYears = (byYear: readonly number[], decimals: number | null): number =>
	sum(decimals === null ? byYear : byYear.map((value) => roundTo(value, decimals)));

export const inputsOf = (
	flows: readonly PointFlow[],
	decimals: number | null,
	counts: (flow: CompiledFlow) => boolean = () => true
): Inputs => {
	const of = (kind: CompiledFlow['input']): number => {
		const byYear: number[] = [];
		for (const { flow, gross } of flows) {
			if (flow.input === kind && counts(flow)) gross.forEach((value, t) => (byYear[t] = (byYear[t] ?? 0) + value));
		}
		return sumYears(byYear, decimals);
	};
	const [fund, money, hours] = [of('fund'), of('money'), of('hours')];
	return { fund, money, hours, total: fund + money + hours };
};

/** Amounts under names, each per year, in order of first appearance. */
class Ledger<Name extends string> {
	readonly #years: number;
	readonly #groups = new Map<Name, number[]>();
	constructor(years: number) {
		this.#years = years;
	}
	add(name: Name, byYear: readonly number[], factor: 1 | -1): void {
		const group = this.#groups.get(name) ?? Array.from({ length: this.#years }, () => 0);
		this.#groups.set(name, group);
		byYear.forEach((value, t) => (group[t] = (group[t] ?? 0) + factor * value));
	}
	list(): readonly Group<Name>[] {
		return [...this.#groups].map(([name, byYear]) => ({ name, total: sum(byYear), byYear }));
	}
}

export interface Signed {
	readonly flows: readonly PointFlow[];
	readonly factor: 1 | -1;
}

/**
 * Cuts amounts by year, payer, beneficiary and category. As net cost give one part with factor 1; as a difference give
 * the looming flows with 1 and the proposed with -1. Inputs are left out: they are counted apart.
 */
export const breakdown = (parts: readonly Signed[], basis: 'gross' | 'adjusted', years: number, decimals: number | null): Breakdown => {
	const byYear = Array.from({ length: years }, () => 0);
	const byYearUndiscounted = Array.from({ length: years }, () => 0);
	const payers = new Ledger<string>(years);
	const beneficiaries = new Ledger<string>(years);
	const parties = new Ledger<string>(years);
	const perCategory = new Ledger<Category>(years);
	for (const category of categories) perCategory.add(category, [], 1);
	for (const { flows, factor } of parts) {
		// Each side is added up by itself first, so that equal sides differ by exactly nothing.
		const side = Array.from({ length: years }, () => 0);
		const sideUndiscounted = Array.from({ length: years }, () => 0);
		for (const point of flows) {
			const { flow } = point;
			if (flow.kind === 'input') continue;
			const values = point[basis];
			const plain = basis === 'gross' ? point.undiscounted : point.undiscountedAdjusted;
			values.forEach((value, t) => (side[t] = (side[t] ?? 0) + flow.sign * value));
			plain.forEach((value, t) => (sideUndiscounted[t] = (sideUndiscounted[t] ?? 0) + flow.sign * value));
			perCategory.add(flow.category, flow.sign === 0 ? [] : values, flow.sign === -1 ? (factor === 1 ? -1 : 1) : factor);
			if (flow.kind !== 'benefit' && flow.payer !== null) {
				payers.add(flow.payer, values, factor);
				parties.add(flow.payer, values, factor);
			}
			if (flow.kind !== 'cost' && flow.beneficiary !== null) {
				const opposite = factor === 1 ? -1 : 1;
				beneficiaries.add(flow.beneficiary, values, opposite);
				parties.add(flow.beneficiary, values, opposite);
			}
		}
		side.forEach((value, t) => (byYear[t] = (byYear[t] ?? 0) + factor * value));
		sideUndiscounted.forEach((value, t) => (byYearUndiscounted[t] = (byYearUndiscounted[t] ?? 0) + factor * value));
	}
	return {
		total: sumYears(byYear, decimals),
		byYear,
		byYearUndiscounted,
		byPayer: payers.list(),
		byBeneficiary: beneficiaries.list(),
		byParty: parties.list(),
		byCategory: perCategory.list()
	};
};
