import type { Format } from '#foundation/text/format.ts';
import type { MessageKey, Text } from '#foundation/text/text.ts';
import type { Figures, Odds } from '../figures/rules.ts';

/** The figures said as sentences, in the order in which they are shown. The first way of counting stands only inside `net`. */
export interface ReturnSentences {
	readonly breakEven: string;
	/** How far the break-even may lie, as the prices are not known exactly; null when that is not known. */
	readonly breakEvenRange: string | null;
	readonly breakEvenAssumed: string;
	readonly net: string;
	/** What has not been estimated or counted: always shown beside `net`. */
	readonly caveats: readonly string[];
	readonly rangeHow: string | null;
	readonly conventions: string;
	/** Why a ratio does not stand first; null once it may. */
	readonly headlineWhy: string | null;
}

/** Euros per euro as they are said: rounded down, so that a sentence never says more than the figure; below 3 with one decimal. */
export const spoken = (perEuro: number): number =>
	Math.abs(perEuro) < 3 ? Math.floor(perEuro * 10 + 1e-9) / 10 : Math.floor(perEuro + 1e-9);

/** A chance as odds, never lower than it is. */
const oddsText = (chance: number, text: Text, format: Format): string => {
	const whole = Math.floor(1 / chance + 1e-9);
	return whole >= 2 && Number.isFinite(whole)
		? text('return.odds', { of: 1, outOf: format.number(whole) })
		: format.percent(Math.ceil(chance * 100 - 1e-9) / 100);
};

const stateKeys: Readonly<Record<'always' | 'never' | 'no-effect', MessageKey>> = {
	always: 'return.break_even.always',
	never: 'return.break_even.never',
	'no-effect': 'return.break_even.no_effect'
};

const breakEvenText = ({ breakEven }: Figures, text: Text): string => {
	const event = text(`return.event.${breakEven.event}`);
	if (breakEven.state !== 'at') return text(stateKeys[breakEven.state], { event });
	const odds: Odds | null = breakEven.odds;
	if (odds === null || odds.of === odds.in) return text('return.break_even.only_certain', { event });
	return text('return.break_even', { of: odds.of, outOf: odds.in, event });
};

/** All budgets of the municipality are money of one municipality; what it pays together with others is not. */
const bodyOf = (payer: string): string => (payer.startsWith('gemeente-') && !payer.includes('-en-') ? 'gemeente' : payer);

/** The payer at whom most becomes money, with how much for each euro of the pot, or null when nothing is known to. Not known counts as not. */
const mostFrees = ({ frees, ways }: Pick<Figures, 'frees' | 'ways'>): { readonly payer: string; readonly perEuro: number } | null => {
	const pot = ways.fundOnly.costCents;
	const cents = new Map<string, number>();
	for (const one of frees) cents.set(bodyOf(one.payer), (cents.get(bodyOf(one.payer)) ?? 0) + one.nowCents + one.laterCents);
	const [most] = [...cents].toSorted(([, a], [, b]) => b - a);
	return most === undefined || most[1] <= 0 || pot <= 0 ? null : { payer: most[0], perEuro: most[1] / pot };
};

const netText = (figures: Figures, text: Text, format: Format): string => {
	const { adjusted, fundOnly } = figures.ways;
	if (adjusted.perEuro === null || fundOnly.perEuro === null) return text('return.net.no_pot');
	const say = (value: number): string => format.number(spoken(value));
	const negative = adjusted.perEuro < 0;
	const [low, high] = negative ? [adjusted.high, adjusted.low] : [adjusted.low, adjusted.high];
	const size = (value: number | null): string => (value === null ? '' : negative ? format.number(-spoken(value)) : say(value));
	const values = {
		net: size(adjusted.perEuro),
		range: low === null || high === null ? 'no' : 'yes',
		low: size(low),
		high: size(high),
		gross: say(fundOnly.perEuro)
	};
	if (negative) return text('return.net.costs_more', values);
	const most = mostFrees(figures);
	if (most !== null)
		return text('return.net.frees', { ...values, frees: say(most.perEuro), payer: text(`payer.${most.payer}` as MessageKey) });
	return text(figures.frees.some((one) => one.unknownCents !== 0) ? 'return.net.frees_unknown' : 'return.net.frees_nothing', values);
};

const list = (parts: readonly string[], format: Format): string =>
	new Intl.ListFormat(format.locale, { style: 'long', type: 'conjunction' }).format(parts);

const caveatsOf = (figures: Figures, text: Text, format: Format): readonly string[] => {
	const named = (state: 'not-estimated' | 'partly'): readonly string[] =>
		figures.adjustments.filter((one) => one.state === state).map((one) => text(`return.adjustment.${one.adjustment}`));
	const [none, partly] = [named('not-estimated'), named('partly')];
	return [
		...(none.length === 0 ? [] : [text('return.not_estimated', { list: list(none, format) })]),
		...(partly.length === 0 ? [] : [text('return.partly_estimated', { list: list(partly, format) })]),
		...(figures.warnings.includes('no_hours') ? [text('return.no_hours')] : []),
		...(figures.warnings.includes('mixed_price_years')
			? [text('return.warning.mixed_years', { years: list(figures.priceYears.map(String), format) })]
			: []),
		...(figures.warnings.includes('above_reference_class') ? [text('return.warning.above_reference')] : [])
	];
};

/** Says the figures of a case. One place for pages, API and print, so that they are said alike. */
export function returnSentences(figures: Figures, text: Text, format: Format): ReturnSentences {
	const { breakEven } = figures;
	const event = text(`return.event.${breakEven.event}`);
	const meanOnly = new Set(
		figures.rows.filter((row) => row.price !== null && (row.lowCents === null || row.highCents === null)).map((row) => row.price)
	).size;
	const how = [
		text('return.range_how', { draws: figures.draws, seed: String(figures.seed) }),
		...(meanOnly === 0 ? [] : [text('return.range_mean_only', { count: meanOnly })])
	];
	return {
		breakEven: breakEvenText(figures, text),
		breakEvenRange:
			breakEven.low === null || breakEven.high === null
				? null
				: text('return.break_even.range', { low: oddsText(breakEven.low, text, format), high: oddsText(breakEven.high, text, format) }),
		breakEvenAssumed: text('return.break_even.assumed', { chance: format.percent(breakEven.assumedChance), event }),
		net: netText(figures, text, format),
		caveats: caveatsOf(figures, text, format),
		rangeHow: figures.ways.adjusted.low === null ? null : how.join(' '),
		conventions: text('return.conventions', {
			rate: typeof figures.conventions.discountRate === 'number' ? format.percent(figures.conventions.discountRate) : '',
			years: list(figures.priceYears.map(String), format)
		}),
		headlineWhy:
			figures.headline.kind === 'ratio'
				? null
				: text('return.headline.why', { needed: figures.headline.needed, count: figures.headline.followedUp })
	};
}
