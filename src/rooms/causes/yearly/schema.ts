import { z } from 'zod';
import { localDate, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';
import { yearlyGoesOn, yearlyHows, yearlySayings } from './rules.ts';

/** What stands in the way, in which year, and with whom; `causeId` when it is a cause that comes back. */
export const bringYearlySchema = z.strictObject({
	year: whole({ min: 2000, max: 2100 }),
	title: plainText({ min: 1, max: 120 }),
	causeId: uuid().optional(),
	/** The agreement of an earlier year that this one goes on from. */
	previousId: uuid().optional(),
	/** By which day the parties are asked to answer. */
	dueOn: localDate().optional(),
	organisationIds: z.array(uuid()).min(1, 'required').max(20)
});

export const recordYearlyFields = z.strictObject({
	itemId: uuid(),
	kind: oneOf(yearlySayings),
	how: oneOf(yearlyHows).optional(),
	words: plainText({ min: 1, max: 600 })
});
export const recordYearlySchema = recordYearlyFields.superRefine((input, context) => {
	if (input.kind === 'looked' && input.how === undefined) context.addIssue({ code: 'custom', path: ['how'], message: 'required' });
});

/** The agreement to which a party says no, or that who brought it takes back. */
export const yearlyItemSchema = z.strictObject({ itemId: uuid() });

/** Accepts what was said last, as it was read. */
export const acceptYearlySchema = z.strictObject({ itemId: uuid(), stepId: uuid() });

/** What came of it, by one party, when the year is over. */
export const lookBackYearlyFields = z.strictObject({
	itemId: uuid(),
	how: oneOf(yearlyHows),
	words: plainText({ min: 1, max: 600 }),
	goesOn: oneOf(yearlyGoesOn)
});
