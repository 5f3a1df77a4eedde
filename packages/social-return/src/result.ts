import type { Category, Conventions, Evidence, Flow, Frees, InputKind, OptionRole, Simulation, Timing } from './types.ts';

/** All amounts are present values in the map's currency, unrounded doubles, unless a name says otherwise. Round once, when shown. */
export interface Result {
	readonly format: 'social-return/result';
	readonly version: 1;
	readonly id: string;
	readonly title: string;
	readonly currency: string;
	readonly horizonYears: number;
	readonly conventions: Conventions;
	readonly evidence: Evidence;
	readonly simulation: Simulation;
	/** The four adjustments, and whether anyone estimated them. */
	readonly adjustments: readonly AdjustmentState[];
	readonly options: readonly OptionResult[];
	/** Each other option against the looming one. */
	readonly comparisons: readonly Comparison[];
	/** Every row behind the figures. */
	readonly rows: readonly Row[];
	readonly warnings: readonly Warning[];
}

export interface AdjustmentState {
	readonly adjustment: 'deadweight' | 'attribution' | 'displacement' | 'persistence';
	/** `partly`: on some rows only. A zero that someone gave is an estimate. `not-needed`: there is no row it could change. */
	readonly state: 'estimated' | 'partly' | 'not-estimated' | 'not-needed';
	readonly rows: number;
	readonly of: number;
}

export interface OptionResult {
	readonly id: string;
	readonly name: string;
	readonly role: OptionRole;
	/** Net cost: what is paid less what is received; inputs apart. */
	readonly cost: Breakdown;
	readonly inputs: Inputs;
}

export interface Inputs {
	readonly fund: number;
	readonly money: number;
	readonly hours: number;
	readonly total: number;
}

/** Sums of one set of amounts, cut four ways. */
export interface Breakdown {
	readonly total: number;
	readonly byYear: readonly number[];
	readonly byYearUndiscounted: readonly number[];
	/** Costs and transfers by who pays them. With `byBeneficiary` this adds up to the total. */
	readonly byPayer: readonly Group[];
	/** Benefits and transfers by who receives them. */
	readonly byBeneficiary: readonly Group[];
	/** Payer and beneficiary in one: adds up to the total. */
	readonly byParty: readonly Group[];
	readonly byCategory: readonly Group<Category>[];
}

export interface Group<Name extends string = string> {
	readonly name: Name;
	readonly total: number;
	readonly byYear: readonly number[];
}

export interface Comparison {
	readonly option: string;
	readonly against: string;
	readonly inputs: Inputs;
	/** Looming minus proposed: positive is better. */
	readonly gross: Breakdown;
	readonly adjusted: Breakdown;
	/** Cumulative; the first is never shown alone. */
	readonly ways: {
		/** Unadjusted difference / the fund's euro. */
		readonly fundOnly: Way;
		/** Adjusted difference / the fund's euro. */
		readonly adjusted: Way;
		/** Adjusted difference / all inputs, hours too. */
		readonly full: Way;
	};
	/** Who puts in and who gains (adjusted), in order of first appearance. */
	readonly parties: readonly PartyResult[];
	/** What becomes money, per payer (adjusted; costs and transfers only). */
	readonly frees: readonly FreesResult[];
	readonly breakEven: readonly BreakEven[];
	/** On yearly amounts of the full count; null where it does not exist or is not single. */
	readonly internalRateOfReturn: number | null;
}

export interface Way {
	readonly benefit: number;
	readonly cost: number;
	/** Benefit / cost; null without cost. */
	readonly ratio: number | null;
	/** (Benefit - cost) / cost, only where the conventions ask for it. */
	readonly netRatio: number | null;
	readonly netPresentValue: number;
	/** Years until the discounted benefits have paid the cost, even within a year; null: not within the horizon. */
	readonly paybackYears: number | null;
	/** Over all draws; null when no number of the map is uncertain: then there is no range to show. */
	readonly simulated: Simulated | null;
}

export interface Simulated {
	readonly ratio: Spread | null;
	readonly netPresentValue: Spread;
	/** Share of draws in which the benefit is at least the cost. */
	readonly chanceItPays: number;
}

export interface Spread {
	readonly mean: number;
	readonly median: number;
	/** 5th and 95th percentile: the 90% interval. */
	readonly low: number;
	readonly high: number;
	/** Of the mean, due to the finite number of draws alone. */
	readonly standardError: number;
}

export interface PartyResult {
	readonly party: string;
	readonly paid: Inputs;
	readonly gained: number;
	readonly net: number;
}

export interface FreesResult {
	readonly payer: string;
	readonly amounts: Readonly<Record<Frees, number>>;
	readonly total: number;
}

/** At what chance of the event the way's benefit equals its cost, all else at its mid. */
export interface BreakEven {
	readonly event: string;
	readonly name: string;
	/** The chance the map assumes (mid). */
	readonly assumedChance: number;
	readonly ways: { readonly fundOnly: SwitchingChance; readonly adjusted: SwitchingChance; readonly full: SwitchingChance };
}

export type SwitchingChance =
	| {
			readonly state: 'at';
			readonly chance: number;
			readonly odds: Odds;
			/** Pays from this chance upward; `up-to` where the event makes the proposal worse, not better. */
			readonly pays: 'from' | 'up-to';
			/** 5th and 95th percentile over draws; an end that is null never pays. Null as a whole when no number is uncertain. */
			readonly interval: { readonly low: number | null; readonly high: number | null } | null;
	  }
	/** Pays even when the event is impossible; never pays, not even when it is certain; the event does not matter. */
	| { readonly state: 'always' | 'never' | 'no-effect' };

/** "9 in 10", "1 in 9": a chance rounded to the side that claims less. */
export interface Odds {
	readonly of: number;
	readonly in: number;
}

export interface Row {
	readonly path: string;
	readonly option: string;
	readonly id: string;
	readonly what: string;
	readonly kind: Flow['kind'];
	readonly input: InputKind | null;
	readonly category: Category;
	readonly payer: string | null;
	readonly beneficiary: string | null;
	readonly frees: Frees;
	readonly event: string | null;
	readonly timing: Timing;
	/** Mids. The unit price is the price's own; `indexFactor` brings it to the price year. */
	readonly quantity: number;
	readonly unitPrice: number;
	readonly indexFactor: number;
	/** Chance of the event times the chance given the event. */
	readonly chance: number;
	readonly price: {
		readonly code: string;
		readonly name: string;
		readonly unit: string;
		readonly year: number | null;
		readonly source: string;
		readonly url: string | null;
		/** Why the price becomes money so, where the price says it and the row says nothing else. */
		readonly freesBecause?: string;
	} | null;
	readonly source: string | null;
	/** Share left after deadweight, attribution, displacement and the correction for weak data (not persistence). */
	readonly keep: number;
	/** Undiscounted, unadjusted, per year. */
	readonly byYear: readonly number[];
	readonly presentValue: number;
	readonly adjustedPresentValue: number;
}

export interface Warning {
	readonly code:
		| 'adjustments_not_estimated'
		/** No hours are counted, so the full count is not full. */
		| 'no_hours'
		/** No number has a range. */
		| 'no_ranges'
		| 'no_fund_input'
		/** Prices of several years stand side by side, not indexed. */
		| 'mixed_price_years'
		/** What becomes money is not known for some rows. */
		| 'frees_unknown'
		/** The full ratio lies above the 95th percentile of the reference class without evidence of grade 3 or more. */
		| 'above_reference_class';
	readonly option: string | null;
}
