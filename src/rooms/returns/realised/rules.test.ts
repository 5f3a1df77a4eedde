import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '#social-return';
import { readPriceListCsv } from '../price-list.server.ts';
import { figuresOf, valueMapOf } from '../rules.ts';
import type { CaseValueFacts, Figures } from '../rules.ts';
import { countedOf, realisedFacts, summedWays } from './rules.ts';
import type { CountedReturn, FlowFinding } from './rules.ts';

const prices = readPriceListCsv(readFileSync(new URL('../../../../database/data/unit-costs-nl.csv', import.meta.url), 'utf8'));
const bond: CaseValueFacts = {
	...{ potCents: 4_000_00, horizonYears: 3, proposed: [], hours: 0, hourCents: 0 },
	looming: [
		{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 75 },
		{ price: 'opvang-jaar-bond-voorbeeld', quantity: 1, years: 3, chancePercent: 75 }
	]
};
const figures = (facts: CaseValueFacts): Figures => {
	const built = valueMapOf(facts, prices, { id: 'c', title: 'c' });
	if (!built.ok) throw new Error(JSON.stringify(built.fields));
	return figuresOf(evaluate({ ...built.map, simulation: { seed: 1, draws: 100 } }), prices);
};
const realised = (findings: readonly FlowFinding[], months: number, facts = bond): Figures =>
	figures(realisedFacts(facts, findings, months, prices));
const no = [
	{ flow: 0, happened: 'no' },
	{ flow: 1, happened: 'no' }
] as const;

describe('what was realised', () => {
	test('what comes once counts whole, what lasts only as far as it was followed', () => {
		expect(realised(no, 6).ways.fundOnly.benefitCents).toBe(0.75 * (6_000_00 + 15_000_00));
		expect(realised(no, 12).ways.fundOnly.benefitCents).toBe(0.75 * (6_000_00 + 30_000_00));
	});
	test('what happened after all, and what nobody knows, counts for nothing', () => {
		expect(realised([], 12).ways.fundOnly.benefitCents).toBe(0);
		expect(
			realised(
				[
					{ flow: 0, happened: 'yes' },
					{ flow: 1, happened: 'unknown' }
				],
				12
			).ways.adjusted.benefitCents
		).toBe(0);
		expect(realised([{ flow: 0, happened: 'no' }], 12).ways.fundOnly.benefitCents).toBe(0.75 * 6_000_00);
	});
	test('what the help itself costs stays, also when nothing was prevented', () => {
		const facts = { ...bond, proposed: [{ price: 'opvang-jaar-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 100 }] };
		expect(realised([], 12, facts).ways.fundOnly.benefitCents).toBe(-30_000_00);
	});

	const finding = fc.constantFrom('no', 'yes', 'unknown');
	const findings = fc.tuple(finding, finding).map((pair) => pair.map((happened, flow): FlowFinding => ({ flow, happened })));
	test('is never more than what had been foreseen of the same, and never less for knowing more that went well', () => {
		const foreseen = figures(bond).ways;
		fc.assert(
			fc.property(findings, fc.constantFrom(3, 6, 12), (found, months) => {
				const { ways } = realised(found, months);
				expect(ways.fundOnly.benefitCents).toBeLessThanOrEqual(foreseen.fundOnly.benefitCents);
				expect(ways.fundOnly.benefitHighCents ?? 0).toBeLessThanOrEqual(foreseen.fundOnly.benefitHighCents ?? 0);
				const better = realised(
					found.map((one) => (one.happened === 'unknown' ? { ...one, happened: 'no' as const } : one)),
					months
				);
				expect(better.ways.fundOnly.benefitCents).toBeGreaterThanOrEqual(ways.fundOnly.benefitCents);
				const missing = realised(found.slice(0, 1), months);
				expect(missing.ways.fundOnly.benefitCents).toBeLessThanOrEqual(ways.fundOnly.benefitCents);
			}),
			{ numRuns: 30 }
		);
	});
});

describe('sums over cases', () => {
	const cents = fc.integer({ min: 0, max: 1e9 });
	const counted = fc
		.record({ pot: cents, more: cents, gross: cents, less: cents, spread: cents })
		.map(({ pot, more, gross, less, spread }): CountedReturn => ({
			...{ potCents: pot, inputsCents: pot + more, grossCents: gross, grossLowCents: gross - spread, grossHighCents: gross + spread },
			...{ adjustedCents: gross - less, adjustedLowCents: gross - less - spread, adjustedHighCents: gross - less + spread }
		}));
	test('give the three ways together, each within its range, and null where nothing was put in', () => {
		fc.assert(
			fc.property(counted, (sum) => {
				const ways = summedWays(sum);
				for (const way of [ways.fundOnly, ways.adjusted, ways.full]) {
					expect(way.perEuro === null).toBe(way.costCents === 0);
					if (way.perEuro === null) continue;
					expect(way.low ?? NaN).toBeLessThanOrEqual(way.perEuro);
					expect(way.high ?? NaN).toBeGreaterThanOrEqual(way.perEuro);
				}
				expect(ways.full.costCents).toBeGreaterThanOrEqual(ways.adjusted.costCents);
			})
		);
	});
	test('of one case are the figures of that case', () => {
		const one = figures(bond);
		expect(summedWays(countedOf(one)).fundOnly.perEuro).toBe(one.ways.fundOnly.perEuro);
		expect(summedWays(countedOf(one)).full.perEuro).toBe(one.ways.full.perEuro);
	});
});
