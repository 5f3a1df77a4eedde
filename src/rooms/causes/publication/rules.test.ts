import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayAt } from '#foundation/time/days.ts';
import {
	answerAnewDays,
	answersSince,
	answerUntil,
	mayAnswer,
	mayPropose,
	mayWithdraw,
	nextPublicCount,
	publicationState,
	publicCases,
	quarterOf,
	toldInFives,
	waitsFor
} from './rules.ts';

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const inside = { kind: 'organisation', organisationId: 'kade' } as const;
const outside = { kind: 'outside', outside: 'uwv' } as const;

describe('the days to answer', () => {
	const publication = { at: at('2026-03-01'), events: [] };

	test('are thirty whole days from being asked, also over the change of the clock', () => {
		expect(answersSince(publication, inside, [])).toEqual(at('2026-03-01'));
		expect(answerUntil(at('2026-03-01'), null)).toBe('2026-03-31');
		// Late on the last day of winter time it is the next day here already.
		expect(answerUntil(new Date('2026-12-01T23:30:00Z'), null)).toBe('2027-01-01');
	});

	test('begin anew for another who was asked since', () => {
		const asked = [{ kind: 'asked_other', at: at('2026-03-10') }] as const;
		expect(answersSince(publication, inside, asked)).toEqual(at('2026-03-10'));
		expect(answersSince(publication, inside, [{ kind: 'asked_other', at: at('2026-02-10') }])).toEqual(at('2026-03-01'));
	});

	test('are fourteen whole days of their own at least after words of theirs were declined, and never fewer than thirty in all', () => {
		const declined = (day: string) => ({ at: at('2026-03-02'), hand: 'declined', handAt: at(day) }) as const;
		expect(answerUntil(at('2026-03-01'), declined('2026-03-05'))).toBe('2026-03-31');
		expect(answerUntil(at('2026-03-01'), declined('2026-03-25'))).toBe('2026-04-08');
		expect(answerUntil(at('2026-03-01'), { ...declined('2026-03-25'), hand: 'released' })).toBe('2026-03-31');
		fc.assert(
			fc.property(fc.nat(90), (days) => {
				const handAt = new Date(at('2026-03-01').getTime() + days * 86_400_000);
				const until = answerUntil(at('2026-03-01'), { at: at('2026-03-01'), hand: 'declined', handAt });
				expect(until >= '2026-03-31' && until >= addDays(dayAt(handAt), answerAnewDays)).toBe(true);
				expect(until === '2026-03-31' || until === addDays(dayAt(handAt), answerAnewDays)).toBe(true);
			})
		);
	});

	test('of who is outside begin when someone told them, and not before', () => {
		const told = { ...publication, events: [{ kind: 'told_outside', at: at('2026-03-08') }] as const };
		expect(answersSince(publication, outside, [])).toBeNull();
		expect(answersSince(told, outside, [])).toEqual(at('2026-03-08'));
		// What another was told, this one does not know.
		expect(answersSince(told, outside, [{ kind: 'asked_other', at: at('2026-03-10') }])).toBeNull();
	});
});

