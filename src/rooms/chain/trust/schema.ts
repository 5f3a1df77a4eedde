import { z } from 'zod';
import { uuid } from '#foundation/text/free-text.schema.ts';
import { highest, lowest, trustQuestions } from './rules.ts';

export const openRoundSchema = z.strictObject({ pairId: uuid() });

const score = () =>
	z
		.int({ error: (issue) => (issue.input === undefined ? 'required' : 'not_a_choice') })
		.min(lowest, { error: 'not_a_choice' })
		.max(highest, { error: 'not_a_choice' });

/** What one side says of the other: a score for each question, in order. */
export const answerTrustSchema = z.strictObject({
	roundId: uuid(),
	scores: z.array(score(), { error: 'wrong_type' }).length(trustQuestions.length, { error: 'wrong_type' })
});
