import { z } from 'zod';
import { freeText, uuid } from '#foundation/text/free-text.schema.ts';

/** Why an agreement falls outside the room of one's organisation, where one wants to say so. */
export const disputeRoomSchema = z.strictObject({
	agreementId: uuid(),
	words: freeText({ max: 2_000 }).optional(),
	acknowledged: z.boolean().default(false)
});
