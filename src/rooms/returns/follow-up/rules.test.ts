import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths } from '#foundation/time/days.ts';
import { followUpState, isOpen, mayAnswerOn, planFollowUps } from './rules.ts';

const day = fc.integer({ min: 0, max: 3000 }).map((count) => addDays('2026-01-01', count));

describe('planning checks', () => {
	test('one at six months without money or in the light lane, three above it', () => {
		expect(planFollowUps('2026-08-31', false, [], '2026-08-31')).toEqual([{ kind: '6', month: 6, dueOn: '2027-02-28' }]);
		expect(planFollowUps('2026-08-31', true, [], '2026-09-01').map(({ month, dueOn }) => [month, dueOn])).toEqual([
			[3, '2026-11-30'],
			[6, '2027-02-28'],
			[12, '2027-08-31']
		]);
	});
	test('money above the light lane that comes later adds what is missing, never in the past', () => {
		expect(planFollowUps('2026-01-10', true, [6], '2026-09-01').map(({ month, dueOn }) => [month, dueOn])).toEqual([
			[3, '2026-09-01'],
			[12, '2027-01-10']
		]);
	});
	test('planned again, nothing is added', () => {
		fc.assert(
			fc.property(day, day, fc.boolean(), (helpedOn, today, fullLane) => {
				const first = planFollowUps(helpedOn, fullLane, [], today);
				expect(first.every(({ dueOn, month }) => dueOn >= today && dueOn >= addMonths(helpedOn, month))).toBe(true);
				expect(
					planFollowUps(
						helpedOn,
						fullLane,
						first.map(({ month }) => month),
						today
					)
				).toEqual([]);
			})
		);
	});
});

test('a check is open until it is answered or let go; it may be answered two weeks early and from then on', () => {
	fc.assert(
		fc.property(day, day, (dueOn, today) => {
			const state = followUpState({ dueOn, outcome: null, droppedAt: null }, today);
			expect(isOpen(state)).toBe(true);
			expect(state).toBe(dueOn <= today ? 'due' : 'planned');
			if (state === 'due') expect(mayAnswerOn(dueOn, today)).toBe(true);
			expect(mayAnswerOn(dueOn, addDays(dueOn, -15))).toBe(false);
			expect(isOpen(followUpState({ dueOn, outcome: 'contact_lost', droppedAt: null }, today))).toBe(false);
			expect(isOpen(followUpState({ dueOn, outcome: null, droppedAt: new Date(0) }, today))).toBe(false);
		})
	);
});
