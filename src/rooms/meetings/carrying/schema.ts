import { z } from 'zod';
import { freeText, uuid } from '#foundation/text/free-text.schema.ts';

const why = { reason: freeText({ min: 1, max: 500 }), acknowledged: z.boolean().default(false) };

/** An item goes on to another meeting of the same people, and why. */
export const carryItemSchema = z.strictObject({ itemId: uuid(), meetingId: uuid(), ...why });

/** An item is taken off the agenda, and why. */
export const takeOffItemSchema = z.strictObject({ itemId: uuid(), ...why });
