import { z } from 'zod';
import { freeText, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { kpiSchema } from '../measures/schema.ts';
import { chainAnswers } from './rules.ts';

/** What the parties of a chain agree on. What H3 asks may be missing here: it is refused by name, not by a form. */
export const offerChainFields = z.strictObject({
	projectId: uuid(),
	startsOn: localDate(),
	endsOn: localDate().optional(),
	demand: freeText({ min: 1, max: 5_000 }),
	conflict: freeText({ max: 2_000 }).default(''),
	/** Who coordinates: of each organisation at the table one, by membership. */
	coordinators: z.array(uuid()).max(20).default([]),
	kpis: z.array(kpiSchema).max(8).default([]),
	acknowledged: z.boolean().default(false)
});
export const offerChainSchema = offerChainFields.superRefine((input, context) => {
	if (input.endsOn !== undefined && input.endsOn < input.startsOn)
		context.addIssue({ code: 'custom', path: ['endsOn'], message: 'ends_before_start' });
});

export const answerChainSchema = z.strictObject({ projectId: uuid(), versionId: uuid(), answer: oneOf(chainAnswers) });
