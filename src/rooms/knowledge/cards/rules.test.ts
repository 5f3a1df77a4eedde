import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standingOf } from './rules.ts';

const madeAt = new Date('2026-03-01T10:00:00Z');

test('a card is current for a year, then stale until someone looks at it', () => {
	expect(standingOf(madeAt, [], new Date('2027-02-28T10:00:00Z'))).toEqual({
		state: 'current',
		checkedOn: '2026-03-01',
		reviewOn: '2027-03-01'
	});
	expect(standingOf(madeAt, [], new Date('2027-02-28T23:00:00Z')).state).toBe('stale');
	const reviewed = [{ verdict: 'still_right' as const, at: new Date('2027-05-05T10:00:00Z') }];
	expect(standingOf(madeAt, reviewed, new Date('2027-05-06T10:00:00Z'))).toMatchObject({ state: 'current', reviewOn: '2028-05-05' });
});

test('a retired card stays retired, whenever one looks', () => {
	fc.assert(
		fc.property(fc.date({ min: madeAt, max: new Date('2090-01-01'), noInvalidDate: true }), (now) => {
			expect(standingOf(madeAt, [{ verdict: 'retired', at: madeAt }], now).state).toBe('retired');
		})
	);
});
