import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { signalRuleBounds } from './rules.ts';

/** A whole number within bounds, typed or given. */
export const count = ({ min, max }: { readonly min: number; readonly max: number }) =>
	z.union([z.string(), z.number()], { error: 'required' }).transform((typed, context) => {
		const text = String(typed).trim();
		const add = (message: string, params?: Record<string, number>) => {
			context.issues.push({ code: 'custom', message, input: typed, ...(params ? { params } : {}) });
			return z.NEVER;
		};
		if (text === '') return add('required');
		if (!/^\d{1,6}$/.test(text)) return add('not_a_number');
		if (Number(text) < min) return add('number_too_small', { min });
		if (Number(text) > max) return add('number_too_large', { max });
		return Number(text);
	});

export const proposeSignalRuleSchema = z.strictObject({
	cases: count(signalRuleBounds.cases),
	months: count(signalRuleBounds.months),
	quietMonths: count(signalRuleBounds.quietMonths)
});

export const confirmSignalRuleSchema = z.strictObject({ ruleId: uuid(), answer: oneOf(['confirmed', 'declined']) });
