import type { Figures } from '../figures/rules.ts';
import type { CaseValueFacts, FlowFacts, Price } from '../rules.ts';

/** What a follow-up found of one flow of what loomed. */
export interface FlowFinding {
	readonly flow: number;
	readonly happened: 'no' | 'yes' | 'unknown';
}

/** Whether a price is paid year after year, so that only the part that was followed can have been avoided. */
const isYearly = (flow: FlowFacts, price: Price | undefined): boolean => flow.years > 1 || /jaar/.test(price?.unit ?? '');

/** A flow as far as it was followed: what comes once stays whole, what lasts is cut at the month of the check. */
const followed = (flow: FlowFacts, price: Price | undefined, months: number): FlowFacts =>
	isYearly(flow, price) ? { ...flow, years: 1, quantity: flow.quantity * Math.min(months / 12, flow.years) } : flow;

/**
 * The value map with findings in the place of assumptions: what was found not to have happened counts with the chance that was stated of
 * it, so far as the case was followed; what happened after all, and what nobody knows, counts for nothing. Missing never counts as success.
 * @param months how long after the first help it was looked at
 * @param potCents what the pot really gave; left out, as recorded
 */
export function realisedFacts(
	facts: CaseValueFacts,
	findings: readonly FlowFinding[],
	months: number,
	prices: readonly Price[],
	potCents: number = facts.potCents
): CaseValueFacts {
	const priceOf = new Map(prices.map((price) => [price.code, price]));
	const found = new Map(findings.map(({ flow, happened }) => [flow, happened]));
	return {
		...facts,
		potCents,
		horizonYears: 1,
		looming: facts.looming.map((flow, index) => {
			const cut = followed(flow, priceOf.get(flow.price), months);
			return found.get(index) === 'no' ? cut : { ...cut, chancePercent: 0 };
		}),
		proposed: facts.proposed.map((flow) => followed(flow, priceOf.get(flow.price), months))
	};
}

/** A counted return as a fact: whole cents with ranges, for the sums of the network. */
export interface CountedReturn {
	readonly potCents: number;
	readonly inputsCents: number;
	readonly grossCents: number;
	readonly grossLowCents: number;
	readonly grossHighCents: number;
	readonly adjustedCents: number;
	readonly adjustedLowCents: number;
	readonly adjustedHighCents: number;
}

/** The cents of figures and the ends of their ranges. Without anything uncertain the ends are the figure itself. */
export const countedOf = ({ ways }: Pick<Figures, 'ways'>): CountedReturn => ({
	potCents: ways.fundOnly.costCents,
	inputsCents: ways.full.costCents,
	grossCents: ways.fundOnly.benefitCents,
	grossLowCents: ways.fundOnly.benefitLowCents ?? ways.fundOnly.benefitCents,
	grossHighCents: ways.fundOnly.benefitHighCents ?? ways.fundOnly.benefitCents,
	adjustedCents: ways.adjusted.benefitCents,
	adjustedLowCents: ways.adjusted.benefitLowCents ?? ways.adjusted.benefitCents,
	adjustedHighCents: ways.adjusted.benefitHighCents ?? ways.adjusted.benefitCents
});

/** What one payer put in, was spared and pays more in a case, as a fact. */
export interface CountedParty {
	readonly party: string;
	readonly paidCents: number;
	readonly preventedCents: number;
	readonly extraCents: number;
	readonly freesCents: number;
}

/** Who paid and who gained, as facts. What only moved elsewhere, as far as it was estimated, stands under a code of its own: it counts for nobody. */
export const countedParties = ({ parties, movedCents }: Pick<Figures, 'parties' | 'movedCents'>): CountedParty[] => [
	...parties
		.map(({ party, paidCents, preventedCents, extraCents, freesCents }) => ({ party, paidCents, preventedCents, extraCents, freesCents }))
		.filter(({ paidCents, preventedCents, extraCents }) => paidCents !== 0 || preventedCents !== 0 || extraCents !== 0),
	...(movedCents === null || movedCents <= 0
		? []
		: [{ party: 'elders', paidCents: 0, preventedCents: 0, extraCents: movedCents, freesCents: 0 }])
];

/** One way of counting over several cases: euros for each euro put in, and the ends; null without anything put in. */
export interface SummedWay {
	readonly perEuro: number | null;
	readonly low: number | null;
	readonly high: number | null;
	readonly benefitCents: number;
	readonly costCents: number;
}
export interface SummedWays {
	readonly fundOnly: SummedWay;
	readonly adjusted: SummedWay;
	readonly full: SummedWay;
}

const perEuro = (benefit: number, cost: number): number | null => (cost > 0 ? Math.round((benefit / cost) * 100) / 100 : null);

/** The three ways over sums, always together. Ends of ranges that were added up are wider than the range of the sum: never too narrow. */
export function summedWays(sum: CountedReturn): SummedWays {
	const way = (benefit: number, low: number, high: number, cost: number): SummedWay => ({
		perEuro: perEuro(benefit, cost),
		low: perEuro(low, cost),
		high: perEuro(high, cost),
		benefitCents: benefit,
		costCents: cost
	});
	return {
		fundOnly: way(sum.grossCents, sum.grossLowCents, sum.grossHighCents, sum.potCents),
		adjusted: way(sum.adjustedCents, sum.adjustedLowCents, sum.adjustedHighCents, sum.potCents),
		full: way(sum.adjustedCents, sum.adjustedLowCents, sum.adjustedHighCents, sum.inputsCents)
	};
}
