import { z } from 'zod';
import { freeText, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { startParts } from './rules.ts';

/** One part of the start. `because` says why the rules of the game come before there is a sign. */
export const writeStartSchema = z.strictObject({
	part: oneOf(startParts),
	text: freeText({ min: 1, max: 1_000 }),
	because: freeText({ max: 500 }).optional(),
	acknowledged: z.boolean().default(false)
});

/** A sign looked back on, as it was written: `startId`. */
export const lookBackSchema = z.strictObject({ startId: uuid(), seen: z.boolean(), onDay: localDate() });
