import { z } from 'zod';
import { freeText, uuid } from '#foundation/text/free-text.schema.ts';

/** Whom one asks: someone of another organisation. */
export const openPairSchema = z.strictObject({
	membershipId: uuid(),
	message: freeText({ min: 1, max: 2_000 }),
	acknowledged: z.boolean().default(false)
});

export const pairIdSchema = z.strictObject({ pairId: uuid() });
