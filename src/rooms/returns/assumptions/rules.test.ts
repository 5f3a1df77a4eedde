import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseValueFacts } from '../rules.ts';
import { newlyStated, statedIn, triedFacts } from './rules.ts';

const facts: CaseValueFacts = {
	...{ potCents: 4_000_00, horizonYears: 3, proposed: [], hours: 0, hourCents: 0, deadweightPercent: 25 },
	looming: [
		{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 80 },
		{ price: 'opvang-jaar-bond-voorbeeld', quantity: 1, years: 3, chancePercent: 40 }
	]
};

describe('whose an assumption is', () => {
	test('the first version states everything that was estimated', () => {
		expect(newlyStated(null, facts, []).map(({ name, value }) => `${name} ${value ?? ''}`)).toEqual([
			'chance 80',
			'years 3',
			'deadweight 25'
		]);
	});
	test('what stays as it was stays with whoever stated it; what changed, was taken back or is reasoned anew does not', () => {
		expect(newlyStated(facts, facts, [])).toEqual([]);
		expect(newlyStated(facts, { ...facts, deadweightPercent: undefined, attributionPercent: 0 }, ['years'])).toEqual([
			{ name: 'years', value: 3 },
			{ name: 'deadweight', value: null },
			{ name: 'attribution', value: 0 }
		]);
	});
});

describe('trying another assumption', () => {
	test('nothing tried changes nothing', () => expect(triedFacts(facts, {})).toEqual(facts));
	test('what followed from the event keeps its share of it', () => {
		expect(triedFacts(facts, { chance: 40 }).looming.map(({ chancePercent }) => chancePercent)).toEqual([40, 20]);
		expect(triedFacts(facts, { years: 1 }).looming.map(({ years }) => years)).toEqual([1, 1]);
	});
	test('what is tried is what is stated, and stays within bounds', () => {
		const percent = fc.integer({ min: 0, max: 100 });
		fc.assert(
			fc.property(percent, fc.integer({ min: 1, max: 10 }), percent, percent, percent, (chance, years, deadweight, attribution, before) => {
				const [first, second] = facts.looming;
				if (!first || !second) throw new Error('two flows');
				const from = { ...facts, looming: [{ ...first, chancePercent: before }, second] };
				const tried = triedFacts(from, { chance, years, deadweight, attribution });
				expect(statedIn(tried)).toMatchObject({ chance, years, deadweight, attribution });
				for (const flow of tried.looming) expect(flow.chancePercent >= 0 && flow.chancePercent <= 100).toBe(true);
			})
		);
	});
});
