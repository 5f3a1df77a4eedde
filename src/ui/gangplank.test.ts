import { expect, test } from 'vitest';
import { openBoards } from './gangplank.ts';

test('the plank does not reach the ship before the goal is reached', () => {
	for (let boards = 1; boards <= 12; boards++) expect(openBoards(boards, false)).toBeGreaterThanOrEqual(1);
});

test('it reaches the ship when the goal is reached', () => {
	expect(openBoards(3, true)).toBe(0);
});

test('one board is a quarter of the way, not the whole', () => {
	expect(openBoards(1, false)).toBe(3);
	expect(openBoards(3, false)).toBe(1);
});
