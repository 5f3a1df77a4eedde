import { expect, test } from 'vitest';
import { countAttention, remindedLately, silentSince } from './rules.ts';

const now = new Date('2026-11-25T12:00:00Z');
const day = 86_400_000;

test('an organisation is reminded again after fourteen days, not a moment sooner', () => {
	expect(remindedLately(null, now)).toBe(false);
	expect(remindedLately(new Date(now.getTime() - 14 * day + 1), now)).toBe(true);
	expect(remindedLately(new Date(now.getTime() - 14 * day), now)).toBe(false);
	expect(silentSince(now)).toEqual(new Date('2026-11-11T12:00:00Z'));
});

test('what is open counts as one thing, and only when it may be too much', () => {
	expect(countAttention({ silent: [], overdue: [], open: null, oneSided: [] })).toBe(0);
	expect(countAttention({ silent: [1], overdue: [1, 2], open: 9, oneSided: [1] })).toBe(5);
});
