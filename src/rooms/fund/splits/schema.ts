import { z } from 'zod';
import { localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { amount, told } from '../claims/schema.ts';
import { splitKinds } from './rules.ts';

export const proposeSplitSchema = z.strictObject({
	kind: oneOf(splitKinds),
	/** For `agreed`: how heavy each organisation weighs. */
	parts: z
		.array(
			z.strictObject({
				organisationId: uuid(),
				weight: z
					.number({ error: 'not_a_number' })
					.int({ error: 'not_a_number' })
					.min(1, { error: 'number_too_small' })
					.max(100_000, { error: 'number_too_large' })
			})
		)
		.max(200, { error: 'too_long' })
		.default([])
});
export const splitSchema = z.strictObject({ splitId: uuid() });
export const claimBySplitSchema = z.strictObject({
	...{ splitId: uuid(), requestId: uuid(), amount: amount(), dueOn: localDate() },
	...told
});
