import type { Price } from '../rules.ts';

/** So many are shown; more than that asks for another word. */
export const pricesShown = 10;

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/**
 * Prices in which every word that was typed occurs: in the name in either language, the unit, who pays, or the source. What begins with
 * the first word comes first; else in the order of the list. Nobody's typing is stored.
 */
export function findPrices(prices: readonly Price[], typed: string): Price[] {
	const words = folded(typed)
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
	const [first] = words;
	if (first === undefined) return [];
	const texts = new Map(
		prices.map((price) => [
			price,
			folded(
				[price.nameNl, price.nameEn, price.unit, price.payer.replaceAll('-', ' '), price.code.replaceAll('-', ' '), price.source].join(' ')
			)
		])
	);
	const begins = (price: Price): number => Number(!folded(price.nameNl).startsWith(first) && !folded(price.nameEn).startsWith(first));
	return prices
		.filter((price) => words.every((word) => texts.get(price)?.includes(word) === true))
		.toSorted((a, b) => begins(a) - begins(b));
}

/** The names of what is already inside a price, so that nobody counts it again beside it. */
export const containedIn = (price: Price, prices: readonly Price[]): Price[] =>
	price.contains.flatMap((code) => prices.find((one) => one.code === code) ?? []);
