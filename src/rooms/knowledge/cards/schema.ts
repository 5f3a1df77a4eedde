import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';

/** What helped, for who comes after: the scheme or rule, how it went, and whom to ask. The whole network reads it. */
export const makeCardSchema = z.strictObject({
	askId: uuid(),
	scheme: freeText({ min: 1, max: 200 }),
	how: freeText({ min: 1, max: 4_000 }),
	who: freeText({ min: 1, max: 500 })
});

export const nameOnCardSchema = z.strictObject({ cardId: uuid(), name: oneOf(['yes', 'no']) });

export const cardSchema = z.strictObject({ cardId: uuid() });
