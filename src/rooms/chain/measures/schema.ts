import { z } from 'zod';
import type { FieldCode } from '#foundation/outcome.ts';
import { freeText, localDate, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { figure, whole } from '#foundation/text/number.schema.ts';
import { finishedOf, phaseOf } from './orders/rules.ts';
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
	/** How many are done; left out where it follows from the statuses. */
	orders: whole({ min: 1, max: 1_000_000 }).optional(),
	statuses: z
		.array(z.strictObject({ status: freeText({ min: 1, max: 10 }), orders: whole({ min: 1, max: 1_000_000 }) }))
		.min(1, 'required')
		.max(50)
		.optional(),
	checked: whole({ min: 0, max: 1_000_000 }),
	remarks: whole({ min: 0, max: 1_000_000 })
});
/** Of the orders that are done some were looked at, and of some of these something was said. Those that are done are given, or counted by their statuses. */
export const countOrdersSchema = countOrdersFields
	.superRefine(({ orders, statuses }, context) => {
		const add = (path: (string | number)[], message: FieldCode, params?: Record<string, number>): void =>
			context.addIssue({ code: 'custom', path, message, ...(params ? { params } : {}) });
		if (statuses === undefined) {
			if (orders === undefined) add(['orders'], 'required');
			return;
		}
		if (orders !== undefined) add(['orders'], 'unknown_field');
		for (const [index, { status }] of statuses.entries()) {
			if (phaseOf(status) === null) add(['statuses', index, 'status'], 'not_a_choice');
			else if (statuses.findIndex((other) => other.status === status) < index) add(['statuses', index, 'status'], 'already_there');
		}
		if (finishedOf(statuses) < 1) add(['statuses'], 'too_few', { min: 1 });
		if (finishedOf(statuses) > 1_000_000) add(['statuses'], 'number_too_large', { max: 1_000_000 });
	})
	.transform(({ orders, statuses = [], ...input }) => ({ ...input, statuses, orders: orders ?? finishedOf(statuses) }))
	.superRefine((input, context) => {
		const most = (path: 'checked' | 'remarks', max: number): void => {
			if (input[path] > max) context.addIssue({ code: 'custom', path: [path], message: 'number_too_large', params: { max } });
		};
		most('checked', input.orders);
		most('remarks', input.checked);
	});
