import { z } from 'zod';
import { oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { declineReasons, releaseHands, writtenKinds } from './rules.ts';

export const writeReleaseSchema = z.strictObject({ causeId: uuid(), kind: oneOf(writtenKinds), words: plainText({ min: 1, max: 300 }) });

/** Words of another are declined with why, for who wrote them to read and to say it anew. */
export const confirmReleaseSchema = z.strictObject({
	releaseId: uuid(),
	answer: oneOf(releaseHands),
	reason: oneOf(declineReasons).optional(),
	words: plainText({ max: 300 }).optional()
});
