import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countAttention, onlyPromiser, remindedLately, silentSince } from './rules.ts';

const now = new Date('2026-11-25T12:00:00Z');
const day = 86_400_000;

test('an organisation is reminded again after fourteen days, not a moment sooner', () => {
	expect(remindedLately(null, now)).toBe(false);
	expect(remindedLately(new Date(now.getTime() - 14 * day + 1), now)).toBe(true);
	expect(remindedLately(new Date(now.getTime() - 14 * day), now)).toBe(false);
	expect(silentSince(now)).toEqual(new Date('2026-11-11T12:00:00Z'));
});

test('promises go one way when one organisation alone made three or more, and another sits there', () =>
	fc.assert(
		fc.property(fc.array(fc.nat(6), { maxLength: 4 }), fc.nat(4), (counts, seated) => {
			const promised = counts.map((promises, index) => ({ organisationId: String(index), promises }));
			const who = onlyPromiser(promised, seated);
			const promising = counts.filter((count) => count > 0);
			expect(who !== null).toBe(promising.length === 1 && (promising[0] ?? 0) >= 3 && seated >= 2);
		})
	));

test('what is open counts as one thing, and only when it may be too much', () => {
	expect(countAttention({ silent: [], overdue: [], open: null, oneSided: [] })).toBe(0);
	expect(countAttention({ silent: [1], overdue: [1, 2], open: 9, oneSided: [1] })).toBe(5);
});
