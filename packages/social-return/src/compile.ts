import { discountFactors, indexFactor } from './discount.ts';
import { midOf } from './random.ts';
import { countedShares } from './trajectory.ts';
import type {
	Adjustments,
	Category,
	Distribution,
	Flow,
	Frees,
	InputKind,
	Option,
	Price,
	Quantity,
	StateFlow,
	Timing,
	ValueMap
} from './types.ts';

/** A number of the map: fixed, or drawn from a stream of its own. Equal keys are one draw. */
export interface Slot {
	readonly key: string | null;
	readonly value: number | Distribution;
	readonly mid: number;
}

export interface CompiledFlow {
	/** Path in the file. */
	readonly path: string;
	readonly id: string;
	readonly what: string;
	readonly kind: Flow['kind'];
	readonly input: InputKind | null;
	readonly category: Category;
	readonly payer: string | null;
	readonly beneficiary: string | null;
	readonly frees: Frees;
	readonly source: string | null;
	readonly price: Price | null;
	readonly priceIndex: number;
	readonly timing: Timing;
	/** Slots. */
	readonly amount: number;
	readonly quantity: number;
	readonly chance: number;
	/** Index in `events`, or -1. */
	readonly event: number;
	readonly deadweight: number | null;
	readonly attribution: number | null;
	readonly displacement: number | null;
	readonly persistence: { readonly kind: 'drop-off' | 'cumulative-deadweight'; readonly rate: number } | null;
	/** Multiplier per year before persistence, and the discount factor of each year. */
	readonly multipliers: readonly number[];
	readonly factors: readonly number[];
	/** Sum of multiplier x factor. */
	readonly weight: number;
	/** First year with a multiplier: persistence counts from there. */
	readonly firstYear: number;
	/** What it does to society's net cost: a cost 1, a benefit -1, a transfer and an input 0. */
	readonly sign: 1 | 0 | -1;
}

export interface CompiledOption {
	readonly option: Option;
	readonly flows: readonly CompiledFlow[];
}

export interface Compiled {
	readonly map: ValueMap;
	readonly slots: readonly Slot[];
	readonly mids: readonly number[];
	readonly options: readonly CompiledOption[];
	readonly looming: CompiledOption;
	readonly proposals: readonly CompiledOption[];
	/** Slot of each event's chance. */
	readonly events: readonly number[];
}

const multipliersOf = (timing: Timing, horizon: number): number[] =>
	Array.from({ length: horizon }, (_, t) => {
		if (timing.profile !== null) return timing.profile[t] ?? 0;
		const start = timing.start === 'now' ? 0 : timing.start;
		return t >= start && t < start + timing.years ? 1 : 0;
	});

