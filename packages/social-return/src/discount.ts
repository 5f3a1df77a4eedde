import { pow } from './numbers.ts';
import type { Category, Conventions } from './types.ts';

/** Factors by which an amount in year 0, 1, … is worth less today. A flow at `now` has factor 1 and no place here. */
export const discountFactors = (conventions: Conventions, category: Category, horizonYears: number): readonly number[] => {
	const first = conventions.firstYear === 'discounted' ? 1 : 0;
	const own = conventions.discountRates[category];
	const rate = own ?? conventions.discountRate;
	if (typeof rate === 'number') return Array.from({ length: horizonYears }, (_, t) => 1 / pow(1 + rate, t + first));
	// In a schedule each year is discounted by its own rate on top of the years before it.
	const rateIn = (year: number): number => rate.findLast((step) => step.fromYear <= year)?.rate ?? 0;
	const factors: number[] = [];
	let divisor = 1;
	for (let t = 0; t < horizonYears; t += 1) {
		if (t > 0 || first === 1) divisor *= 1 + rateIn(t);
		factors.push(1 / divisor);
	}
	return factors;
};

/** The factor that brings a price of one year to another by year-on-year index figures; 1 where either is not given. */
export const indexFactor = (conventions: Conventions, year: number | null): number => {
	const target = conventions.priceYear;
	if (target === null || year === null || target === year) return 1;
	let factor = 1;
	for (let step = Math.min(year, target) + 1; step <= Math.max(year, target); step += 1)
		factor *= conventions.priceIndex[String(step)] ?? 1;
	return target > year ? factor : 1 / factor;
};

/**
 * The rate at which these yearly amounts are worth nothing today, or null where there is none or more than one
 * (the amounts must change sign exactly once). `offset` is the moment of the first amount in years from now.
 */
export const internalRate = (now: number, byYear: readonly number[], offset: 0 | 1): number | null => {
	const amounts = offset === 0 ? byYear.map((amount, t) => (t === 0 ? amount + now : amount)) : [now, ...byYear];
	const signs = amounts.filter((amount) => amount !== 0).map((amount) => amount > 0);
	const changes = signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length;
	if (changes !== 1 || signs[0] === true) return null;
	const worth = (rate: number): number => amounts.reduce((sum, amount, t) => sum + amount / pow(1 + rate, t), 0);
	let low = -0.99;
	let high = 1000;
	if (worth(low) < 0 || worth(high) > 0) return null;
	for (let i = 0; i < 100; i += 1) {
		const middle = (low + high) / 2;
		if (worth(middle) > 0) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
};
