import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWorkingDay } from '#foundation/time/working-hours.ts';
import {
	corners,
	doneSteps,
	effectsToDo,
	isBetter,
	missingSteps,
	objectUntil,
	objectionOf,
	proposedIsBetter,
	reasonsNeeded,
	stepNames
} from './rules.ts';
import type { Effects, Filled, Scores } from './rules.ts';

const scores: readonly Scores[] = Array.from({ length: 125 }, (_, n) => ({
	...{ legitimacy: 1 + (n % 5), involvement: 1 + (Math.floor(n / 5) % 5) },
	return: 1 + Math.floor(n / 25)
}));

describe('the triangle', () => {
	test('one path is better than another: every combination of two paths', () => {
		let better = 0;
		for (const one of scores)
			for (const other of scores) {
				const [l, i, r] = [one.legitimacy - other.legitimacy, one.involvement - other.involvement, one.return - other.return];
				const wanted = Math.min(l, i, r) >= 0 && Math.max(l, i, r) > 0;
				if (isBetter(one, other) !== wanted) throw new Error(`${JSON.stringify([one, other])} should be ${wanted}`);
				if (wanted) better++;
			}
		// Of 15 pairs a corner in which the first is not lower, cubed, less the 125 equal ones.
		expect(better).toBe(15 ** 3 - 125);
	});

	test('the proposed path is better than both others: all 1,953,125 combinations of three', () => {
		const rank = (path: Scores) => scores.indexOf(path);
		const lower = scores.map((one) => scores.map((other) => corners.every((c) => one[c] >= other[c]) && one !== other));
		let better = 0;
		for (const proposed of scores) {
			const row = lower[rank(proposed)] ?? [];
			for (const [p, present] of scores.entries())
				for (const [l, looming] of scores.entries()) {
					const said = proposedIsBetter({ present, looming, proposed });
					if (said !== (row[p] === true && row[l] === true))
						throw new Error(`${JSON.stringify({ present, looming, proposed })} gave ${said}`);
					if (said) better++;
				}
		}
		// The sum over all proposed paths of the square of how many paths lie below each.
		const below = scores.map((one) => one.legitimacy * one.involvement * one.return - 1);
		expect(better).toBe(below.reduce((sum, count) => sum + count * count, 0));
	});

	test('when it is not better, or most alike went without money, a grant needs a reason', () => {
		const low = { legitimacy: 3, involvement: 3, return: 3 };
		const triangle = { present: low, looming: low, proposed: low };
		expect(reasonsNeeded({ triangle }, false)).toEqual(['triangle']);
		expect(reasonsNeeded({ triangle: { ...triangle, proposed: { ...low, return: 4 } } }, false)).toEqual([]);
		expect(reasonsNeeded({ triangle: null }, true)).toEqual(['precedents']);
	});
});

describe('side effects', () => {
	const none: Effects = {
		...{ socialAssistance: 'no', giftsCents: 0, writtenWord: false, residentTold: false, administration: 'none' },
		administratorAgrees: false
	};
	test('with social assistance count the gifts of the year together with this one', () => {
		const assisted = { ...none, socialAssistance: 'yes' as const, giftsCents: 700_00 };
		expect(effectsToDo(assisted, 500_00, 1_200_00)).toEqual([]);
		expect(effectsToDo(assisted, 500_01, 1_200_00)).toEqual(['written_word', 'tell_resident']);
		expect(effectsToDo({ ...assisted, writtenWord: true }, 500_01, 1_200_00)).toEqual(['tell_resident']);
		expect(effectsToDo({ ...assisted, writtenWord: true, residentTold: true }, 500_01, 1_200_00)).toEqual([]);
	});
	test('with an administrator or a debt scheme ask first; what is not known is found out first', () => {
		for (const administration of ['administration', 'debt_scheme'] as const) {
			expect(effectsToDo({ ...none, administration }, 100, 0)).toEqual(['ask_administrator']);
			expect(effectsToDo({ ...none, administration, administratorAgrees: true }, 100, 0)).toEqual([]);
		}
		expect(effectsToDo({ ...none, socialAssistance: 'unknown' }, 100, 0)).toEqual(['find_out']);
		expect(effectsToDo({ ...none, administration: 'unknown' }, 100, 0)).toEqual(['find_out']);
		expect(effectsToDo(none, 100, 0)).toEqual([]);
	});
});

describe('the deadline for objection', () => {
	test('is six weeks, and a weekend or holiday moves it on', () => {
		expect(objectUntil('2026-11-02')).toBe('2026-12-14');
		// Six weeks after Saturday 17 October is Saturday 28 November.
		expect(objectUntil('2026-10-17')).toBe('2026-11-30');
		// Christmas and Boxing Day 2026 are Friday and Saturday.
		expect(objectUntil('2026-11-13')).toBe('2026-12-28');
	});
	test('always falls on a working day, six weeks to seven after', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 2500 }), (days) => {
				const decided = new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
				const until = objectUntil(decided);
				expect(isWorkingDay(until)).toBe(true);
				const distance = (Date.parse(until) - Date.parse(decided)) / 86_400_000;
				expect(distance >= 42 && distance <= 49).toBe(true);
			})
		);
	});
	test('is there only where something was decided', () => {
		expect(objectionOf({ answer: 'refused', askedOn: '2026-11-01', answeredOn: '2026-11-02' })).toBe('2026-12-14');
		expect(objectionOf({ answer: 'no_answer', askedOn: '2026-11-01', answeredOn: null })).toBeNull();
		expect(objectionOf({ answer: 'none_fits', askedOn: null, answeredOn: '2026-11-02' })).toBeNull();
	});
});

describe('what must be filled in', () => {
	const nothing: Filled = { goal: null, problems: [], schemes: [], triangle: null, durability: null, effects: null, precedents: false };
	test('is every step; when it is acute money goes first, with the words of the resident', () => {
		expect(missingSteps(nothing, false)).toEqual([...stepNames]);
		expect(missingSteps(nothing, true)).toEqual(['goal', 'durability', 'effects']);
		expect(doneSteps(nothing)).toEqual([]);
	});
	test('shrinks with each step that is done, whatever the order', () => {
		const low = { legitimacy: 1, involvement: 1, return: 1 };
		const full: Filled = {
			...{ goal: { ownWords: true, horizonMonths: 12 }, problems: [{ kind: 'system', place: 1 }] },
			...{ schemes: [{ answer: 'none_fits', askedOn: null, answeredOn: null }], triangle: { present: low, looming: low, proposed: low } },
			...{ durability: { outlook: 'yes' }, precedents: true },
			effects: {
				...{ socialAssistance: 'no', giftsCents: 0, writtenWord: false, residentTold: false, administration: 'none' },
				administratorAgrees: false
			}
		};
		fc.assert(
			fc.property(fc.subarray([...stepNames]), (done) => {
				const key = { goal: 'goal', problem: 'problems', scheme: 'schemes' } as const;
				const filled = { ...nothing };
				for (const step of done) {
					const name = (step in key ? key[step as keyof typeof key] : step) as keyof Filled;
					Object.assign(filled, { [name]: full[name] });
				}
				expect(doneSteps(filled)).toEqual(stepNames.filter((step) => done.includes(step)));
				expect(missingSteps(filled, false)).toEqual(stepNames.filter((step) => !done.includes(step)));
			})
		);
	});
});
