import { z } from 'zod';
import { freeText, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { caseOutcomes } from '#rooms/cases/rules.ts';
import { causeKinds, lacksOfNaming } from './rules.ts';

/** What is said of a cause. `responsible` is an organisation's id, a code of someone outside, or nothing; `causeId` says that it is the same as one that was named before. */
const naming = {
	cause: oneOf(causeKinds).optional(),
	causeId: uuid().optional(),
	responsible: z.string().max(60).default(''),
	title: plainText({ max: 80 }).default(''),
	words: freeText({ max: 2_000 }).optional(),
	acknowledged: z.boolean().default(false)
};

const whole = (said: Parameters<typeof lacksOfNaming>[0], context: z.RefinementCtx): void => {
	const lacks = lacksOfNaming(said);
	if (lacks !== null) context.addIssue({ code: 'custom', path: [lacks], message: 'required' });
};

/** What is asked of a naming, field by field; `nameCauseSchema` looks at them together. */
export const nameCauseFields = z.strictObject({ caseId: uuid(), ...naming });

/** Naming the cause of a case while help is given (F1). */
export const nameCauseSchema = nameCauseFields.superRefine(whole);

/** Leaving it for now. */
export const skipCauseSchema = z.strictObject({ caseId: uuid() });

/** What is asked at closing, field by field; `closeCaseSchema` looks at them together. */
export const closeCaseFields = z.strictObject({
	caseId: uuid(),
	outcome: oneOf(caseOutcomes),
	same: z.boolean().default(false),
	/** Why it is not looked at again, where a check still waits. */
	notFollowedBecause: freeText({ max: 500 }).optional(),
	...naming
});

/** Closing a case: how it ended, and why help was needed (F1). `same` confirms what was named last. */
export const closeCaseSchema = closeCaseFields.superRefine((input, context) => {
	if (!input.same) whole(input, context);
});
