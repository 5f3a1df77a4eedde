import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersOf, conditions, meanOfConditions, statementCount, statements, statementsOfEach, talksToHave, toLines } from './rules.ts';
import type { ScanFigure } from './rules.ts';

const organisations = ['a', 'b', 'c'];
const tenth = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((tenths) => tenths / 10);

/** Figures as the database tells them: of some statements, and of some organisations of these. */
const figures: fc.Arbitrary<ScanFigure[]> = fc
	.uniqueArray(
		fc.record({
			statement: fc.integer({ min: 1, max: statementCount }),
			mean: tenth(1, 5),
			spread: tenth(0, 2),
			groups: fc.dictionary(fc.constantFrom(...organisations), tenth(1, 5))
		}),
		{ selector: ({ statement }) => statement, maxLength: statementCount }
	)
	.map((told) =>
		told.flatMap(({ statement, mean, spread, groups }) => [
			{ organisationId: null, statement, answers: 12, mean, spread },
			...Object.entries(groups).map(([organisationId, of]) => ({ organisationId, statement, answers: 3, mean: of, spread: null }))
		])
	);

describe('the statements', () => {
	test('are twenty, four of each condition, in order', () => {
		expect(statements.map(({ statement }) => statement)).toEqual(Array.from({ length: statementCount }, (_, index) => index + 1));
		for (const condition of conditions) expect(statements.filter((one) => one.condition === condition)).toHaveLength(statementsOfEach);
	});

	test('are answered by a number, by not knowing, or not at all', () => {
		const answers = answersOf({ 'answers.0': '5', 'answers.1': 'unknown', 'answers.3': 'veel' });
		expect(answers.slice(0, 4)).toEqual([5, null, undefined, NaN]);
		expect(answers).toHaveLength(statementCount);
	});
});

describe('the talks to have', () => {
	test('are three at most, of three conditions where there are, however the figures are ordered', () =>
		fc.assert(
			fc.property(figures, fc.infiniteStream(fc.nat()), (told, order) => {
				const lines = toLines(told);
				const talks = talksToHave(lines);
				expect(talks.length).toBeLessThanOrEqual(3);
				const worth = lines.filter(({ spread, mean }) => spread > 0 || mean < 4);
				expect(talks).toHaveLength(Math.min(3, worth.length));
				const of = new Set(worth.map(({ condition }) => condition)).size;
				expect(new Set(talks.map(({ condition }) => condition)).size).toBe(Math.min(3, of));
				const keyed = told.map((figure) => ({ figure, key: order.next().value ?? 0 }));
				const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ figure }) => figure);
				expect(talksToHave(toLines(shuffled)).map(({ statement }) => statement)).toEqual(talks.map(({ statement }) => statement));
			})
		));

	test('are first what people think most differently about', () =>
		fc.assert(
			fc.property(figures, (told) => {
				const lines = toLines(told);
				const [first] = talksToHave(lines);
				if (first)
					expect(first.spread).toBe(Math.max(...lines.filter(({ spread, mean }) => spread > 0 || mean < 4).map(({ spread }) => spread)));
			})
		));

	test('are none where all agree that it goes well', () => {
		const all = statements.map(({ statement }) => ({ organisationId: null, statement, answers: 5, mean: 4.5, spread: 0 }));
		expect(talksToHave(toLines(all))).toEqual([]);
		expect(talksToHave(toLines(all.map((figure) => ({ ...figure, mean: 2 }))))).toHaveLength(3);
	});

	test('know a gap only where two organisations may be told', () => {
		const told = (groups: number[]): ScanFigure[] => [
			{ organisationId: null, statement: 1, answers: 9, mean: 3, spread: 1 },
			...groups.map((mean, index) => ({ organisationId: organisations[index] ?? '', statement: 1, answers: 3, mean, spread: null }))
		];
		expect(toLines(told([1.2]))[0]?.gap).toBeNull();
		expect(toLines(told([1.2, 4.4, 3]))[0]?.gap).toBe(3.2);
	});
});

test('a condition has a mean of the statements that may be told, and else none', () => {
	const lines = toLines([
		{ organisationId: null, statement: 1, answers: 3, mean: 2, spread: 1 },
		{ organisationId: null, statement: 4, answers: 3, mean: 3, spread: 1 }
	]);
	expect(meanOfConditions(lines).map(({ mean }) => mean)).toEqual([2.5, null, null, null, null]);
});
