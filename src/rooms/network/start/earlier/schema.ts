import { z } from 'zod';
import { cents, plainText } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';
import { mostYears } from './rules.ts';

/** A year as four digits; whether it is over is for the act. */
const year = () => whole({ min: 1900, max: 2200 });

/** Since when the network works together; null: it begins here after all. */
export const sayExistingSchema = z.strictObject({ since: year().nullable() });

/** One year as the network itself counted it: amounts in euro as people write them, at least one of the three figures, and where it was taken from. */
export const earlierYearSchema = z
	.strictObject({
		year: year(),
		cases: whole({ min: 0, max: 1_000_000 }).optional(),
		granted: cents().optional(),
		paidBack: cents().optional(),
		source: plainText({ min: 1, max: 200 })
	})
	.superRefine(({ cases, granted, paidBack }, context) => {
		if (cases === undefined && granted === undefined && paidBack === undefined)
			context.addIssue({ code: 'custom', path: ['cases'], message: 'required' });
	});

export const recordYearsSchema = z.strictObject({
	years: z.array(earlierYearSchema).min(1, { error: 'required' }).max(mostYears, { error: 'too_long' })
});
