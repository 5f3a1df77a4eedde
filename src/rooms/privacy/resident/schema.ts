import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';

const acknowledged = z.boolean().default(false);

export const residentLinkSchema = z.strictObject({ caseId: uuid() });

/** What the resident does not agree with. `key`: the form's own number, so that sent twice it is one objection. */
export const objectSchema = z.strictObject({ key: uuid(), words: freeText({ min: 1, max: 10_000 }), acknowledged });

export const answerObjectionSchema = z.strictObject({
	objectionId: uuid(),
	words: freeText({ min: 1, max: 10_000 }),
	acknowledged
});

export const showNamesSchema = z.strictObject({ show: oneOf(['yes', 'no']) });