/** Resolves references once, so that a draw is nothing but arithmetic. Expects a map that `readValueMap` accepted. */
export const compile = (map: ValueMap): Compiled => {
	const slots: Slot[] = [];
	const known = new Map<string, number>();
	const slot = (name: string, key: string | null, value: number | Distribution): number => {
		const found = known.get(name);
		if (found !== undefined) return found;
		slots.push({ key, value, mid: midOf(value) });
		known.set(name, slots.length - 1);
		return slots.length - 1;
	};
	const fixed = (value: number): number => slot(`=${String(value)}`, null, value);
	const drawn = (key: string, value: number | Distribution): number =>
		typeof value === 'number' ? fixed(value) : slot(`~${key}`, key, value);
	const parameters = new Map(map.parameters.map((parameter) => [parameter.id, parameter]));
	const prices = new Map(map.prices.map((price) => [price.code, price]));
	const quantity = (value: Quantity, path: string): number => {
		if (typeof value === 'number') return fixed(value);
		if ('distribution' in value) return drawn(`case/${map.id}/${path}`, value);
		const parameter = parameters.get(value.parameter);
		if (parameter === undefined) throw new Error(`Unknown parameter ${value.parameter} at ${path}.`);
		return drawn(parameter.scope === 'shared' ? `parameter/${parameter.id}` : `case/${map.id}/parameter/${parameter.id}`, parameter.value);
	};
	const factorsOf = new Map<Category, readonly number[]>();
	const factors = (category: Category): readonly number[] => {
		const found = factorsOf.get(category) ?? discountFactors(map.conventions, category, map.horizonYears);
		factorsOf.set(category, found);
		return found;
	};
	const events = map.events.map((event, e) => quantity(event.chance, `events.${String(e)}.chance`));

	const compileFlow = (flow: Omit<StateFlow, 'cycles'>, path: string, timing: Timing, multipliers: readonly number[]): CompiledFlow => {
		const code = typeof flow.price === 'object' && 'price' in flow.price ? flow.price.price : null;
		const price = code === null ? null : (prices.get(code) ?? null);
		if (code !== null && price === null) throw new Error(`Unknown price ${code} at ${path}.`);
		// One price, one draw: in every option, and in every case of a portfolio.
		const amount = price === null ? quantity(flow.price as Quantity, `${path}.price`) : drawn(`price/${price.code}`, price.amount);
		const adjustments: Adjustments = flow.kind === 'input' ? {} : { ...map.adjustments, ...flow.adjustments };
		const adjustment = (key: 'deadweight' | 'attribution' | 'displacement'): number | null => {
			const value = adjustments[key];
			if (value === undefined) return null;
			return quantity(value, flow.adjustments[key] === undefined ? `adjustments.${key}` : `${path}.adjustments.${key}`);
		};
		const persistence = adjustments.persistence;
		const factor = timing.start === 'now' ? multipliers.map(() => 1) : factors(flow.category);
		return {
			path,
			id: flow.id,
			what: flow.what,
			kind: flow.kind,
			input: flow.input,
			category: flow.category,
			payer: flow.payer ?? (flow.kind === 'benefit' ? null : (price?.payer ?? null)),
			beneficiary: flow.beneficiary,
			frees: flow.frees === 'unknown' ? (price?.frees ?? 'unknown') : flow.frees,
			source: flow.source,
			price,
			priceIndex: price === null ? 1 : indexFactor(map.conventions, price.year),
			timing,
			amount,
			quantity: quantity(flow.quantity, `${path}.quantity`),
			chance: quantity(flow.chance, `${path}.chance`),
			event: flow.event === null ? -1 : map.events.findIndex((event) => event.id === flow.event),
			deadweight: adjustment('deadweight'),
			attribution: adjustment('attribution'),
			displacement: adjustment('displacement'),
			persistence:
				persistence === undefined
					? null
					: {
							kind: persistence.kind,
							rate: quantity(
								persistence.rate,
								flow.adjustments.persistence === undefined ? 'adjustments.persistence.rate' : `${path}.adjustments.persistence.rate`
							)
						},
			multipliers,
			factors: factor,
			weight: multipliers.reduce((sum, multiplier, t) => sum + multiplier * (factor[t] ?? 0), 0),
			firstYear: Math.max(
				0,
				multipliers.findIndex((multiplier) => multiplier !== 0)
			),
			sign: flow.kind === 'cost' ? 1 : flow.kind === 'benefit' ? -1 : 0
		};
	};

	const options = map.options.map((option, o): CompiledOption => {
		const path = `options.${String(o)}`;
		const listed = option.flows.map((flow, f) =>
			compileFlow(flow, `${path}.flows.${String(f)}`, flow.timing, multipliersOf(flow.timing, map.horizonYears))
		);
		const trajectory = option.trajectory;
		const walked = (trajectory?.states ?? []).flatMap((state, s) => {
			const shares = trajectory === null ? [] : countedShares(trajectory, s);
			return state.flows.map((flow, f) => {
				const profile = Array.from({ length: map.horizonYears }, (_, t) =>
					flow.cycles === null || flow.cycles.includes(t) ? (shares[t] ?? 0) : 0
				);
				const timing: Timing = { start: 0, years: map.horizonYears, profile };
				return compileFlow(flow, `${path}.trajectory.states.${String(s)}.flows.${String(f)}`, timing, profile);
			});
		});
		return { option, flows: [...listed, ...walked] };
	});
	const looming = options.find(({ option }) => option.role === 'looming');
	if (looming === undefined) throw new Error('A value map has exactly one looming option.');
	return { map, slots, mids: slots.map((one) => one.mid), options, looming, proposals: options.filter((one) => one !== looming), events };
};
