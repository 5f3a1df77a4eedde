import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { conceptKinds, registers } from './rules.ts';

/** A word that the network uses for something in the thesaurus. */
export const addWordSchema = z.strictObject({
	concept: freeText({ min: 1, max: 60 }),
	label: freeText({ min: 2, max: 60 }),
	register: oneOf(registers),
	acknowledged: z.boolean().default(false)
});

export const wordSchema = z.strictObject({ wordId: uuid() });

/** A thing that the thesaurus of the field lacks: what it is, how it is called, what it is for, and of what it is a part. */
export const addConceptSchema = z.strictObject({
	kind: oneOf(conceptKinds),
	name: freeText({ min: 2, max: 60 }),
	saysFor: freeText({ min: 3, max: 200 }),
	broader: freeText({ min: 1, max: 60 }).optional(),
	acknowledged: z.boolean().default(false)
});

export const conceptSchema = z.strictObject({ conceptId: uuid() });

/** A word of the field, by the thing it stands for and how it is written. */
export const fieldWordSchema = z.strictObject({ concept: freeText({ min: 1, max: 60 }), label: freeText({ min: 1, max: 60 }) });
