import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAt, wallClock } from '#foundation/time/days.ts';
import { isWorkingDay } from '#foundation/time/working-hours.ts';
import {
	canDecide,
	countsNow,
	eventKinds,
	foldRequest,
	laneFor,
	mayFollow,
	reached,
	reservedUntil,
	standsBy,
	tally,
	termOf,
	tookMoney,
	transitions
} from './rules.ts';
import type { EventKind, RequestEvent, RequestState, Vote } from './rules.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 9, minutes));
const event = (kind: EventKind, minutes: number): RequestEvent => ({ kind, at: at(minutes), grantedCents: null, personId: null });

describe('the state of a request', () => {
	test('is folded from its facts', () => {
		expect(foldRequest('light', [event('asked', 1)], null)).toMatchObject({ state: 'asked', lane: 'light', askedAt: at(1) });
		expect(foldRequest('light', [event('asked', 1), event('granted', 2)], null)).toMatchObject({
			state: 'granted',
			decision: { kind: 'granted' }
		});
		expect(foldRequest('light', [event('asked', 1), event('granted', 2), event('paid', 3)], null).state).toBe('paid');
		expect(foldRequest('light', [event('asked', 1), event('granted', 2), event('lapsed', 3)], null)).toMatchObject({
			...{ state: 'lapsed', decision: { kind: 'granted' } }
		});
		expect(foldRequest('full', [], null)).toMatchObject({ state: 'preparing', lane: 'full', askedAt: null });
		expect(foldRequest('full', [event('withdrawn', 1)], null).state).toBe('withdrawn');
	});

	test('of one that deserves more is preparing until the secretariat is asked', () => {
		expect(foldRequest('light', [event('asked', 1)], at(2))).toMatchObject({ state: 'preparing', lane: 'full', askedAt: null });
		expect(foldRequest('light', [event('asked', 1)], at(1))).toMatchObject({ state: 'preparing', lane: 'full' });
		expect(foldRequest('light', [event('asked', 1), event('asked', 5)], at(2))).toMatchObject({
			state: 'asked',
			lane: 'full',
			askedAt: at(5)
		});
	});

	test('only goes where the table lets it, and ends', () => {
		for (const state of Object.keys(transitions) as RequestState[])
			for (const kind of eventKinds) expect(mayFollow(state, kind)).toBe(transitions[state].includes(kind));
		for (const end of ['refused', 'withdrawn', 'paid', 'lapsed'] as const) expect(transitions[end]).toEqual([]);
		for (const decided of ['granted', 'partly'] as const)
			expect(eventKinds.filter((kind) => mayFollow(decided, kind))).toEqual(['withdrawn', 'paid', 'lapsed']);
	});
});

test('an amount at the limit stays in the light lane, a cent above does not', () => {
	const rules = { request_team_cents: 500_00, light_lane_cents: 500_00 };
	expect([laneFor(1, rules), laneFor(500_00, rules), laneFor(500_01, rules)]).toEqual(['light', 'light', 'full']);
});

describe('votes', () => {
	const rules = { agreeing_colleagues: 3, agreeing_organisations: 2 };
	const vote = (person: number, organisation: number): Vote => ({
		...{ personId: `p${person}`, membershipId: `m${person}-${organisation}` },
		organisationId: `o${organisation}`
	});
	test('three of one organisation wait for a fourth of another', () => {
		const team = [vote(1, 1), vote(2, 1), vote(3, 1), vote(4, 2), vote(9, 3)];
		expect(tally(team.slice(0, 3), team, 'p9', rules)).toEqual({ agreed: 3, organisations: 1, enough: false, missing: 'organisations' });
		expect(tally(team.slice(0, 4), team, 'p9', rules)).toMatchObject({ enough: true, missing: null });
		expect(tally(team.slice(0, 2), team, 'p9', rules)).toMatchObject({ enough: false, missing: 'colleagues' });
	});
	test('of the asker, of who left, and of who came back with another membership do not count', () => {
		const team = [vote(1, 1), vote(2, 2)];
		expect(countsNow(vote(1, 1), team, 'p1')).toBe(false);
		expect(countsNow(vote(3, 1), team, 'p9')).toBe(false);
		expect(countsNow(vote(2, 3), team, 'p9')).toBe(false);
		expect(countsNow(vote(2, 2), team, 'p9')).toBe(true);
	});
	test('suffice exactly when enough of the team, without the asker, of enough organisations agreed', () => {
		const votes = fc.uniqueArray(fc.record({ person: fc.integer({ min: 0, max: 6 }), organisation: fc.integer({ min: 0, max: 2 }) }), {
			selector: (entry) => entry.person
		});
		fc.assert(
			fc.property(
				votes,
				votes,
				fc.integer({ min: 0, max: 6 }),
				fc.integer({ min: 2, max: 4 }),
				fc.integer({ min: 2, max: 3 }),
				(cast, members, asker, n, k) => {
					const made = (list: typeof cast) => list.map((entry) => vote(entry.person, entry.organisation));
					const left = cast.filter(
						(one) => one.person !== asker && members.some((other) => other.person === one.person && other.organisation === one.organisation)
					);
					const enough = left.length >= n && new Set(left.map((entry) => entry.organisation)).size >= k;
					const set = { agreeing_colleagues: n, agreeing_organisations: k };
					expect(tally(made(cast), made(members), `p${asker}`, set).enough).toBe(enough);
					if (enough) expect(canDecide(made(members), `p${asker}`, set)).toBe(true);
				}
			)
		);
	});
});

