import { z } from 'zod';
import { localDate, uuid } from '#foundation/text/free-text.schema.ts';
import { statementCount } from './rules.ts';

export const openScanSchema = z.strictObject({ closesOn: localDate() });
export const closeScanSchema = z.strictObject({ roundId: uuid() });

/** From 1 (not at all) to 5 (wholly); null: I do not know. Nothing is no answer. */
const answer = () =>
	z
		.int({ error: (issue) => (issue.input === undefined ? 'required' : 'not_a_choice') })
		.min(1, { error: 'not_a_choice' })
		.max(5, { error: 'not_a_choice' })
		.nullable();

export const handInScanSchema = z.strictObject({
	roundId: uuid(),
	answers: z.array(answer(), { error: 'wrong_type' }).length(statementCount, { error: 'wrong_type' })
});
