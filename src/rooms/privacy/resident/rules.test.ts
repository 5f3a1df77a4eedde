import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listVisits, toldState } from './rules.ts';
import type { Look } from './rules.ts';

const look: fc.Arbitrary<Look> = fc.record({
	day: fc.constantFrom('2026-11-23', '2026-11-24', '2027-01-01'),
	organisationName: fc.constantFrom('De Kade', 'Wijkteam Noord'),
	functionTitle: fc.constantFrom('consulent', 'coach'),
	personName: fc.constantFrom(null, 'Anouk', 'Ravi'),
	looked: fc.boolean(),
	worked: fc.boolean()
});

describe('who looked', () => {
	test('each day stands once, newest first, and so does each who on it', () => {
		fc.assert(
			fc.property(fc.array(look), (looks) => {
				const days = listVisits(looks);
				expect(days.map(({ day }) => day)).toEqual([...new Set(looks.map(({ day }) => day))].toSorted().toReversed());
				for (const { visits } of days) {
					const whos = visits.map((visit) => `${visit.organisationName} ${visit.who}`);
					expect(new Set(whos).size).toBe(whos.length);
				}
			})
		);
	});

	test('nobody is left out, and who worked on it once that day worked on it', () => {
		fc.assert(
			fc.property(fc.array(look), (looks) => {
				const days = new Map(listVisits(looks).map(({ day, visits }) => [day, visits]));
				for (const { day, organisationName, functionTitle, personName, worked } of looks) {
					const visit = days
						.get(day)
						?.find((one) => one.organisationName === organisationName && one.who === (personName ?? functionTitle));
					expect(visit).toBeDefined();
					if (worked) expect(visit?.worked).toBe(true);
				}
			})
		);
	});
});

test('a resident hears that it was promised, done, or went otherwise; not who disputes it', () => {
	expect((['promised', 'reported', 'disputed', 'kept', 'ended'] as const).map(toldState)).toEqual([
		...['promised', 'promised', 'promised', 'done', 'otherwise']
	]);
});