describe('the secretariat', () => {
	const judged = (person: string, organisation: string, verdict: 'grant' | 'partly' | 'refuse' | 'ask', cents: number | null = null) => ({
		...{ personId: person, organisationId: organisation, verdict },
		grantedCents: verdict === 'grant' ? 1000 : cents
	});
	test('decides when two of different organisations find the same', () => {
		expect(reached([judged('a', 'x', 'grant')])).toBeNull();
		expect(reached([judged('a', 'x', 'grant'), judged('b', 'x', 'grant')])).toBeNull();
		expect(reached([judged('a', 'x', 'grant'), judged('b', 'y', 'grant')])).toEqual({ kind: 'granted', grantedCents: 1000 });
		expect(reached([judged('a', 'x', 'grant'), judged('b', 'y', 'refuse'), judged('c', 'z', 'refuse')])).toEqual({
			kind: 'refused',
			grantedCents: null
		});
		expect(reached([judged('a', 'x', 'ask'), judged('b', 'y', 'ask')])).toBeNull();
	});
	test('agrees on a part only when it is the same part', () => {
		expect(reached([judged('a', 'x', 'partly', 500), judged('b', 'y', 'partly', 400)])).toBeNull();
		expect(reached([judged('a', 'x', 'partly', 500), judged('b', 'y', 'partly', 500)])).toEqual({ kind: 'partly', grantedCents: 500 });
	});
	test('may change its mind: the newest of each counts', () => {
		expect(reached([judged('a', 'x', 'grant'), judged('a', 'x', 'refuse'), judged('b', 'y', 'grant')])).toBeNull();
		expect(reached([judged('a', 'x', 'refuse'), judged('a', 'x', 'grant'), judged('b', 'y', 'grant')])).toMatchObject({ kind: 'granted' });
	});
});

