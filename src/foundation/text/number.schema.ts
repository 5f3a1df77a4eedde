import { z } from 'zod';
import { readNumber, readTwoWays } from './number.ts';

/** A number as people type it in a form or a file ("7,5", "1.250"), or a number that was given as one: at most four digits behind the comma. */
export const figure = () =>
	z.union([z.string(), z.number()], { error: 'required' }).transform((typed, context) => {
		const add = (message: string, params?: Record<string, string>) => {
			context.issues.push({ code: 'custom', message, input: typed, ...(params ? { params } : {}) });
			return z.NEVER;
		};
		if (typeof typed === 'string' && typed.trim() === '') return add('required');
		const two = typeof typed === 'string' ? readTwoWays(typed) : null;
		if (two) return add('two_readings', two);
		// One that was given as a number is held to the same bounds; it says one thing only.
		const given = typeof typed === 'number' && /^-?\d{1,9}(?:\.\d{1,4})?$/.test(String(typed)) ? typed : null;
		return (typeof typed === 'string' ? readNumber(typed) : given) ?? add('not_a_number');
	});

/** A whole number within bounds, typed or given. */
export const whole = ({ min, max = 999_999_999 }: { readonly min: number; readonly max?: number }) =>
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
