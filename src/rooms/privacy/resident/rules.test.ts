import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listVisits, toldMoney, toldState, withoutAmounts } from './rules.ts';
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

describe('what was decided about money', () => {
	test('each decision has its own sentence, paid or not yet; what is undecided, withdrawn or ended in a way not known here has none', () => {
		const told = (decided: 'granted' | 'partly' | 'refused' | null, newest: string, paid = false) => toldMoney({ decided, newest, paid });
		expect([told('granted', 'granted'), told('granted', 'paid', true), told('granted', 'paid', false)]).toEqual(['pays', 'paid', 'pays']);
		expect([told('partly', 'partly'), told('partly', 'paid', true)]).toEqual(['pays_part', 'paid_part']);
		expect(told('refused', 'refused')).toBe('refused');
		expect([told(null, 'asked'), told('granted', 'withdrawn'), told('granted', 'something_new'), told('refused', 'something_new')]).toEqual(
			[null, null, null, null]
		);
	});

	test('no amount that was typed stands there, and every other word does', () => {
		expect(withoutAmounts('Nieuwe matras van 75 euro.')).toBe('Nieuwe matras.');
		expect(withoutAmounts('Een bed (€ 1.250,00) en een kast')).toBe('Een bed en een kast');
		expect(withoutAmounts('Wasmachine, ongeveer €300,-')).toBe('Wasmachine');
		expect(withoutAmounts('2 fietsen voor 3 kinderen, max. 120 EUR samen')).toBe('2 fietsen voor 3 kinderen, samen');
		const word = fc.constantFrom('bed', 'matras', 'voor', 'de', 'twee', '2', 'kinderen', 'europa', 'vanavond', 'reis');
		const amount = fc
			.tuple(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom('€ #', '€#', '# euro', '#,50 euro', 'EUR #', '# eur', 'van #,- euro'))
			.map(([n, shape]) => shape.replace('#', String(n)));
		fc.assert(
			fc.property(fc.array(word, { minLength: 1 }), amount, fc.array(word, { minLength: 1 }), (first, price, last) => {
				const told = withoutAmounts([...first, 'x', price, 'y', ...last].join(' '));
				expect(told).toBe([...first, 'x', 'y', ...last].join(' '));
			})
		);
	});
});
