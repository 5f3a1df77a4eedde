import { z } from 'zod';
import { freeText, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { caseOutcomes } from '#rooms/cases/rules.ts';
import { causeKinds } from './rules.ts';

/** What is said of a cause. `responsible` is an organisation's id, a code of someone outside, or nothing; `causeId` says that it is the same as one that was named before. */
const naming = {
	cause: oneOf(causeKinds).optional(),
	causeId: uuid().optional(),
	responsible: z.string().max(60).default(''),
	title: plainText({ max: 80 }).default(''),
	words: freeText({ max: 2_000 }).optional(),
	acknowledged: z.boolean().default(false)
};

/** Naming the cause of a case while help is given (F1). */
export const nameCauseSchema = z.strictObject({ caseId: uuid(), ...naming });

/** Leaving it for now. */
export const skipCauseSchema = z.strictObject({ caseId: uuid() });

/** Closing a case: how it ended, and why help was needed (F1). `same` confirms what was named last. */
export const closeCaseSchema = z.strictObject({
	caseId: uuid(),
	outcome: oneOf(caseOutcomes),
	same: z.boolean().default(false),
	/** Why it is not looked at again, where a check still waits. */
	notFollowedBecause: freeText({ max: 500 }).optional(),
	...naming
});
