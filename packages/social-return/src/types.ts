/** The value map: everything that is assumed about what looms and what is proposed. It is an open file, see schema/value-map-1.json. */
export interface ValueMap {
	readonly format: 'social-return/value-map';
	readonly version: 1;
	/** Tells one case from another in a portfolio: parameters of scope `case` and numbers written in place are drawn per id. */
	readonly id: string;
	readonly title: string;
	/** ISO 4217 where there is one; a label, nothing is converted. */
	readonly currency: string;
	/** Whole years, 1 to 100. Year 0 is the first. */
	readonly horizonYears: number;
	readonly conventions: Conventions;
	readonly evidence: Evidence;
	readonly prices: readonly Price[];
	readonly parameters: readonly Parameter[];
	readonly events: readonly LoomingEvent[];
	/** Hold for every flow that is not an input and does not name its own. */
	readonly adjustments: Adjustments;
	readonly options: readonly Option[];
	readonly simulation: Simulation;
}

export const categories = ['fiscal', 'economic', 'social', 'transfer'] as const;
export type Category = (typeof categories)[number];

/** Whether a cost that does not occur becomes money: at once, after a contract ends, only as room for another, or not at all. */
export const freesKinds = ['now', 'later', 'capacity', 'not', 'unknown'] as const;
export type Frees = (typeof freesKinds)[number];

export const roles = ['looming', 'proposed', 'alternative'] as const;
export type OptionRole = (typeof roles)[number];

export const flowKinds = ['cost', 'benefit', 'transfer', 'input'] as const;
export type FlowKind = (typeof flowKinds)[number];

/** `fund`: the fund's euro. `money`: what others pay for the same act. `hours`: time that is put in. */
export const inputKinds = ['fund', 'money', 'hours'] as const;
export type InputKind = (typeof inputKinds)[number];

/** Every convention is printed with the result. */
export interface Conventions {
	/** Real, per year; 0.0225 is the Dutch standard since 2021. A list is a schedule: the rate holds from that year on. */
	readonly discountRate: number | readonly RateFrom[];
	/** Another rate for one category, e.g. effects apart from costs. */
	readonly discountRates: Readonly<Partial<Record<Category, number>>>;
	readonly firstYear: 'undiscounted' | 'discounted';
	/** Decimals to which each year's present value is rounded before adding, or null. Holds for the point figures, not for draws. */
	readonly roundEachYear: number | null;
	/** How a mean ratio over draws (or cases) is made. */
	readonly ratio: 'of-means' | 'mean-of-ratios';
	/** Print (benefit - cost) / cost too, under its own name. `ratio` itself is always benefit / cost. */
	readonly netRatio: boolean;
	/** Extra cost of one unit of public money; multiplies fiscal flows and inputs in the full count alone. */
	readonly marginalCostOfPublicFunds: number;
	/** Prices are brought to this year with `priceIndex`; null: each price in its own year. */
	readonly priceYear: number | null;
	/** Year -> factor from the year before to that year, e.g. `{"2023": 1.038}`. */
	readonly priceIndex: Readonly<Record<string, number>>;
}

export interface RateFrom {
	readonly fromYear: number;
	readonly rate: number;
}

export interface Evidence {
	/** Maryland scale, 1 (before and after) to 5 (randomised). Shown, never multiplied. */
	readonly grade: 1 | 2 | 3 | 4 | 5 | null;
	/** 1 (best) to 6. */
	readonly confidence: 1 | 2 | 3 | 4 | 5 | 6 | null;
	/** Share taken off the adjusted benefits because the data are weak, 0 to 1. */
	readonly correction: number;
}

/** A number, a distribution, or the id of a parameter. */
export type Quantity = number | Distribution | { readonly parameter: string };

export type Distribution =
	| { readonly distribution: 'triangular' | 'pert'; readonly low: number; readonly mid: number; readonly high: number }
	/** Only a mean is known: triangular over half the mean, the mean, one and a half times the mean. */
	| { readonly distribution: 'mean-only'; readonly mean: number }
	| { readonly distribution: 'uniform'; readonly low: number; readonly high: number }
	/** May go below zero. */
	| { readonly distribution: 'normal'; readonly mean: number; readonly standardDeviation: number }
	/** From a ratio and its 95% interval. */
	| { readonly distribution: 'lognormal'; readonly median: number; readonly low: number; readonly high: number }
	| { readonly distribution: 'gamma'; readonly mean: number; readonly standardError: number }
	| { readonly distribution: 'beta'; readonly events: number; readonly of: number }
	| { readonly distribution: 'beta'; readonly mean: number; readonly standardError: number }
	| { readonly distribution: 'empirical'; readonly values: readonly number[] };

/** A named number with an owner. The same id is drawn once a run: over all options, and with scope `shared` over all cases. */
export interface Parameter {
	readonly id: string;
	readonly name: string;
	readonly value: number | Distribution;
	readonly scope: 'shared' | 'case';
	readonly source: string | null;
	/** Who says so, and on which day (ISO date). */
	readonly by: string | null;
	readonly on: string | null;
}

