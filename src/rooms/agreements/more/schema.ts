import { z } from 'zod';
import { freeText, uuid } from '#foundation/text/free-text.schema.ts';

export const didMoreSchema = z.strictObject({
	agreementId: uuid(),
	words: freeText({ max: 500 }).optional(),
	acknowledged: z.boolean().default(false)
});
