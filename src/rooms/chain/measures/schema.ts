import { z } from 'zod';
import { localDate, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { kpiCodes, kpiDirections } from './rules.ts';

/** A number as people type it ("7,5", "1500"), or given: at most four figures behind the comma. */
export const figure = () =>
	z.union([z.string(), z.number()], { error: 'required' }).transform((typed, context) => {
		const text = String(typed).trim();
		const add = (message: string) => {
			context.issues.push({ code: 'custom', message, input: typed });
			return z.NEVER;
		};
		if (text === '') return add('required');
		if (!/^-?\d{1,9}(?:[.,]\d{1,4})?$/.test(text)) return add('not_a_number');
		return Number(text.replace(',', '.'));
	});

/** A whole number within bounds, typed or given. */
export const whole = ({ min, max }: { readonly min: number; readonly max: number }) =>
	figure().transform((number, context) => {
		const add = (message: string, params?: Record<string, number>) => {
			context.issues.push({ code: 'custom', message, input: number, ...(params ? { params } : {}) });
			return z.NEVER;
		};
		if (!Number.isInteger(number)) return add('not_a_number');
		if (number < min) return add('number_too_small', { min });
		if (number > max) return add('number_too_large', { max });
		return number;
	});

export const kpiSchema = z.strictObject({
	code: oneOf(kpiCodes),
	title: plainText({ min: 1, max: 80 }),
	unit: plainText({ min: 1, max: 20 }),
	better: oneOf(kpiDirections),
	baseline: figure(),
	baselineOn: localDate(),
	steps: z
		.array(z.strictObject({ aim: figure(), dueOn: localDate().optional(), homes: whole({ min: 1, max: 10_000_000 }).optional() }))
		.min(1, 'required')
		.max(6)
});

export const readingSchema = z.strictObject({ kpiId: uuid(), value: figure(), onDay: localDate() });

/** How measures stand: one that was typed, or what a file holds. */
export const measureSchema = z.strictObject({
	projectId: uuid(),
	origin: oneOf(['typed', 'csv']).default('typed'),
	readings: z.array(readingSchema).min(1, 'required').max(10_000)
});

export const countOrdersFields = z.strictObject({
	projectId: uuid(),
	untilDay: localDate(),
	orders: whole({ min: 1, max: 1_000_000 }),
	checked: whole({ min: 0, max: 1_000_000 }),
	remarks: whole({ min: 0, max: 1_000_000 })
});
/** Of the orders some were looked at, and of some of these something was said. */
export const countOrdersSchema = countOrdersFields.superRefine((input, context) => {
	const most = (path: 'checked' | 'remarks', max: number): void => {
		if (input[path] > max) context.addIssue({ code: 'custom', path: [path], message: 'number_too_large', params: { max } });
	};
	most('checked', input.orders);
	most('remarks', input.checked);
});
