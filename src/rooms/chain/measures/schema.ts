import { z } from 'zod';
import { localDate, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { figure, whole } from '#foundation/text/number.schema.ts';
import { kpiCodes, kpiDirections } from './rules.ts';

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
