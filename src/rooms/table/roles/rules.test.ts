import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, firstIdOf, isSmall, organisationFigures, toBringUp } from './rules.ts';

test('what was not counted is 0, and what is too small stays hidden', () => {
	const cells = cellsOf([{ organisationId: 'a', what: 'kept', amount: null }], 'a');
	expect(cells.kept).toBeNull();
	expect(organisationFigures.filter((what) => cells[what] === 0)).toEqual([
		'late',
		'open',
		'overdue',
		'asked',
		'answered',
		'silent',
		'overloaded',
		'one_sided'
	]);
	expect(cellsOf([{ organisationId: 'b', what: 'kept', amount: 9 }], 'a').kept).toBe(0);
});

test('a hidden cell is something to bring up, an empty one is not', () => {
	const cells = { kept: 9, late: 9, open: 9, asked: 9, answered: 9, overdue: null, silent: 0, overloaded: 3, one_sided: 0 };
	expect(toBringUp({ cells, small: false })).toEqual(['overdue', 'overloaded']);
});

test('of a small organisation nothing is told, also not that there is nothing, and nothing is brought up', () => {
	const rows = [
		{ organisationId: 'a', what: 'small', amount: null },
		{ organisationId: 'b', what: 'kept', amount: 9 }
	];
	const cells = cellsOf(rows, 'a');
	expect(organisationFigures.map((what) => cells[what])).toEqual(organisationFigures.map(() => null));
	expect(toBringUp({ cells, small: isSmall(rows, 'a') })).toEqual([]);
	expect([isSmall(rows, 'a'), isSmall(rows, 'b')]).toEqual([true, false]);
});

test('the first id of a moment sorts before every id made then, and behind every one made earlier', () =>
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 2 ** 46 }), (ms) => {
			const made = (at: number): string => {
				const hex = at.toString(16).padStart(12, '0');
				return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
			};
			expect(firstIdOf(new Date(ms)) < made(ms)).toBe(true);
			expect(made(ms - 1) < firstIdOf(new Date(ms))).toBe(true);
		})
	));
