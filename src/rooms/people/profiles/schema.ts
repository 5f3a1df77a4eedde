import { z } from 'zod';
import { freeText, oneOf } from '#foundation/text/free-text.schema.ts';
import { languages } from './rules.ts';

/** What someone writes of themselves. Every field may be empty; nothing of anyone else's can be said. */
export const profileSchema = z.strictObject({
	topics: freeText({ max: 1_000 }).default(''),
	schemes: freeText({ max: 1_000 }).default(''),
	livedExperience: freeText({ max: 1_000 }).default(''),
	languages: z.array(oneOf(languages)).max(languages.length, { error: 'too_long' }).default([]),
	area: freeText({ max: 200 }).default(''),
	available: z.boolean(),
	willing: z.boolean(),
	acknowledged: z.boolean().default(false)
});
