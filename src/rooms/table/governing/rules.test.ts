import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Responsible } from '#rooms/causes/rules.ts';
import { byDay, debtOfClaim, isLate, owedCents, toChange } from './rules.ts';
import type { Debt } from './rules.ts';

const responsibles: readonly Responsible[] = [
	{ kind: 'organisation', organisationId: 'kade' },
	{ kind: 'organisation', organisationId: 'stad' },
	{ kind: 'gone', organisationId: 'kade' },
	{ kind: 'outside', outside: 'uwv' },
	{ kind: 'nobody' }
];

test('a cause is to be changed by one’s own organisation, by another, or is gone; and by nobody when nobody may be named', () => {
	const cause = fc.record({
		responsible: fc.constantFrom(...responsibles),
		signal: fc.constantFrom(null, { state: 'seen' } as never, { state: 'verified' } as never)
	});
	fc.assert(
		fc.property(fc.array(cause), (causes) => {
			const { own, others, gone } = toChange(causes, 'kade');
			const unnamed = causes.filter(
				({ responsible, signal }) => responsible.kind === 'nobody' && (signal as { state: string } | null)?.state !== 'verified'
			).length;
			expect(own.length + others.length + gone + unnamed).toBe(causes.length);
			expect(own.every(({ responsible }) => responsible.kind === 'organisation' && responsible.organisationId === 'kade')).toBe(true);
			// Who left the network changes nothing here any more: another must ask.
			expect(own.some(({ responsible }) => responsible.kind === 'gone')).toBe(false);
			// What weighs most stays first.
			expect(causes.filter((one) => others.includes(one))).toEqual(others);
		})
	);
});

describe('what is owed', () => {
	const claim = { claimId: 'c', amountCents: 50_000, openCents: 0, dueOn: '2026-12-01' };

	test('is a claim that was accepted and is open; one that was asked is shown, and not in the sum', () => {
		const asked = debtOfClaim({ ...claim, state: 'proposed' });
		const open = debtOfClaim({ ...claim, state: 'accepted', openCents: 20_000 });
		expect(asked).toMatchObject({ kind: 'claim_asked', cents: 50_000 });
		expect(open).toMatchObject({ kind: 'claim', cents: 20_000 });
		expect(debtOfClaim({ ...claim, state: 'accepted' })).toBeNull();
		expect(debtOfClaim({ ...claim, state: 'declined' })).toBeNull();
		expect(owedCents([asked, open].flatMap((debt) => debt ?? []))).toBe(20_000);
	});

	test('is late the day after its day, and stands in order of days, without a day last', () => {
		const debt = (day: string | null): Debt => ({ kind: 'contribution', id: day ?? '', year: 2026, cents: 1, day });
		expect(isLate(debt('2026-11-25'), '2026-11-25')).toBe(false);
		expect(isLate(debt('2026-11-25'), '2026-11-26')).toBe(true);
		expect(isLate(debt(null), '2026-11-26')).toBe(false);
		expect(byDay([debt(null), debt('2027-01-01'), debt('2026-01-01')]).map(({ day }) => day)).toEqual(['2026-01-01', '2027-01-01', null]);
	});
});
