import { z } from 'zod';
import { cents, freeText, localDate, uuid } from '#foundation/text/free-text.schema.ts';

export const amount = () => cents({ min: 1, max: 1_000_000_00 });

/** For who is asked: what was paid, and why it is asked of them. They read this and nothing else of the request. */
export const told = { why: freeText({ min: 1, max: 1_000 }), acknowledged: z.boolean().default(false) };

export const proposeClaimSchema = z.strictObject({
	...{ requestId: uuid(), organisationId: uuid(), amount: amount(), dueOn: localDate() },
	...told
});
export const claimSchema = z.strictObject({ claimId: uuid() });
export const payClaimSchema = z.strictObject({ claimId: uuid(), amount: amount() });
