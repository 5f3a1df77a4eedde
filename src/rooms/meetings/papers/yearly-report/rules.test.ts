import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textsInOrder } from '#foundation/paper/paper.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { addMonths } from '#foundation/time/days.ts';
import { intakeByYear, publicCents, publicCount, publicStep, yearlyReportPaper } from './rules.ts';
import type { YearlyReportState } from './rules.ts';

const t = textFor('nl');
const f = createFormat('nl');
const none = { cases: 0, ways: null };
const state = (helped: number, found = 0): YearlyReportState => {
	const way = { perEuro: 8.04, low: 4.1, high: 13.2, benefitCents: 1, costCents: 1 };
	return {
		network: 'Verzonnen',
		invented: true,
		now: new Date('2026-11-25T10:00:00Z'),
		organisations: [{ organisationId: 'a', name: 'De Kade', kind: 'housing_association' }],
		sentences: new Map([['rules', 'alleen voor ons']]),
		signs: [],
		intake: [
			{ month: '2025-03-01', cases: 4 },
			{ month: '2026-02-01', cases: 12 },
			{ month: '2026-11-01', cases: 30 }
		],
		outcomes: [{ outcome: 'helped', cases: helped }],
		pot: {
			...{ inPotCents: 1, promisedCents: 1, onCardsCents: 1, pledgedCents: 1 },
			...{ receivedCents: 1_234_567, givenCents: 98_765, recoveredCents: 12_345 }
		},
		returns: {
			...{ helped, followed: 0, missing: 0, notDue: 0, outcomes: { reached: 0, partly: 0, not: 0 } },
			...{ estimate: none, foreseen: none, headline: { kind: found >= 10 ? 'ratio' : 'count', needed: 10 } },
			realised: { cases: found, ways: { fundOnly: way, adjusted: way, full: way } }
		},
		register: [],
		organisationNames: new Map()
	};
};
const told = (helped: number, found = 0): string => textsInOrder(yearlyReportPaper(t, f, state(helped, found))).join('\n');

describe('what is told outside', () => {
	test('is never under five, and one case more says something only at each fifth', () => {
		fc.assert(
			fc.property(fc.nat({ max: 10_000 }), (cases) => {
				const count = publicCount(cases);
				expect(count === null || (count >= publicStep && count <= cases && count % publicStep === 0)).toBe(true);
				if ((cases + 1) % publicStep !== 0) expect(publicCount(cases + 1)).toBe(count);
			})
		);
		expect([0, 4, 5, 9, 10].map(publicCount)).toEqual([null, null, 5, 5, 10]);
		expect(publicCents(1_234_567)).toBe(1_230_000);
	});
	test('counts years up to the last whole quarter', () => {
		const months = ['2025-12-01', '2026-09-01', '2026-10-01'].map((month) => ({ month, cases: 7 }));
		expect(intakeByYear(months, '2026-11-25')).toEqual([
			{ year: 2025, cases: 5 },
			{ year: 2026, cases: 5 }
		]);
		expect(intakeByYear(months, '2026-09-30')).toEqual([{ year: 2025, cases: 5 }]);
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 400 }), (days) => {
				const today = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
				const ahead = [{ month: addMonths(`${today.slice(0, 7)}-01`, 0), cases: 50 }];
				expect(intakeByYear(ahead, today)).toEqual([]);
			})
		);
	});
	test('a case more changes not one word of the report, but at each fifth', () => {
		for (let helped = 0; helped < 30; helped++)
			if ((helped + 1) % publicStep !== 0) expect(told(helped + 1), String(helped)).toBe(told(helped));
		for (let found = 0; found < 30; found++)
			if ((found + 1) % publicStep !== 0) expect(told(7, found + 1), String(found)).toBe(told(7, found));
	});
	test('says nothing of money that helped fewer than five, and nothing that is only for the table', () => {
		expect(told(4)).toContain(t('paper.report.pot_few', { received: f.wholeEuros(1_230_000) }));
		expect(told(4)).not.toContain(f.wholeEuros(100_000));
		expect(told(5)).toContain(f.wholeEuros(100_000));
		expect(told(5)).not.toContain('alleen voor ons');
		expect(told(5, 4)).toContain(t('paper.report.return_few'));
		expect(told(5, 9)).toContain(t('paper.report.return_few'));
		expect(told(5, 10)).toContain('8 euro kosten (tussen 4 en 14)');
	});
});