describe('the term of the secretariat', () => {
	const rules = { secretariat_days: 2, acute_hours: 24 };
	const term = (text: string, acute = false, set = rules) => termOf(new Date(text), acute, set).toISOString();
	test('is two working days after the day it was asked, to the end', () => {
		expect(term('2026-11-23T09:00:00+01:00')).toBe('2026-11-25T23:00:00.000Z');
		expect(term('2026-11-23T23:59:00+01:00')).toBe('2026-11-25T23:00:00.000Z');
		expect(term('2026-11-27T09:00:00+01:00')).toBe('2026-12-01T23:00:00.000Z');
		expect(term('2026-12-24T12:00:00+01:00')).toBe('2026-12-29T23:00:00.000Z');
	});
	test('that runs over a change of the clock ends at midnight there, not an hour beside it', () => {
		// Friday 27 March to Tuesday 31 March, summer time from the 29th; Friday 23 October to Tuesday 27 October, winter time from the 25th.
		expect(term('2026-03-27T12:00:00+01:00')).toBe('2026-03-31T22:00:00.000Z');
		expect(term('2026-10-23T12:00:00+02:00')).toBe('2026-10-27T23:00:00.000Z');
	});
	test('of an acute request that ends at midnight on the day the clock changes', () => {
		// Asked as Saturday begins, over as Sunday begins: the day that has 23 hours, or 25.
		expect(term('2026-03-28T00:00:00+01:00', true)).toBe('2026-03-28T23:00:00.000Z');
		expect(term('2026-10-24T00:00:00+02:00', true)).toBe('2026-10-24T22:00:00.000Z');
		// Asked as that Sunday begins, over as it ends.
		expect(term('2026-03-29T00:00:00+01:00', true)).toBe('2026-03-29T22:00:00.000Z');
		expect(term('2026-10-25T00:00:00+02:00', true)).toBe('2026-10-25T23:00:00.000Z');
		// Half past two does not exist that Sunday in March, and exists twice in October: the first counts.
		expect(term('2026-03-28T02:30:00+01:00', true)).toBe('2026-03-29T01:30:00.000Z');
		expect(term('2026-10-24T02:30:00+02:00', true)).toBe('2026-10-25T00:30:00.000Z');
	});
	test('of an acute request is the same time a day later by the clock on the wall', () => {
		const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2034-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(moment, (asked) => {
				const due = termOf(asked, true, rules);
				const hours = (due.getTime() - asked.getTime()) / 3_600_000;
				expect([23, 24, 25]).toContain(Math.round(hours));
				if (wallClock(asked).minutes < 120 || wallClock(asked).minutes >= 180)
					expect(wallClock(due).minutes).toBe(wallClock(asked).minutes);
			})
		);
	});
	test('counts as many working days as the rule says, and ends at midnight', () => {
		const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2034-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(moment, fc.integer({ min: 1, max: 10 }), (asked, days) => {
				const due = termOf(asked, false, { ...rules, secretariat_days: days });
				expect(wallClock(due).minutes).toBe(0);
				const last = dayAt(new Date(due.getTime() - 1));
				expect(isWorkingDay(last)).toBe(true);
				let count = 0;
				for (let time = asked.getTime() + 86_400_000; dayAt(new Date(time)) <= last; time += 86_400_000)
					if (isWorkingDay(dayAt(new Date(time)))) count++;
				// A day of 23 or 25 hours may be stepped over once.
				expect(Math.abs(count - days)).toBeLessThanOrEqual(1);
			})
		);
	});
});

test('money stays set aside to the end of the last day', () => {
	expect(reservedUntil(new Date('2026-11-23T09:00:00Z'), { reservation_days: 60 }).toISOString()).toBe('2027-01-22T23:00:00.000Z');
});

test('of what someone found the newest counts, and who asks something last has not said it yet', () => {
	const said = (personId: string, verdict: 'grant' | 'refuse' | 'ask') => ({ personId, verdict });
	expect(standsBy([], 'lies')).toBeNull();
	expect(standsBy([said('gerard', 'grant')], 'lies')).toBeNull();
	expect(standsBy([said('lies', 'ask'), said('lies', 'grant'), said('gerard', 'refuse')], 'lies')).toEqual(said('lies', 'grant'));
	expect(standsBy([said('lies', 'grant'), said('lies', 'refuse')], 'lies')).toEqual(said('lies', 'refuse'));
	expect(standsBy([said('lies', 'grant'), said('lies', 'ask')], 'lies')).toBeNull();
});

test('money was taken while more is granted than lapsed, and not by what was refused, withdrawn or only asked', () => {
	const cents = fc.integer({ min: 1, max: 1_000_00 });
	fc.assert(
		fc.property(
			cents,
			cents,
			fc.constantFrom('granted', 'partly', 'paid', 'asked', 'refused', 'withdrawn', 'preparing'),
			(one, other, state) => {
				const [granted, lapsed] = [Math.max(one, other), Math.min(one, other)];
				const at = new Date(0);
				const decision = { kind: 'granted', at, grantedCents: granted, personId: null } as const;
				const took = (events: { kind: 'lapsed'; grantedCents: number }[]) => tookMoney([{ state, decision, events }]);
				const counts = state === 'granted' || state === 'partly' || state === 'paid';
				expect(took([])).toBe(counts);
				expect(took([{ kind: 'lapsed', grantedCents: lapsed }])).toBe(counts && lapsed < granted);
				expect(took([{ kind: 'lapsed', grantedCents: granted }])).toBe(false);
			}
		)
	);
});
