import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAt, momentAt } from '#foundation/time/days.ts';
import { dueAt, firstTerms, newestMatter, nextRungs, ownAnswers, passedOver, rungs, stateOf } from './rules.ts';
import type { Rung, Step } from './rules.ts';

const at = (day: string, hours = 10): Date => momentAt(day, hours * 60);
const everyone = new Set<Rung>(rungs);
const step = (rung: Rung, answer: Step['answer'] = null, due = at('2026-12-01')): Step => ({ rung, answer, dueAt: due });

describe('the term of a rung', () => {
	test.each([
		// Tuesday to Thursday, at the same hour.
		{ rung: 'colleagues', from: at('2026-11-24'), due: at('2026-11-26') },
		// Over a weekend.
		{ rung: 'secretariat', from: at('2026-11-26'), due: at('2026-11-30') },
		// Asked on a Sunday evening: counting begins when offices open.
		{ rung: 'colleagues', from: at('2026-11-29', 21), due: at('2026-12-01', 17) },
		// Over Christmas, a weekend and the year's end: 25, 26 and 27 December and 1 to 3 January are no working days.
		{ rung: 'governors', from: at('2026-12-24', 9), due: at('2026-12-31', 17) },
		{ rung: 'outside', from: at('2026-12-24', 9), due: at('2027-01-08', 17) },
		// Over King's Day, on a Tuesday.
		{ rung: 'secretariat', from: at('2027-04-26'), due: at('2027-04-29') },
		// Over both changes of the clock, in spring with Good Friday and Easter Monday: the hour on the wall stays the same.
		{ rung: 'colleagues', from: at('2027-03-25'), due: at('2027-03-31') },
		{ rung: 'colleagues', from: at('2026-10-23'), due: at('2026-10-27') }
	] as const)('$rung asked $from', ({ rung, from, due }) => expect(dueAt(rung, from, firstTerms)).toEqual(due));

	test('with what a network begins with a higher rung never has less time, and always ends on a working day', () =>
		fc.assert(
			fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2027-11-30'), noInvalidDate: true }), (from) => {
				const ends = rungs.map((rung) => dueAt(rung, from, firstTerms).getTime());
				expect(ends).toEqual(ends.toSorted((a, b) => a - b));
				for (const end of ends) {
					expect(end).toBeGreaterThan(from.getTime());
					expect([0, 6]).not.toContain(new Date(`${dayAt(new Date(end))}T12:00:00Z`).getUTCDay());
				}
			})
		));
});

describe('which rung is next', () => {
	const now = at('2026-12-02');
	test('begins at the foot, or at the first rung where somebody is', () => {
		expect(nextRungs([], everyone, now)).toEqual(['colleagues']);
		expect(nextRungs([], new Set<Rung>(['governors', 'outside']), now)).toEqual(['governors']);
	});
	test('while a rung has time to answer, no other is asked', () =>
		expect(nextRungs([step('colleagues', null, at('2026-12-03'))], everyone, now)).toEqual([]));
	test('a late, refusing or passing rung gives way to the next one, and to no other', () => {
		for (const answer of [null, 'no', 'next'] as const)
			expect(nextRungs([step('colleagues', answer)], everyone, now)).toEqual(['secretariat']);
		expect(nextRungs([step('colleagues', 'no')], new Set<Rung>(['colleagues', 'governors', 'outside']), now)).toEqual(['governors']);
		expect(nextRungs([step('governors', 'no')], everyone, now)).toEqual(['outside']);
	});
	test('after a promise, either the next one or another matter; after outside, another matter', () => {
		expect(nextRungs([step('secretariat', 'time_out')], everyone, now)).toEqual(['governors', 'colleagues']);
		expect(nextRungs([step('outside', 'outside_said')], everyone, now)).toEqual(['colleagues']);
		expect(nextRungs([step('outside')], everyone, now)).toEqual(['colleagues']);
	});
	test('late is told by the term, to the moment', () => {
		expect(stateOf(step('colleagues', null, now), now)).toBe('late');
		expect(stateOf(step('colleagues', null, new Date(now.getTime() + 1)), now)).toBe('asked');
		expect(stateOf(step('colleagues', 'will', now), now)).toBe('will');
	});

	test('by the rules no ladder passes over a rung where somebody is, and each matter climbs', () =>
		fc.assert(
			fc.property(
				fc.subarray([...rungs.slice(0, 3)]),
				fc.array(fc.record({ pick: fc.nat(1), answer: fc.constantFrom(null, ...ownAnswers) }), { maxLength: 12 }),
				(filled, choices) => {
					const peopled = new Set<Rung>([...filled, 'outside']);
					const steps: Step[] = [];
					for (const { pick, answer } of choices) {
						const next = nextRungs(steps, peopled, now);
						const rung = next[pick % next.length];
						if (rung) steps.push(step(rung, rung === 'outside' ? 'outside_said' : answer));
						const matter = newestMatter(steps);
						const places = matter.map((one) => rungs.indexOf(one.rung));
						expect(places).toEqual([...new Set(places)].toSorted());
						for (const passed of passedOver(matter)) expect(peopled.has(passed)).toBe(false);
					}
				}
			)
		));
});
