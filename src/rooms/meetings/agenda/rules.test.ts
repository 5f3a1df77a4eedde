import { describe, expect, test } from 'vitest';
import { isToCome, minutesOf, momentOf, spanOf } from './rules.ts';

describe('a time', () => {
	test('is read as people write it, and nothing else is', () => {
		expect(['9:30', '09.30', ' 23:59 ', '0:00'].map(minutesOf)).toEqual([570, 570, 1439, 0]);
		expect(['24:00', '9:60', '9', 'half tien', ''].map(minutesOf)).toEqual([null, null, null, null, null]);
	});

	test('that the clock skips is none: 28 March 2027, from 2:00 to 3:00', () => {
		expect(momentOf('2027-03-28', 150)).toBeNull();
		expect(momentOf('2027-03-28', 119)?.toISOString()).toBe('2027-03-28T00:59:00.000Z');
		expect(momentOf('2027-03-28', 180)?.toISOString()).toBe('2027-03-28T01:00:00.000Z');
		expect(spanOf('2027-03-28', 150, 200)).toBe('starts_never');
		expect(spanOf('2027-03-28', 60, 150)).toBe('ends_never');
	});

	test('that comes twice is the first: 31 October 2027', () => {
		expect(momentOf('2027-10-31', 150)?.toISOString()).toBe('2027-10-31T00:30:00.000Z');
	});
});

describe('a meeting', () => {
	test('over a change of the clock lasts as long as it does', () => {
		const hours = (day: string): number => {
			const span = spanOf(day, 60, 240);
			return typeof span === 'string' ? NaN : (span.endsAt.getTime() - span.startsAt.getTime()) / 3_600_000;
		};
		expect(['2027-03-27', '2027-03-28', '2027-10-31'].map(hours)).toEqual([3, 2, 4]);
	});

	test('that ends before it starts ends the next day, also in the next year', () => {
		expect(spanOf('2026-12-31', 23 * 60, 60)).toEqual({
			startsAt: new Date('2026-12-31T22:00:00Z'),
			endsAt: new Date('2027-01-01T00:00:00Z')
		});
	});

	test('lasts twelve hours at most, also in the night that the clock goes back', () => {
		expect(spanOf('2026-12-01', 14 * 60, 13 * 60)).toBe('lasts_too_long');
		expect(spanOf('2026-12-01', 570, 570)).toBe('lasts_too_long');
		expect(spanOf('2026-12-01', 9 * 60, 21 * 60 + 1)).toBe('lasts_too_long');
		expect(spanOf('2026-12-01', 9 * 60, 21 * 60)).toMatchObject({ endsAt: new Date('2026-12-01T20:00:00Z') });
		expect(spanOf('2026-12-01', 20 * 60, 8 * 60)).toMatchObject({ endsAt: new Date('2026-12-02T07:00:00Z') });
		expect(spanOf('2027-10-30', 20 * 60, 8 * 60)).toBe('lasts_too_long');
	});

	test('is to come until it is over or cancelled', () => {
		const endsAt = new Date('2027-01-01T00:00:00Z');
		expect(isToCome({ state: 'called', endsAt }, new Date('2026-12-31T23:59:59Z'))).toBe(true);
		expect(isToCome({ state: 'called', endsAt }, endsAt)).toBe(false);
		expect(isToCome({ state: 'cancelled', endsAt }, new Date('2026-12-31T00:00:00Z'))).toBe(false);
	});
});
