import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { followUpOutcomes, happenedAnswers } from './rules.ts';

/** How it stands at a check. Of what loomed and is left out, it is not known whether it happened. */
export const answerFollowUpSchema = z
	.strictObject({
		followUpId: uuid(),
		outcome: oneOf(followUpOutcomes),
		findings: z
			.array(
				z.strictObject({
					/** Place in the list of what looms, as the newest value map has it. */
					flow: z.int().min(0).max(11),
					happened: oneOf(happenedAnswers)
				})
			)
			.max(12)
			.default([])
	})
	.superRefine((input, context) => {
		const flows = input.findings.map(({ flow }) => flow);
		flows.forEach((flow, index) => {
			if (flows.indexOf(flow) !== index) context.addIssue({ code: 'custom', path: ['findings', index, 'flow'], message: 'not_a_choice' });
		});
	});
