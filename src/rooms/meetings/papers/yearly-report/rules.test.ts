import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textsInOrder } from '#foundation/paper/paper.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import type { PublicFigure, PublicFigures } from '#rooms/table/public/read.server.ts';
import { frozenAnew } from '#rooms/table/public/rules.ts';
import type { Counted, PublicFigureKind } from '#rooms/table/public/rules.ts';
import { cameInYear, isYearOver, reportYears, yearlyReportPaper } from './rules.ts';
import type { YearlyReportState } from './rules.ts';

const t = textFor('nl');
const f = createFormat('nl');
const figure = (amount: number, low: number | null = null, high: number | null = null): PublicFigure => ({
	...{ amount, low, high, quarter: '2026-10-01' }
});
const state = (of: Partial<YearlyReportState> = {}): YearlyReportState => ({
	...{ network: 'Verzonnen', invented: true, now: new Date('2026-11-25T10:00:00Z'), today: '2026-11-25', year: 2026, isFirst: false },
	...{ figures: {}, before: {}, signs: [], register: [], organisationNames: new Map() },
	organisations: [{ organisationId: 'a', name: 'De Kade', kind: 'housing_association' }],
	sentences: new Map([['rules', 'alleen voor ons']]),
	...of
});
const told = (of: Partial<YearlyReportState> = {}): string => textsInOrder(yearlyReportPaper(t, f, state(of))).join('\n');
const ways = { net: figure(804, 412, 1317), full: figure(427, 296, 555), gross: figure(2350, 1000, 3050) };

describe('the years of a report', () => {
	test('are those that have begun, from the first case on', () => {
		expect(reportYears(null, '2026-11-25')).toEqual([2026]);
		expect(reportYears('2024-08-01', '2026-11-25')).toEqual([2026, 2025, 2024]);
		fc.assert(
			fc.property(fc.integer({ min: 2000, max: 2100 }), fc.integer({ min: 2000, max: 2100 }), (first, now) => {
				const years = reportYears(`${first}-03-01`, `${now}-06-30`);
				expect(years[0]).toBe(now);
				expect(years.at(-1)).toBe(Math.min(first, now));
				expect(new Set(years).size).toBe(years.length);
			})
		);
	});
	test('are over when New Year’s night was counted', () => {
		expect(['2026-12-31', '2027-01-01', '2027-01-02'].map((day) => isYearOver(2026, day))).toEqual([false, false, true]);
		expect(told({ year: 2025 })).toContain(t('paper.report.over', { year: '2025' }));
		expect(told()).toContain(t('paper.report.under_way', { year: '2026' }));
	});
});

describe('what is told outside', () => {
	test('is what stood at the end of the year, and what came since the end of the year before', () => {
		const at = (figures: PublicFigures, before: PublicFigures, isFirst = false) => cameInYear('cases', { figures, before, isFirst });
		expect(at({ cases: figure(40) }, { cases: figure(15) })).toBe(25);
		// A network that began in this year has all of it from this year; of one that was there before nothing is known.
		expect(at({ cases: figure(40) }, {}, true)).toBe(40);
		expect(at({ cases: figure(40) }, {})).toBeNull();
		// Counted then, and fewer than five: the few are within what it is right to. Of money they are not.
		expect(at({ cases: figure(40) }, { answered: figure(5) })).toBe(40);
		expect(cameInYear('paid', { figures: { paid: figure(980_000) }, before: { cases: figure(5) }, isFirst: false })).toBeNull();
		const text = told({
			figures: { cases: figure(40), helped: figure(20), paid: figure(980_000) },
			before: { cases: figure(15), helped: figure(20) }
		});
		expect(text).toContain(t('paper.report.about', { amount: '25' }));
		expect(text).toContain(t('paper.report.at_least', { amount: '40' }));
		expect(text).toContain(t('paper.report.no_more'));
		expect(text).toContain(t('paper.report.at_least', { amount: f.wholeEuros(980_000) }));
		expect(text).not.toContain('alleen voor ons');
	});

	test('one household more or fewer changes not one word of it, whatever came before and however often it is made', () => {
		const kinds: readonly PublicFigureKind[] = ['cases', 'helped', 'without_money', 'paid', 'recovered', 'lost_from_sight'];
		const amountOf = (what: PublicFigureKind, counted: number): number =>
			what === 'paid' || what === 'recovered' ? counted * 43_217 : counted;
		fc.assert(
			fc.property(
				fc.constantFrom(...kinds),
				fc.array(fc.integer({ min: -3, max: 7 }), { minLength: 1, maxLength: 12 }),
				fc.constantFrom(-1, 1),
				(what, quarters, one) => {
					const count = (counted: number): Counted => ({ what, counted, amount: amountOf(what, counted), low: null, high: null });
					const before = new Map<PublicFigureKind, Counted & { quarter: string }>();
					const quarterAt = (index: number): string => `20${20 + Math.floor(index / 4)}-${['01', '04', '07', '10'][index % 4] ?? ''}-01`;
					let counted = 0;
					quarters.forEach((change, index) => {
						counted = Math.max(0, counted + change);
						for (const next of frozenAnew([count(counted)], before, quarterAt(index)))
							before.set(what, { ...next, quarter: quarterAt(index) });
					});
					const printed = (frozen: ReadonlyMap<PublicFigureKind, Counted>): string =>
						told({ figures: Object.fromEntries([...frozen].map(([kind, { amount }]) => [kind, figure(amount)])) });
					// From what stands frozen on, one more or one fewer: neither in the same quarter nor in the next does another word stand on paper.
					const last = before.get(what);
					if (last === undefined) return;
					for (const quarter of [last.quarter, '2099-01-01']) {
						const after = new Map<PublicFigureKind, Counted>(before);
						for (const next of frozenAnew([count(last.counted + one)], before, quarter)) after.set(what, next);
						expect(printed(after)).toBe(printed(before));
					}
				}
			)
		);
	});

	test('what organisations put in is told whenever it differs, once a quarter at most, in hundreds', () => {
		const received = (amount: number): Counted => ({ what: 'received', counted: 1, amount, low: null, high: null });
		expect(frozenAnew([received(123_456)], new Map(), '2026-01-01')).toMatchObject([{ amount: 120_000 }]);
		const before = new Map([['received', { quarter: '2026-01-01', counted: 1, amount: 120_000 }]] as const);
		expect(frozenAnew([received(999_999)], before, '2026-01-01')).toEqual([]);
		expect(frozenAnew([received(129_999)], before, '2026-04-01')).toEqual([]);
		expect(frozenAnew([received(130_000)], before, '2026-04-01')).toMatchObject([{ amount: 130_000 }]);
		expect(frozenAnew([{ ...received(0), counted: 0 }], new Map(), '2026-04-01')).toEqual([]);
	});

	test('the three ways of counting stand together, each with its range and never narrower than it is, or not at all', () => {
		const text = told({ figures: ways });
		for (const [way, amount, low, high] of [
			['adjusted', '8', '4,1', '13,2'],
			['full', '4,3', '2,9', '5,6'],
			['fundOnly', '23,5', '10', '30,5']
		] as const)
			expect(text).toContain(`${t(`network.return_way.${way}`)}\n${amount}\n${t('network.return_between', { low, high })}`);
		for (const missing of ['net', 'full', 'gross'] as const) {
			const { [missing]: _, ...rest } = ways;
			const without = told({ figures: rest });
			expect(without).toContain(t('paper.report.return_few'));
			expect(without).not.toContain(t('network.return_way.fundOnly'));
		}
	});
});
