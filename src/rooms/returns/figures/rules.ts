import { referenceClass, roundParts, roundTo } from '#social-return';
import type { BreakEven, Comparison, FreesResult, Result, Row, SwitchingChance, Warning, Way } from '#social-return';
import type { EventCode, Price } from '../rules.ts';

/** Followed-up cases from which on a ratio may stand at the head of a page; before that the break-even does. */
export const casesForHeadline = 10;

/** One way of counting: euros for each euro put in. */
export interface WayFigure {
	/** With every number at its middle, to the cent; null when nothing was put in. */
	readonly perEuro: number | null;
	/** Over all draws: mean, and the 5th and 95th percentile; null when no number has a range. */
	readonly mean: number | null;
	readonly low: number | null;
	readonly high: number | null;
	/** Of the mean, by the finite number of draws. */
	readonly standardError: number | null;
	/** Share of draws in which it pays, 0 to 1. */
	readonly chanceItPays: number | null;
	readonly benefitCents: number;
	/** 5th and 95th percentile of the benefit; null when no number has a range. */
	readonly benefitLowCents: number | null;
	readonly benefitHighCents: number | null;
	readonly costCents: number;
	readonly netCents: number;
	readonly paybackYears: number | null;
}

/** A chance as people say it: "1 op 9". */
export interface Odds {
	readonly of: number;
	readonly in: number;
}

export interface BreakEvenFigure {
	readonly event: EventCode;
	readonly state: SwitchingChance['state'];
	readonly odds: Odds | null;
	readonly chance: number | null;
	/** 5th and 95th percentile of that chance; an end that is null means: does not pay there. */
	readonly low: number | null;
	readonly high: number | null;
	/** The chance that was recorded, 0 to 1. */
	readonly assumedChance: number;
}

export interface FreesFigure {
	readonly payer: string;
	readonly nowCents: number;
	readonly laterCents: number;
	readonly capacityCents: number;
	readonly notCents: number;
	readonly unknownCents: number;
	/** What becomes money, now or later, for each euro of the pot; null without a pot. */
	readonly perEuro: number | null;
}

/** Who pays and who gains. */
export interface PartyFigure {
	readonly party: string;
	/** What they put in: the pot's euro, hours. */
	readonly paidCents: number;
	/** What they did not have to pay, and what they pay because of the help: a cost that moved to them. */
	readonly preventedCents: number;
	readonly extraCents: number;
	/** Prevented less extra. */
	readonly gainedCents: number;
	/** Of what is gained, what becomes money now or later; not known counts as nothing. */
	readonly freesCents: number;
}

/** One row behind the figures. */
export interface FigureRow {
	readonly path: 'looming' | 'proposed' | 'input';
	/** Place in the recorded list; null for an input. */
	readonly index: number | null;
	readonly price: string | null;
	readonly nameNl: string;
	readonly nameEn: string;
	readonly unit: string | null;
	readonly unitCents: number;
	readonly lowCents: number | null;
	readonly highCents: number | null;
	readonly quantity: number;
	readonly years: number;
	readonly chance: number;
	readonly payer: string | null;
	readonly frees: Row['frees'];
	/** Why the price becomes money so, and who says it; null where the case chose otherwise, or nobody said. */
	readonly freesBecause: { readonly nl: string; readonly en: string; readonly by: string; readonly on: string } | null;
	readonly year: number | null;
	readonly source: string | null;
	readonly url: string | null;
	/** Present values, each rounded once; what they lack to the total is `roundedCents`. */
	readonly presentCents: number;
	readonly adjustedCents: number;
}

/**
 * What the pages, the API and print show, as numbers and codes. The three ways stand in one object: the first (the pot's euro alone) cannot
 * be had without the others.
 */
