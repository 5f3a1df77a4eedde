import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whyNotDecided } from './rules.ts';

const people = ['a', 'b', 'c', 'd', 'e', 'f'];
const fixed = fc.uniqueArray(fc.constantFrom(...people), { minLength: 1 });
const positions = fc.uniqueArray(
	fc.record({
		personId: fc.constantFrom(...people),
		position: fc.constantFrom('consent' as const, 'objection' as const, 'aside' as const)
	}),
	{ selector: (one) => one.personId }
);

describe('a decision', () => {
	test('without objection waits for whoever takes part and objects, and for nobody else', () =>
		fc.assert(
			fc.property(fixed, positions, (seats, said) => {
				const not = whyNotDecided('consent', seats, said);
				const objecting = said.filter((one) => one.position === 'objection').map((one) => one.personId);
				if (objecting.length === 0) expect(not).toBeNull();
				else expect(objecting).toContain(not?.why === 'objection_stands' ? not.personId : '');
			})
		));

	test('by most votes counts the fixed seats and never who joined', () =>
		fc.assert(
			fc.property(fixed, positions, (seats, said) => {
				const inFavour = seats.filter((seat) => said.some((one) => one.personId === seat && one.position === 'consent')).length;
				expect(whyNotDecided('majority', seats, said) === null).toBe(inFavour > seats.length / 2);
				const without = said.filter((one) => seats.includes(one.personId));
				expect(whyNotDecided('majority', seats, without)).toEqual(whyNotDecided('majority', seats, said));
			})
		));

	test('by all needs every fixed seat and no objection of anyone', () =>
		fc.assert(
			fc.property(fixed, positions, (seats, said) => {
				const all = seats.every((seat) => said.some((one) => one.personId === seat && one.position === 'consent'));
				const none = said.every((one) => one.position !== 'objection');
				expect(whyNotDecided('unanimous', seats, said) === null).toBe(all && none);
			})
		));

	test('after advice can always be taken', () =>
		fc.assert(fc.property(fixed, positions, (seats, said) => whyNotDecided('advice', seats, said) === null)));
});
