import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { registers } from './rules.ts';

/** A word that the network uses for something in the thesaurus. */
export const addWordSchema = z.strictObject({
	concept: freeText({ min: 1, max: 60 }),
	label: freeText({ min: 2, max: 60 }),
	register: oneOf(registers),
	acknowledged: z.boolean().default(false)
});

export const wordSchema = z.strictObject({ wordId: uuid() });
