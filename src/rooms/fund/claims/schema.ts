import { z } from 'zod';
import { cents, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { splitKinds } from './rules.ts';

const amount = () => cents({ min: 1, max: 1_000_000_00 });

export const proposeClaimSchema = z.strictObject({ requestId: uuid(), organisationId: uuid(), amount: amount(), dueOn: localDate() });
export const claimSchema = z.strictObject({ claimId: uuid() });
export const payClaimSchema = z.strictObject({ claimId: uuid(), amount: amount() });
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
export const claimBySplitSchema = z.strictObject({ splitId: uuid(), requestId: uuid(), amount: amount(), dueOn: localDate() });
