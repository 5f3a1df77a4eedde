import { z } from 'zod';
import { cents, freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { outsides, rungAnswers, rungs, wishes } from './rules.ts';

const acknowledged = z.boolean().default(false);

export const askRungSchema = z.strictObject({
	caseId: uuid(),
	rung: oneOf(rungs),
	wish: oneOf(wishes).default('help'),
	words: freeText({ min: 1, max: 2_000 }),
	amount: cents({ min: 1, max: 100_000_000_00 }).optional(),
	/** Of the rung of colleagues: who is asked. */
	membershipIds: z.array(uuid()).max(5).default([]),
	/** Of the rung of governors: the organisation it hangs on. */
	organisationId: uuid().optional(),
	/** Of the rung outside: what kind of body it is. */
	outside: oneOf(outsides).optional(),
	acknowledged
});

export const answerRungSchema = z.strictObject({
	escalationId: uuid(),
	answer: oneOf(rungAnswers),
	/** Why not, or what was said outside; else a sentence if one wants. */
	words: freeText({ max: 2_000 }).optional(),
	/** Of what was said outside: by what it shows. */
	proof: freeText({ max: 200 }).optional(),
	acknowledged
});
