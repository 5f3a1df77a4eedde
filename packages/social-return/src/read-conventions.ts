import { fail, join, readChoice, readFields, readFlag, readList, readNumber } from './fields.ts';
import type { Reading } from './fields.ts';
import { categories, limits } from './types.ts';
import type { Category, Conventions, Evidence, RateFrom, Simulation } from './types.ts';

/** The conventions where a file names none: Dutch standard rate (2.25% real, since 2021), first year as it is, ratio of means. */
export const defaultConventions: Conventions = {
	discountRate: 0.0225,
	discountRates: {},
	firstYear: 'undiscounted',
	roundEachYear: null,
	ratio: 'of-means',
	netRatio: false,
	marginalCostOfPublicFunds: 0,
	priceYear: null,
	priceIndex: {}
};
export const defaultSimulation: Simulation = { seed: 1, draws: 10_000 };

const rateRule = { min: -0.5, max: 1 };
export const yearRule = { min: 1900, max: 2200, whole: true };

const readRate = (reading: Reading, value: unknown, path: string): number | readonly RateFrom[] | null => {
	if (!Array.isArray(value)) return readNumber(reading, value, path, { ...rateRule, absent: 0.0225 });
	const list = readList(reading, value, path, limits.horizonYears, 1) ?? [];
	const steps = list.map((one, i) => {
		const at = join(path, i);
		const fields = readFields(reading, one, at, ['fromYear', 'rate']);
		const fromYear =
			fields && readNumber(reading, fields.get('fromYear'), join(at, 'fromYear'), { min: 0, max: limits.horizonYears, whole: true });
		const rate = fields && readNumber(reading, fields.get('rate'), join(at, 'rate'), rateRule);
		return fromYear === null || rate === null ? null : { fromYear, rate };
	});
	const whole = steps.filter((step) => step !== null);
	if (whole.length !== steps.length) return null;
	if (whole[0]?.fromYear !== 0) return fail(reading, join(path, '0.fromYear'), 'not_ordered', 'A schedule begins in year 0.');
	for (let i = 1; i < whole.length; i += 1) {
		if ((whole[i]?.fromYear ?? 0) <= (whole[i - 1]?.fromYear ?? 0))
			return fail(reading, join(path, i), 'not_ordered', 'The years of a schedule go up.');
	}
	return whole;
};

export const readConventions = (reading: Reading, value: unknown): Conventions => {
	if (value === undefined) return defaultConventions;
	const path = 'conventions';
	const fields = readFields(reading, value, path, Object.keys(defaultConventions));
	if (fields === null) return defaultConventions;
	const at = (key: string): string => join(path, key);
	const discountRates: Partial<Record<Category, number>> = {};
	const rateFields = fields.has('discountRates') ? readFields(reading, fields.get('discountRates'), at('discountRates'), categories) : null;
	for (const category of categories) {
		if (rateFields?.has(category) !== true) continue;
		const rate = readNumber(reading, rateFields.get(category), join(at('discountRates'), category), rateRule);
		if (rate !== null) discountRates[category] = rate;
	}
	const priceIndex: Record<string, number> = {};
	const years = Array.from({ length: 301 }, (_, i) => String(1900 + i));
	const indexFields = fields.has('priceIndex') ? readFields(reading, fields.get('priceIndex'), at('priceIndex'), years) : null;
	for (const [year, factor] of indexFields ?? []) {
		const read = readNumber(reading, factor, join(at('priceIndex'), year), { min: 0.1, max: 10 });
		if (read !== null) priceIndex[year] = read;
	}
	const orNull = (key: string, rule: { min: number; max: number; whole: boolean }): number | null =>
		fields.has(key) && fields.get(key) !== null ? readNumber(reading, fields.get(key), at(key), rule) : null;
	return {
		discountRate: readRate(reading, fields.get('discountRate'), at('discountRate')) ?? defaultConventions.discountRate,
		discountRates,
		firstYear:
			readChoice(reading, fields.get('firstYear'), at('firstYear'), ['undiscounted', 'discounted'] as const, 'undiscounted') ??
			'undiscounted',
		roundEachYear: orNull('roundEachYear', { min: 0, max: 6, whole: true }),
		ratio: readChoice(reading, fields.get('ratio'), at('ratio'), ['of-means', 'mean-of-ratios'] as const, 'of-means') ?? 'of-means',
		netRatio: readFlag(reading, fields.get('netRatio'), at('netRatio'), false),
		marginalCostOfPublicFunds:
			readNumber(reading, fields.get('marginalCostOfPublicFunds'), at('marginalCostOfPublicFunds'), { min: 0, max: 5, absent: 0 }) ?? 0,
		priceYear: orNull('priceYear', yearRule),
		priceIndex
	};
};

export const readEvidence = (reading: Reading, value: unknown): Evidence => {
	const none: Evidence = { grade: null, confidence: null, correction: 0 };
	if (value === undefined) return none;
	const fields = readFields(reading, value, 'evidence', ['grade', 'confidence', 'correction']);
	if (fields === null) return none;
	const step = (key: string, max: number): number | null =>
		fields.has(key) && fields.get(key) !== null
			? readNumber(reading, fields.get(key), join('evidence', key), { min: 1, max, whole: true })
			: null;
	return {
		grade: step('grade', 5) as Evidence['grade'],
		confidence: step('confidence', 6) as Evidence['confidence'],
		correction: readNumber(reading, fields.get('correction'), 'evidence.correction', { min: 0, max: 1, absent: 0 }) ?? 0
	};
};
