import { z } from 'zod';
import { plainText, uuid } from '#foundation/text/free-text.schema.ts';

export const proposePublicationSchema = z.strictObject({ causeId: uuid() });

/** What who goes about it says, to stand beside the cause; on behalf of one outside the network with where it can be read. */
export const answerPublicationSchema = z.strictObject({
	publicationId: uuid(),
	words: plainText({ min: 1, max: 600 }),
	proof: plainText({ max: 200 }).optional()
});

/** How and when who is outside the network was told. */
export const tellOutsideSchema = z.strictObject({ publicationId: uuid(), proof: plainText({ min: 1, max: 200 }) });

export const withdrawPublicationSchema = z.strictObject({ publicationId: uuid() });
