import { z } from 'zod';
import { freeText, localDate, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { startParts } from './rules.ts';

/** What stood there when one began to type: its id, or null for nothing. Left out: whatever stands is written over, and kept. */
const seen = () => uuid().nullable().optional();

/** One part of the start. `because` says why the rules of the game come before the rest. */
export const writeStartSchema = z.strictObject({
	part: oneOf(startParts),
	text: freeText({ min: 1, max: 1_000 }),
	because: freeText({ max: 500 }).optional(),
	seen: seen(),
	acknowledged: z.boolean().default(false)
});

/** What one's own organisation is in it for. */
export const stateInterestSchema = z.strictObject({
	gains: plainText({ min: 1, max: 500 }),
	brings: plainText({ min: 1, max: 500 }),
	keeps: plainText({ min: 1, max: 500 }).optional(),
	seen: seen()
});

/** A sign looked back on, as it was written: `startId`. */
export const lookBackSchema = z.strictObject({ startId: uuid(), seen: z.boolean(), onDay: localDate() });