export interface Figures {
	/** What stands first: the break-even, until enough cases were followed up. Nobody is chosen or sorted by a ratio. */
	readonly headline: { readonly kind: 'break_even' | 'ratio'; readonly followedUp: number; readonly needed: number };
	/** By the full count: adjusted as far as estimated, all inputs. */
	readonly breakEven: BreakEvenFigure;
	readonly ways: { readonly fundOnly: WayFigure; readonly adjusted: WayFigure; readonly full: WayFigure };
	/** The four adjustments; `not-estimated` is shown as such, beside the figures. */
	readonly adjustments: Result['adjustments'];
	readonly frees: readonly FreesFigure[];
	/** Undiscounted cents per year, for the picture of the two paths; inputs apart. */
	readonly paths: { readonly looming: readonly number[]; readonly proposed: readonly number[]; readonly inputsCents: number };
	/** Who puts in and who gains (adjusted). */
	readonly parties: readonly PartyFigure[];
	/** What only moved elsewhere, as far as someone estimated it: it counts for nobody here. Null when all of it moved. */
	readonly movedCents: number | null;
	/** Present value avoided, per year (unadjusted), rounded each; the line "afgerond" makes them add up. */
	readonly years: { readonly cents: readonly number[]; readonly roundedCents: number; readonly totalCents: number };
	readonly rows: readonly FigureRow[];
	readonly conventions: Result['conventions'];
	readonly seed: number;
	readonly draws: number;
	readonly priceYears: readonly number[];
	readonly warnings: readonly Warning['code'][];
	/** Beside the full ratio, never beside the first. */
	readonly reference: typeof referenceClass;
}

/** What may stand first, by how many cases of the network were followed up. */
export const headlineOf = (followedUp: number): Figures['headline'] => ({
	kind: followedUp >= casesForHeadline ? 'ratio' : 'break_even',
	followedUp,
	needed: casesForHeadline
});

/** The two paths per year with what is put in at the start of the proposed one: so they are drawn. */
export const pathsWithInputs = ({
	paths
}: Pick<Figures, 'paths'>): { readonly looming: readonly number[]; readonly proposed: readonly number[] } => ({
	looming: paths.looming,
	proposed: Array.from(
		{ length: Math.max(1, paths.looming.length, paths.proposed.length) },
		(_, year) => (paths.proposed[year] ?? 0) + (year === 0 ? paths.inputsCents : 0)
	)
});

const cents = (euros: number): number => roundTo(euros * 100, 0);
const twoDecimals = (value: number): number => roundTo(value, 2);

const wayFigure = (way: Way): WayFigure => {
	const ratio = way.simulated?.ratio ?? null;
	const worth = way.simulated?.netPresentValue ?? null;
	return {
		perEuro: way.ratio === null ? null : twoDecimals(way.ratio),
		mean: ratio === null ? null : twoDecimals(ratio.mean),
		low: ratio === null ? null : twoDecimals(ratio.low),
		high: ratio === null ? null : twoDecimals(ratio.high),
		standardError: ratio?.standardError ?? null,
		chanceItPays: way.simulated?.chanceItPays ?? null,
		benefitCents: cents(way.benefit),
		// What is put in is known exactly in a case: the range is that of the benefit.
		benefitLowCents: worth === null ? null : cents(worth.low + way.cost),
		benefitHighCents: worth === null ? null : cents(worth.high + way.cost),
		costCents: cents(way.cost),
		netCents: cents(way.netPresentValue),
		paybackYears: way.paybackYears
	};
};

const breakEvenFigure = (breakEven: BreakEven): BreakEvenFigure => {
	const full = breakEven.ways.full;
	const at = full.state === 'at' ? full : null;
	return {
		event: breakEven.name as EventCode,
		state: full.state,
		odds: at?.odds ?? null,
		chance: at?.chance ?? null,
		low: at?.interval?.low ?? null,
		high: at?.interval?.high ?? null,
		assumedChance: breakEven.assumedChance
	};
};

const freesFigure = ({ payer, amounts }: FreesResult, fund: number): FreesFigure => ({
	payer,
	nowCents: cents(amounts.now),
	laterCents: cents(amounts.later),
	capacityCents: cents(amounts.capacity),
	notCents: cents(amounts.not),
	unknownCents: cents(amounts.unknown),
	perEuro: fund > 0 ? twoDecimals((amounts.now + amounts.later) / fund) : null
});

const becauseOf = (row: Row, price: Price | undefined): FigureRow['freesBecause'] => {
	if (price === undefined || row.frees !== (price.frees ?? 'unknown')) return null;
	const { freesWhyNl: nl, freesWhyEn: en, freesBy: by, freesOn: on } = price;
	return nl === null || en === null || by === null || on === null ? null : { nl, en, by, on };
};

