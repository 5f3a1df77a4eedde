import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkShare, courseOf, courses, kpiDirections, stepState, suggestShare } from './rules.ts';
import type { Kpi, KpiReading } from './rules.ts';

const day = fc.integer({ min: 0, max: 3_000 }).map((n) => new Date(Date.UTC(2012, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const value = fc.integer({ min: -50, max: 150 }).map((n) => n / 10);
const step = fc.record({ aim: value, dueOn: fc.option(day), homes: fc.option(fc.integer({ min: 1, max: 9_000 })) });
const kpi = fc.record({ better: fc.constantFrom(...kpiDirections), baseline: value, steps: fc.array(step, { maxLength: 4 }) });
const readings = fc.uniqueArray(fc.record({ value, onDay: day }), { maxLength: 6, selector: ({ onDay }) => onDay });

/** Oosterpoort as published (domain 3.1): 20% saved, tenants' rating 8, quality not worse, by the end of 2017. In 2016: 15%, from 7 to 7.5, equal. */
const oosterpoort: readonly { readonly what: string; readonly kpi: Kpi; readonly readings: readonly KpiReading[] }[] = [
	{
		what: 'cost',
		kpi: {
			...{ better: 'higher', baseline: 0 },
			steps: [
				{ aim: 5, dueOn: null, homes: 1_500 },
				{ aim: 10, dueOn: null, homes: 3_000 },
				{ aim: 20, dueOn: '2017-12-31', homes: 5_000 }
			]
		},
		readings: [{ value: 15, onDay: '2016-12-31' }]
	},
	{
		what: 'tenants',
		kpi: { better: 'higher', baseline: 7, steps: [{ aim: 8, dueOn: '2017-12-31', homes: null }] },
		readings: [{ value: 7.5, onDay: '2016-12-31' }]
	},
	{
		what: 'quality',
		kpi: { better: 'not_worse', baseline: 100, steps: [{ aim: 100, dueOn: '2017-12-31', homes: null }] },
		readings: [{ value: 100, onDay: '2016-12-31' }]
	}
];

describe('how a measure goes', () => {
	test.each(oosterpoort)('Oosterpoort reads on course in 2017: $what', ({ kpi: agreed, readings: read }) => {
		expect(courseOf(agreed, read, '2017-01-15')).toBe('on_course');
		// A line between its points would have said behind; its last day makes it so, and not before.
		expect(courseOf(agreed, read, '2017-12-31')).toBe('on_course');
	});
	test('is behind once the day of a step is over, and no more when it is met late', () => {
		const agreed: Kpi = { better: 'higher', baseline: 7, steps: [{ aim: 8, dueOn: '2017-12-31', homes: null }] };
		const read = [{ value: 7.5, onDay: '2016-12-31' }];
		expect(courseOf(agreed, read, '2018-01-01')).toBe('behind');
		expect(courseOf(agreed, [...read, { value: 8, onDay: '2018-03-01' }], '2018-03-02')).toBe('reached');
	});
	test('is told by the figures that come in within a month after the day of a step', () => {
		const agreed: Kpi = {
			...{ better: 'lower', baseline: 100 },
			steps: [
				{ aim: 90, dueOn: '2026-06-30', homes: null },
				{ aim: 80, dueOn: '2027-06-30', homes: null }
			]
		};
		const [first] = agreed.steps;
		if (!first) throw new Error('There is a first step.');
		expect(stepState(agreed, first, [{ value: 88, onDay: '2026-07-31' }], '2026-09-01')).toBe('met');
		// It was met in time; that it rises again is told by the next step, not by taking back the first.
		expect(
			stepState(
				agreed,
				first,
				[
					{ value: 88, onDay: '2026-07-31' },
					{ value: 95, onDay: '2026-08-20' }
				],
				'2026-09-01'
			)
		).toBe('met');
		expect(stepState(agreed, first, [{ value: 95, onDay: '2026-07-31' }], '2026-09-01')).toBe('overdue');
		expect(stepState(agreed, first, [{ value: 95, onDay: '2026-07-31' }], '2026-06-30')).toBe('open');
	});
	test('worse than at the beginning is behind, as at the beginning is level, nothing is nothing', () => {
		const agreed: Kpi = { better: 'lower', baseline: 10, steps: [{ aim: 5, dueOn: null, homes: null }] };
		expect(courseOf(agreed, [{ value: 11, onDay: '2026-01-01' }], '2026-02-01')).toBe('behind');
		expect(courseOf(agreed, [{ value: 10, onDay: '2026-01-01' }], '2026-02-01')).toBe('level');
		expect(courseOf(agreed, [{ value: 9, onDay: '2026-03-01' }], '2026-02-01')).toBe('no_reading');
	});

	test('a better last reading is never read worse', () =>
		fc.assert(
			fc.property(kpi, readings, day, fc.integer({ min: 1, max: 40 }), (agreed, read, today, more) => {
				const sorted = read.toSorted((a, b) => (a.onDay < b.onDay ? -1 : 1));
				const last = sorted.findLast(({ onDay }) => onDay <= today);
				if (!last) return;
				const better = last.value + (agreed.better === 'lower' ? -more : more) / 10;
				const before = courseOf(agreed, sorted, today);
				const after = courseOf(
					agreed,
					sorted.map((one) => (one === last ? { ...one, value: better } : one)),
					today
				);
				expect(courses.indexOf(after)).toBeGreaterThanOrEqual(courses.indexOf(before));
			})
		));
	test('a later step changes nothing of what the earlier ones say', () =>
		fc.assert(
			fc.property(kpi, step, readings, day, (agreed, extra, read, today) => {
				const longer = { ...agreed, steps: [...agreed.steps, extra] };
				for (const one of agreed.steps) expect(stepState(longer, one, read, today)).toBe(stepState(agreed, one, read, today));
			})
		));
	test('does not hang on the order in which readings are given', () =>
		fc.assert(
			fc.property(kpi, readings, day, (agreed, read, today) => {
				expect(courseOf(agreed, read.toReversed(), today)).toBe(courseOf(agreed, read, today));
			})
		));
});

describe('how many orders to look at', () => {
	const count = fc
		.record({ well: fc.integer({ min: 0, max: 500 }), remarks: fc.integer({ min: 0, max: 3 }) })
		.map(({ well, remarks }) => ({ checked: well + remarks, remarks }));
	test('begins at half, falls with what was found well, doubles with a remark', () => {
		expect(suggestShare([])).toBe(0.5);
		expect(suggestShare([{ checked: 10, remarks: 0 }])).toBeCloseTo(0.4);
		expect(
			suggestShare([
				{ checked: 10, remarks: 0 },
				{ checked: 11, remarks: 1 }
			])
		).toBeCloseTo(0.64);
		expect(
			suggestShare([
				{ checked: 1, remarks: 1 },
				{ checked: 1, remarks: 1 }
			])
		).toBe(1);
		expect(suggestShare([{ checked: 0, remarks: 0 }])).toBe(0.5);
	});
	test('is never nothing and never more than all', () =>
		fc.assert(
			fc.property(fc.array(count, { maxLength: 60 }), (counts) => {
				const share = suggestShare(counts);
				expect(share).toBeGreaterThanOrEqual(checkShare.floor);
				expect(share).toBeLessThanOrEqual(1);
			})
		));
	test('does not hang on how orders found well are put together', () =>
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }), (checked) => {
				const sum = checked.reduce((total, one) => total + one, 0);
				expect(suggestShare(checked.map((one) => ({ checked: one, remarks: 0 })))).toBeCloseTo(
					suggestShare([{ checked: sum, remarks: 0 }])
				);
			})
		));
	test('does not hang on how counts are cut: those found well and each remark count for themselves', () =>
		fc.assert(
			fc.property(fc.array(count, { maxLength: 8 }), fc.integer({ min: 0, max: 500 }), (before, more) => {
				const remarks = before.at(-1)?.remarks ?? 0;
				const whole = [...before, { checked: more + remarks, remarks }];
				const one = { checked: 1, remarks: 1 };
				const cut = [...before, { checked: more, remarks: 0 }, ...Array.from({ length: remarks }, () => one)];
				expect(suggestShare(cut)).toBeCloseTo(suggestShare(whole));
			})
		));
	test('doubles with each remark, not with each count that has one', () =>
		expect(
			suggestShare([
				{ checked: 200, remarks: 0 },
				{ checked: 2, remarks: 2 }
			])
		).toBeCloseTo(0.2));
});
