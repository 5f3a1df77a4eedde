import { z } from 'zod';
import { oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { residentSaid, storyAnswers, storyLength } from './rules.ts';

/** What looks like a number or an address of someone is refused, not asked about: this text leaves its case. */
export const writeStorySchema = z.strictObject({
	caseId: uuid(),
	resident: oneOf(residentSaid),
	words: plainText({ min: 1, max: storyLength })
});

export const confirmStorySchema = z.strictObject({ storyId: uuid(), answer: oneOf(storyAnswers) });

export const withdrawStorySchema = z.strictObject({ storyId: uuid() });
