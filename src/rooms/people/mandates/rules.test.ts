import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, periodBegins, stateOfMandate, validMandates } from './rules.ts';
import type { Mandate, MandateHand } from './rules.ts';

const moment = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
const mandate = (id: string, hands: readonly (readonly [MandateHand, number])[], more: Partial<Mandate> = {}): Mandate => ({
	...{
		mandateId: id,
		membershipId: 'm',
		personId: 'p',
		organisationId: 'o',
		kind: 'money',
		caseCents: 100,
		periodCents: 200,
		periodMonths: 12
	},
	...{ validFrom: '2026-01-01', validUntil: '2026-12-31', givenBy: 'g', needsSecond: true, at: moment(0), endedAt: null },
	hands: hands.map(([hand, hour]) => ({ hand, personId: hand, at: moment(hour) })),
	...more
});
const whole = [
	['proposed', 0],
	['accepted', 1],
	['confirmed', 2]
] as const;
const stateOf = (one: Mandate, today = '2026-11-23', all: readonly Mandate[] = [one]) => stateOfMandate(one, all, today);

describe('a mandate', () => {
	test('works only with every hand it needs', () => {
		fc.assert(
			fc.property(fc.subarray(['accepted', 'confirmed'] as const), fc.boolean(), (hands, needsSecond) => {
				const one = mandate('a', [['proposed', 0], ...hands.map((hand) => [hand, 1] as const)], { needsSecond });
				const complete = hands.includes('accepted') && (!needsSecond || hands.includes('confirmed'));
				expect(stateOf(one)).toBe(complete ? 'valid' : 'proposed');
			})
		);
	});
	test('works on its first and its last day, not a day before or after', () => {
		const one = mandate('a', whole);
		expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((today) => stateOf(one, today))).toEqual([
			'coming',
			'valid',
			'valid',
			'over'
		]);
	});
	test('declined or ended works no more', () => {
		expect(
			stateOf(
				mandate('a', [
					['proposed', 0],
					['declined', 1]
				])
			)
		).toBe('declined');
		expect(stateOf(mandate('a', whole, { endedAt: moment(5) }))).toBe('ended');
	});
	test('is replaced by the version that was complete last, once that has begun: never two at once', () => {
		const older = mandate('a', whole);
		const newer = mandate('b', [
			['proposed', 3],
			['accepted', 5],
			['confirmed', 4]
		]);
		expect(stateOf(older, '2026-11-23', [older, newer])).toBe('replaced');
		const later = { ...newer, validFrom: '2026-12-01' };
		expect(stateOf(older, '2026-11-30', [older, later])).toBe('valid');
		expect(stateOf(older, '2026-12-01', [older, later])).toBe('replaced');
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }), (hours) => {
				const all = hours.map((hour, index) =>
					mandate(`m${index}`, [
						['proposed', 0],
						['accepted', hour],
						['confirmed', hour]
					])
				);
				expect(validMandates(all, '2026-11-23').length).toBe(all.length === 0 ? 0 : 1);
			})
		);
	});
	test('covers up to the limit and not a cent more', () => {
		const cents = fc.integer({ min: 0, max: 10_000 });
		fc.assert(
			fc.property(cents, cents, cents, cents, (caseCents, periodCents, usedCase, usedPeriod) => {
				const room = Math.min(caseCents - usedCase, periodCents - usedPeriod);
				const used = { caseCents: usedCase, periodCents: usedPeriod };
				if (room >= 1) expect(covers({ caseCents, periodCents }, used, room)).toBe(true);
				expect(covers({ caseCents, periodCents }, used, Math.max(room, 0) + 1)).toBe(false);
			})
		);
		expect(covers({ caseCents: null, periodCents: null }, { caseCents: 0, periodCents: 0 }, 1)).toBe(false);
	});
	test('counts rolling months, also over the change of the clock', () => {
		expect(periodBegins(new Date('2027-03-28T10:00:00Z'), 12).toISOString()).toBe('2026-03-28T23:00:00.000Z');
		expect(periodBegins(new Date('2027-11-01T10:00:00Z'), 1).toISOString()).toBe('2027-10-01T22:00:00.000Z');
	});
});
