import { z } from 'zod';
import { localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';
import { amount, told } from '../claims/schema.ts';
import { splitKinds } from './rules.ts';

export const proposeSplitSchema = z.strictObject({
	kind: oneOf(splitKinds),
	/** For `agreed`: how heavy each organisation weighs. */
	parts: z
		.array(
			z.strictObject({
				organisationId: uuid(),
				weight: whole({ min: 1, max: 100_000 })
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