describe('a publication', () => {
	const ready = { since: at('2026-03-01'), today: '2026-04-01', signal: 'seen', answer: null, cases: 5 } as const;

	test('opens after the last day, and waits for who disputes it, for words, and for five cases', () => {
		expect(waitsFor(ready)).toBeNull();
		expect(waitsFor({ ...ready, today: '2026-03-31' })).toBe('days');
		expect(waitsFor({ ...ready, since: null })).toBe('telling');
		expect(waitsFor({ ...ready, signal: 'not_ours' })).toBe('owner');
		expect(waitsFor({ ...ready, cases: 4 })).toBe('cases');
		const answer = { at: at('2026-03-20'), hand: null, handAt: null };
		expect(waitsFor({ ...ready, answer })).toBe('words');
		expect(waitsFor({ ...ready, answer: { ...answer, hand: 'released', handAt: at('2026-03-21') } })).toBeNull();
		const declined = { ...answer, hand: 'declined', handAt: at('2026-03-25') } as const;
		expect(waitsFor({ ...ready, today: '2026-03-31', answer: declined })).toBe('days');
		expect(waitsFor({ ...ready, today: '2026-04-08', answer: declined })).toBe('declined');
		expect(waitsFor({ ...ready, today: '2026-04-09', answer: declined })).toBeNull();
	});

	test('is asked, public, or taken back', () => {
		const [early, opened, late] = [at('2026-03-20'), at('2026-04-01'), at('2026-05-01')];
		expect(publicationState([], null)).toBe('asked');
		const facts = [
			{ kind: 'answered', at: early } as const,
			{ kind: 'opened', at: opened } as const,
			{ kind: 'answered', at: late } as const
		];
		expect(publicationState(facts, null)).toBe('public');
		expect(
			publicationState(
				[
					{ kind: 'opened', at: opened },
					{ kind: 'withdrawn', at: late }
				],
				null
			)
		).toBe('withdrawn');
		// Another who was asked since has days of their own, after which it opens anew.
		expect(publicationState(facts, early)).toBe('public');
		expect(publicationState(facts, at('2026-04-10'))).toBe('asked');
		expect(publicationState([...facts, { kind: 'opened', at: late }], at('2026-04-10'))).toBe('public');
	});

	test('is proposed by who looks at the whole or answers for the owner, and answered by who answers for them', () => {
		const person = { personId: 'p', organisationId: 'kade' };
		const elsewhere = { personId: 'p', organisationId: 'stad' };
		expect(mayPropose({ ...person, roles: ['administrator'] }, inside)).toBe(true);
		expect(mayPropose({ ...elsewhere, roles: ['administrator'] }, inside)).toBe(false);
		expect(mayPropose({ ...elsewhere, roles: ['facilitator'] }, inside)).toBe(true);
		expect(mayAnswer({ ...elsewhere, roles: ['governor'] }, inside)).toBe(false);
		expect(mayAnswer({ ...elsewhere, roles: ['governor'] }, outside)).toBe(true);
		expect(mayAnswer({ ...person, roles: ['professional'] }, inside)).toBe(false);
	});

	test('is taken back by who proposed it or answers for another organisation, never by who goes about it alone', () => {
		const kade = { personId: 'p', organisationId: 'kade' };
		expect(mayWithdraw({ ...kade, roles: ['governor'] }, 'q', inside)).toBe(false);
		expect(mayWithdraw({ ...kade, roles: ['governor'] }, 'p', inside)).toBe(true);
		expect(mayWithdraw({ ...kade, roles: ['governor'] }, 'q', outside)).toBe(true);
		expect(mayWithdraw({ ...kade, organisationId: 'stad', roles: ['administrator'] }, 'q', inside)).toBe(true);
		expect(mayWithdraw({ ...kade, organisationId: 'stad', roles: ['facilitator', 'secretariat'] }, 'q', inside)).toBe(false);
	});
});

describe('the figure that is shown', () => {
	test('is never under five, and of two looks differs by nothing or by five and more', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(4), { maxLength: 60 }), (quarters) => {
				let cases = 0;
				let shown: number | null = null;
				for (const more of quarters) {
					cases += more;
					const next = nextPublicCount(cases, shown);
					if (next !== null) {
						expect(next).toBeGreaterThanOrEqual(publicCases);
						if (shown !== null) expect(Math.abs(next - shown)).toBeGreaterThanOrEqual(publicCases);
						shown = next;
					}
					// One case more than before tells nothing, whenever it comes.
					if (shown !== null) expect(nextPublicCount(shown + 1, shown)).toBeNull();
				}
			})
		);
	});

	test('besides that of cases is told in fives, never over what was counted', () => {
		fc.assert(
			fc.property(fc.integer({ min: publicCases, max: 10_000 }), (counted) => {
				const told = toldInFives(counted);
				expect([told % publicCases, told >= publicCases, told <= counted, counted - told < publicCases]).toEqual([0, true, true, true]);
			})
		);
	});

	test('stands in a quarter of the year, by its first day', () => {
		expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map(quarterOf)).toEqual([
			...['2026-01-01', '2026-01-01', '2026-04-01', '2026-10-01']
		]);
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 4000 }), (days) => {
				const day = addDays('2026-01-01', days);
				expect(quarterOf(day) <= day).toBe(true);
			})
		);
	});
});
