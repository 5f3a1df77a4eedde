import { z } from 'zod';
import { freeText } from '#foundation/text/free-text.schema.ts';

/** What the people of one's own organisation may not agree by themselves, in one sentence. */
export const stateRoomSchema = z.strictObject({ sentence: freeText({ min: 1, max: 300 }), acknowledged: z.boolean().default(false) });