export interface Price {
	readonly code: string;
	readonly name: string;
	readonly amount: number | Distribution;
	readonly unit: string;
	/** Year of the price level; null where the source does not say. */
	readonly year: number | null;
	/** Never empty: no price without a source. */
	readonly source: string;
	readonly url: string | null;
	/** Who pays it where a flow does not say. */
	readonly payer: string | null;
	/** Codes of prices that are already inside this one: together in one option they are refused. */
	readonly contains: readonly string[];
	readonly frees: Frees;
	/** Why that is so, and who says it: a source or an assumption. Null where nobody said. */
	readonly freesBecause: string | null;
	readonly volunteerHours: boolean;
}

/** Something that may happen if nothing changes; flows that follow from it share its chance. */
export interface LoomingEvent {
	readonly id: string;
	readonly name: string;
	/** 0 to 1. */
	readonly chance: Quantity;
}

export interface Option {
	readonly id: string;
	readonly name: string;
	readonly role: OptionRole;
	readonly flows: readonly Flow[];
	readonly trajectory: Trajectory | null;
}

export interface Flow {
	readonly id: string;
	readonly what: string;
	readonly kind: FlowKind;
	/** For kind `input` only, else null. */
	readonly input: InputKind | null;
	readonly category: Category;
	/** Who bears it. Null only for a benefit. */
	readonly payer: string | null;
	/** Who receives it: always for a benefit and a transfer; for a cost, optionally, for whom it is spent. */
	readonly beneficiary: string | null;
	readonly timing: Timing;
	readonly quantity: Quantity;
	/** An amount per unit, or a code in `prices`. */
	readonly price: Quantity | { readonly price: string };
	/** 0 to 1; given the event, if one is named. */
	readonly chance: Quantity;
	readonly event: string | null;
	readonly frees: Frees;
	readonly adjustments: Adjustments;
	/** Time of volunteers: an input or a benefit, never both. */
	readonly volunteerHours: boolean;
	readonly source: string | null;
}

/** `now` is the day of the decision: never discounted, shown in year 0. `years` 1 is once. A profile gives a multiplier per year. */
export type Timing =
	| { readonly start: number | 'now'; readonly years: number; readonly profile: null }
	| { readonly start: 0; readonly years: number; readonly profile: readonly number[] };

/** Shares, 0 to 1. What is absent has not been estimated, and the result says so; 0 is an estimate. */
export interface Adjustments {
	/** Would have happened anyway. */
	readonly deadweight?: Quantity;
	/** Due to others: multiplied by one minus this. */
	readonly attribution?: Quantity;
	/** Moved elsewhere. */
	readonly displacement?: Quantity;
	readonly persistence?: Persistence;
}

/** `drop-off`: (1 - rate)^k in the k-th further year. `cumulative-deadweight`: 1 - min(1, rate x (k + 1)), instead of deadweight. */
export interface Persistence {
	readonly kind: 'drop-off' | 'cumulative-deadweight';
	readonly rate: Quantity;
}

/** States with chances per cycle of one year, instead of listed flows. Counted at the end of each cycle unless said otherwise. */
export interface Trajectory {
	readonly states: readonly TrajectoryState[];
	/** Share in each state at the start, adding to 1. */
	readonly start: readonly number[];
	/** Row: from; column: to; each row adds to 1. */
	readonly transitions: readonly (readonly number[])[];
	readonly cycles: number;
	readonly counting: 'start' | 'end' | 'half';
	/** Other chances in some cycles (0 is the first). */
	readonly overrides: readonly { readonly cycles: readonly number[]; readonly transitions: readonly (readonly number[])[] }[];
}

export interface TrajectoryState {
	readonly id: string;
	/** Timing is by the trajectory itself; `cycles` limits a flow to some cycles. */
	readonly flows: readonly StateFlow[];
}
export type StateFlow = Omit<Flow, 'timing'> & { readonly cycles: readonly number[] | null };

export interface Simulation {
	/** 0 to 4294967295. */
	readonly seed: number;
	/** 100 to 100,000. */
	readonly draws: number;
}

export interface FieldError {
	/** E.g. `options.0.flows.2.quantity`; empty for the file as a whole. */
	readonly path: string;
	readonly code: ErrorCode;
	/** One plain English sentence. */
	readonly message: string;
	/** For two rows that do not go together: the other one's path. */
	readonly other?: string;
}

export const errorCodes = [
	'required',
	'wrong_type',
	'not_finite',
	'too_small',
	'too_large',
	'too_long',
	'empty',
	'not_a_choice',
	'unknown_field',
	'too_many',
	'too_few',
	'unknown_reference',
	'duplicate',
	'not_ordered',
	'not_possible',
	'beyond_horizon',
	'double_counting',
	'volunteer_hours_twice',
	'both_deadweights',
	'no_index',
	'circular'
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export type ReadResult = { readonly ok: true; readonly map: ValueMap } | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What a file may hold at most; beyond it is refused, so that a hostile file cannot hold the machine. */
export const limits = {
	options: 10,
	/** Over all options together, flows of trajectories included. */
	flows: 1000,
	prices: 2000,
	/** Codes in `contains`, over all prices together. */
	contains: 5000,
	parameters: 1000,
	events: 20,
	horizonYears: 100,
	amount: 1e12,
	states: 50,
	values: 10_000,
	minDraws: 100,
	maxDraws: 100_000,
	/** Numbers that are drawn, times draws. */
	drawnNumbers: 20_000_000,
	errors: 100
} as const;
