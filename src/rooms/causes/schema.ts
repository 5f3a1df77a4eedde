import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { caseOutcomes } from '#rooms/cases/rules.ts';
import { causeKinds } from './rules.ts';

/** Closing a case: how it ended, and why help was needed (F1). `responsible` is an organisation's id, a code of someone outside, or nothing. */
export const closeCaseSchema = z.strictObject({
	caseId: uuid(),
	outcome: oneOf(caseOutcomes),
	cause: oneOf(causeKinds),
	responsible: z.string().max(60).default(''),
	words: freeText({ max: 2_000 }).optional(),
	acknowledged: z.boolean().default(false)
});
