import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentNow, momentWithin } from './rules.ts';

const at = (text: string): Date => new Date(text);
const span = (startsAt: string, endsAt: string) => ({ startsAt: at(startsAt), endsAt: at(endsAt) });

describe('the time of a case', () => {
	test('lies within the meeting, also after midnight', () => {
		const evening = span('2026-12-31T22:00:00Z', '2027-01-01T00:00:00Z');
		expect(momentWithin(evening, 23 * 60)).toEqual(at('2026-12-31T22:00:00Z'));
		expect(momentWithin(evening, 30)).toEqual(at('2026-12-31T23:30:00Z'));
		expect(momentWithin(evening, 60)).toBeNull();
		expect(momentWithin(evening, 22 * 60)).toBeNull();
	});

	test('stays as long after the beginning when the meeting is moved: 11:30 of a meeting from 11:00 becomes 14:30 of one from 14:00', () => {
		const moved = span('2027-02-20T13:00:00Z', '2027-02-20T14:00:00Z');
		expect(momentNow(at('2027-01-15T10:30:00Z'), at('2027-01-15T10:00:00Z'), moved)).toEqual(at('2027-02-20T13:30:00Z'));
		expect(momentNow(at('2027-01-15T11:00:00Z'), at('2027-01-15T10:00:00Z'), moved)).toBeNull();
	});

	test('is never outside the meeting, and comes back when the meeting does', () =>
		fc.assert(
			fc.property(fc.nat(600), fc.nat(100_000), fc.integer({ min: 1, max: 720 }), (offset, moved, lasts) => {
				const began = at('2027-01-15T10:00:00Z');
				const later = (minutes: number): Date => new Date(began.getTime() + minutes * 60_000);
				const now = { startsAt: later(moved), endsAt: later(moved + lasts) };
				const moment = momentNow(later(offset), began, now);
				expect(moment === null).toBe(offset >= lasts);
				if (moment) expect(momentNow(moment, now.startsAt, { startsAt: began, endsAt: later(lasts) })).toEqual(later(offset));
			})
		));
});
