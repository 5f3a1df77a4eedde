import { expect, test } from 'vitest';
import { z } from 'zod';
import type { FieldError } from '#foundation/outcome.ts';
import { parseInput } from '#foundation/text/field-errors.ts';
import { fieldSentence } from '#foundation/text/refusal-text.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { countOrdersFields, kpiSchema } from '#rooms/chain/measures/schema.ts';
import { proposeSplitSchema } from '#rooms/fund/splits/schema.ts';
import { parseValue } from '#rooms/fund/rules-in-force/rules.ts';
import { earlierYearSchema, sayExistingSchema } from '#rooms/network/start/earlier/schema.ts';
import { proposeMandateSchema } from '#rooms/people/mandates/schema.ts';

test('a thousand as it is typed here is a thousand in every form', () => {
	expect(kpiSchema.shape.baseline.parse('1.250')).toBe(1250);
	expect(kpiSchema.shape.steps.element.parse({ aim: '1.250,5', homes: '1.000' })).toEqual({ aim: 1250.5, homes: 1000 });
	expect(countOrdersFields.shape.orders.parse('1.200')).toBe(1200);
	expect(earlierYearSchema.parse({ year: '2024', cases: '1.200', granted: '1.250,00', source: 'Jaarverslag' })).toMatchObject({
		...{ year: 2024, cases: 1200, granted: 125_000 }
	});
	expect(proposeSplitSchema.shape.parts.unwrap().element.shape.weight.parse('1.000')).toBe(1000);
	expect(parseValue('secretariat_days', '10')).toEqual({ ok: true, value: '10' });
});

test('what only a machine writes is no number in a form', () => {
	for (const typed of ['0x10', '1e3', '1,250.00', '1.25.00']) {
		expect(kpiSchema.shape.baseline.safeParse(typed).success, typed).toBe(false);
		expect(earlierYearSchema.shape.cases.safeParse(typed).success, typed).toBe(false);
		expect(parseValue('secretariat_days', typed)).toMatchObject({ ok: false, code: 'not_a_number' });
	}
	expect(sayExistingSchema.safeParse({ since: '0x7d0' }).success).toBe(false);
	expect(proposeMandateSchema.shape.periodMonths.safeParse('1e1').success).toBe(false);
});

test('what says two things is asked about in every form, with both readings', () => {
	const two = { code: 'two_readings', values: { thousands: '1250', comma: '1,25', dot: '1.25' } };
	expect(parseInput(kpiSchema.shape.baseline, '1,250')).toMatchObject({ refusal: { fields: [two] } });
	expect(parseInput(countOrdersFields.shape.orders, '1,250')).toMatchObject({ refusal: { fields: [two] } });
	expect(parseInput(z.strictObject({ years: z.number() }), { years: '1,250' })).toMatchObject({ refusal: { fields: [two] } });
	expect(parseValue('secretariat_days', '1,250')).toMatchObject({ ok: false, ...two });
	expect(fieldSentence(textFor('nl'), { path: [], ...two } as FieldError)).toMatch(/1250.*1,25/);
	expect(fieldSentence(textFor('en'), { path: [], ...two } as FieldError)).toMatch(/1250.*1\.25/);
});
