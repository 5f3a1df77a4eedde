import type { CaseValueFacts } from '#rooms/returns/rules.ts';

/** The case that the Bossche Bond itself published, as facts with their sources. */
export const publishedCase = {
	/** Rent debt of 4,000; a forced eviction costs society about 6,000; then shelter, estimated at 30,000 a year. */
	source: 'https://www.denieuwepraktijk.nl/praktijk/ondersteuning-kwetsbare-bewoners-bossche-bond/',
	/** The discount rate: 2.25% since 1 January 2021. */
	rateSource: 'https://www.rwseconomie.nl/discontovoet',
	potCents: 4_000_00,
	/** How long someone would have stayed in the shelter is not in the source; each is counted, and said. */
	shelterYears: [1, 3, 4] as const
} as const;

/** Looming: eviction once, then shelter. Proposed: the debt is paid from the pot; hours and adjustments are not in the source, so not estimated. */
export const publishedFacts = (shelterYears: number): CaseValueFacts => ({
	potCents: publishedCase.potCents,
	horizonYears: shelterYears,
	looming: [
		{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 100 },
		{ price: 'opvang-jaar-bond-voorbeeld', quantity: 1, years: shelterYears, chancePercent: 100 }
	],
	proposed: [],
	hours: 0,
	hourCents: 0
});
