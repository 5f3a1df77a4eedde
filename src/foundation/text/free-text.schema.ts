import { z } from 'zod';
import { parseCents } from '#foundation/money/cents.ts';
import type { FieldCode } from '#foundation/outcome.ts';
import { isCalendarDay } from '#foundation/time/days.ts';
import { checkFreeText, countCharacters, isStorable } from './free-text.ts';

export { parseInput, toFieldErrors } from './field-errors.ts';

/** The message of an issue is the field code; toFieldErrors reads it back. */
const code = (fieldCode: FieldCode): FieldCode => fieldCode;
const requiredOr = (fieldCode: FieldCode) => (issue: { readonly input?: unknown }) =>
	issue.input === undefined || issue.input === null || issue.input === '' ? code('required') : code(fieldCode);

/**
 * Text as people type it: other scripts, emoji, HTML and line ends are kept to the letter. Refused: a BSN in any spacing (`bsn`), a null
 * byte or half a character (`null_byte`), more than `max` or fewer than `min` characters. Blanks around do not count for `min`.
 */
export function freeText({ min = 0, max = 100_000 }: { readonly min?: number; readonly max?: number } = {}) {
	const schema = z.string({ error: requiredOr('wrong_type') }).superRefine((text, context) => {
		const add = (fieldCode: FieldCode, params?: Record<string, number>) =>
			context.addIssue({ code: 'custom', message: code(fieldCode), ...(params ? { params } : {}) });
		if (text.length > max * 2 || (text.length > max && countCharacters(text) > max)) return add('too_long', { max });
		if (min > 0) {
			const length = countCharacters(text.trim());
			if (length === 0) add('required');
			else if (length < min) add('too_short', { min });
		}
		for (const error of checkFreeText(text).errors) add(error);
	});
	// For who reads the schema: JSON Schema counts code points too.
	return schema.meta({ maxLength: max, ...(min > 0 ? { minLength: min } : {}) });
}

/**
 * Text that the whole network reads and that is about no person: a rule, a study: what looks like a number or address of a person is refused, not asked about; there is nothing
 * to acknowledge, because it belongs to no case.
 */
export const plainText = (size: { readonly min?: number; readonly max: number }) =>
	freeText(size).superRefine((text, context) => {
		for (const kind of new Set(checkFreeText(text).warnings.map((warning) => warning.kind)))
			if (kind !== 'bsn') context.addIssue({ code: 'custom', message: `looks_like_${kind}` });
	});

/** One of a closed list. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
	z.enum(values, { error: requiredOr('not_a_choice') });

/** An id of the product: a UUID, in lower case however it was written. */
export const uuid = () => z.uuid({ error: requiredOr('not_an_id') }).toLowerCase();

/** A day as `YYYY-MM-DD` that stands in the calendar. */
export const localDate = () =>
	z
		.string({ error: requiredOr('wrong_type') })
		.superRefine((text, context) => {
			if (!isCalendarDay(text)) context.addIssue({ code: 'custom', message: code(text === '' ? 'required' : 'not_a_date') });
		})
		.meta({ format: 'date' });

/** An amount in euro as people write it ("1.250,00", "1250"), as a whole number of cents from `min` up to `max` cents. */
export function cents({ min = 0, max = 100_000_000_00 }: { readonly min?: number; readonly max?: number } = {}) {
	return z.string({ error: requiredOr('wrong_type') }).transform((text, context) => {
		const refuse = (fieldCode: FieldCode, params?: Record<string, number>) => {
			context.issues.push({ code: 'custom', message: code(fieldCode), input: text, ...(params ? { params } : {}) });
			return z.NEVER;
		};
		if (text.trim() === '') return refuse('required');
		const amount = parseCents(text);
		if (amount === null) return refuse('not_an_amount');
		if (amount < min) return refuse('number_too_small', { min: min / 100 });
		if (amount > max) return refuse('number_too_large', { max: max / 100 });
		return amount;
	});
}

/** An e-mail address, blanks around removed, at most 254 characters (RFC 5321). */
export const email = () =>
	z
		.string({ error: requiredOr('wrong_type') })
		.trim()
		.refine(isStorable, { error: code('null_byte'), abort: true })
		.max(254, { error: code('too_long'), abort: true })
		.pipe(z.email({ error: requiredOr('not_an_email') }));