const rowFigure = (row: Row, price: Price | undefined): FigureRow => ({
	path: row.kind === 'input' ? 'input' : row.option === 'looming' ? 'looming' : 'proposed',
	index: row.kind === 'input' ? null : Number(row.id.split('-').at(-1)),
	price: row.price?.code ?? null,
	nameNl: price?.nameNl ?? row.what,
	nameEn: price?.nameEn ?? row.what,
	unit: row.price?.unit ?? null,
	unitCents: cents(row.unitPrice),
	lowCents: price?.lowCents ?? null,
	highCents: price?.highCents ?? null,
	quantity: row.quantity,
	years: row.timing.years,
	chance: row.chance,
	payer: row.payer,
	frees: row.frees,
	freesBecause: becauseOf(row, price),
	year: row.price?.year ?? null,
	source: row.price?.source ?? row.source,
	url: row.price?.url ?? null,
	presentCents: cents(row.presentValue),
	adjustedCents: cents(row.adjustedPresentValue)
});

/** Parties of the engine, with what each is spared and what each pays more kept apart: a cost that moved elsewhere is named. */
const partyFigures = (result: Result, comparison: Comparison): PartyFigure[] =>
	comparison.parties.map(({ party, paid, gained }) => {
		const extra = result.rows
			.filter((row) => row.kind === 'cost' && row.option === comparison.option && row.payer === party)
			.reduce((total, row) => total + row.adjustedPresentValue, 0);
		const [gainedCents, extraCents] = [cents(gained), cents(extra)];
		const amounts = comparison.frees.find(({ payer }) => payer === party)?.amounts;
		const freesCents = amounts === undefined ? 0 : cents(amounts.now + amounts.later);
		return { party, paidCents: cents(paid.total), preventedCents: gainedCents + extraCents, extraCents, gainedCents, freesCents };
	});

/** What displacement took off: the order of the adjustments does not matter, so it is taken as the last. */
const movedOf = (share: number | null, adjusted: number): number | null =>
	share === null ? 0 : share === 1 ? null : cents((adjusted * share) / (1 - share));

const comparisonOf = (result: Result): { readonly comparison: Comparison; readonly breakEven: BreakEven } => {
	const comparison = result.comparisons[0];
	const breakEven = comparison?.breakEven[0];
	if (comparison === undefined || breakEven === undefined) throw new Error('The result of a case has one comparison with one event.');
	return { comparison, breakEven };
};

/**
 * The figures of one case, from the engine's result of the map that `valueMapOf` built.
 * @param followedUp how many cases of the network were followed up: from ten on a ratio may stand first.
 * @param displacement the share that only moved elsewhere, where someone estimated it
 */
export function figuresOf(result: Result, priceList: readonly Price[], followedUp = 0, displacement: number | null = null): Figures {
	const { comparison, breakEven } = comparisonOf(result);
	const prices = new Map(priceList.map((price) => [price.code, price]));
	const rows = result.rows.map((row) => rowFigure(row, prices.get(row.price?.code ?? '')));
	const years = roundParts(comparison.gross.byYear);
	const path = (id: string): readonly number[] =>
		(result.options.find((option) => option.id === id)?.cost.byYearUndiscounted ?? []).map(cents);
	return {
		headline: headlineOf(followedUp),
		breakEven: breakEvenFigure(breakEven),
		ways: {
			fundOnly: wayFigure(comparison.ways.fundOnly),
			adjusted: wayFigure(comparison.ways.adjusted),
			full: wayFigure(comparison.ways.full)
		},
		adjustments: result.adjustments,
		frees: comparison.frees.map((one) => freesFigure(one, comparison.inputs.fund)),
		paths: { looming: path('looming'), proposed: path('proposed'), inputsCents: cents(comparison.inputs.total) },
		parties: partyFigures(result, comparison),
		movedCents: movedOf(displacement, comparison.ways.adjusted.benefit),
		years: { cents: years.parts.map(cents), roundedCents: cents(years.difference), totalCents: cents(years.total) },
		rows,
		conventions: result.conventions,
		seed: result.simulation.seed,
		draws: result.simulation.draws,
		priceYears: [...new Set(rows.map((row) => row.year))].filter((year) => year !== null).sort((a, b) => a - b),
		warnings: result.warnings.map(({ code }) => code),
		reference: referenceClass
	};
}
