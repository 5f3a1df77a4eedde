import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decisionRules } from '../bodies/rules.ts';
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
				const not = whyNotDecided('consent', seats, said, 'a');
				const objecting = said.filter((one) => one.position === 'objection').map((one) => one.personId);
				if (objecting.length === 0) expect(not?.why).not.toBe('objection_stands');
				else expect(objecting).toContain(not?.why === 'objection_stands' ? not.personId : '');
			})
		));

	test('by most votes counts the fixed seats and never who joined', () =>
		fc.assert(
			fc.property(fixed, positions, (seats, said) => {
				const inFavour = seats.filter((seat) => said.some((one) => one.personId === seat && one.position === 'consent')).length;
				expect(whyNotDecided('majority', seats, said, 'a') === null).toBe(inFavour > seats.length / 2);
				const without = said.filter((one) => seats.includes(one.personId));
				expect(whyNotDecided('majority', seats, without, 'a')).toEqual(whyNotDecided('majority', seats, said, 'a'));
			})
		));

	test('by all needs every fixed seat and no objection of anyone', () =>
		fc.assert(
			fc.property(fixed, positions, (seats, said) => {
				const all = seats.every((seat) => said.some((one) => one.personId === seat && one.position === 'consent'));
				const none = said.every((one) => one.position !== 'objection');
				expect(whyNotDecided('unanimous', seats, said, 'a') === null).toBe(all && none);
			})
		));

	test('without objection needs two fixed seats that said what they find, and of one seat that one', () =>
		fc.assert(
			fc.property(fixed, positions, (seats, said) => {
				const calm = said.filter((one) => one.position !== 'objection');
				const heard = calm.filter((one) => seats.includes(one.personId)).length;
				expect(whyNotDecided('consent', seats, calm, 'a')).toEqual(heard >= Math.min(2, seats.length) ? null : { why: 'too_few_heard' });
			})
		));

	test('after advice waits for advice of someone else, where more have a fixed seat, and for nothing more', () =>
		fc.assert(
			fc.property(fixed, positions, (seats, said) => {
				const advised = said.some((one) => one.personId !== 'a');
				expect(whyNotDecided('advice', seats, said, 'a')).toEqual(advised || seats.length === 1 ? null : { why: 'too_few_heard' });
			})
		));

	test('is never taken while nobody said anything, whichever way they decide, where more have a fixed seat', () =>
		fc.assert(
			fc.property(fixed, fc.constantFrom(...decisionRules), (seats, rule) => {
				fc.pre(seats.length > 1);
				expect(whyNotDecided(rule, seats, [], 'a')).not.toBeNull();
				expect(whyNotDecided(rule, seats, [{ personId: 'a', position: 'consent' }], 'a')).not.toBeNull();
			})
		));
});
