import { z } from 'zod';
import { freeText, uuid } from '#foundation/text/free-text.schema.ts';
import { time } from '../agenda/schema.ts';

/** A case for a case table, at a time of its own, with what its holder wants to speak of. */
export const bringCaseSchema = z.strictObject({
	meetingId: uuid(),
	caseId: uuid(),
	from: time(),
	text: freeText({ min: 1, max: 1_000 }),
	acknowledged: z.boolean().default(false)
});

/** Another time for a case that was brought, perhaps at another meeting of the same case table. */
export const caseTimeSchema = z.strictObject({ itemId: uuid(), from: time(), meetingId: uuid().optional() });

/** A case is taken off a case table, and why. */
export const takeOffCaseSchema = z.strictObject({
	itemId: uuid(),
	reason: freeText({ min: 1, max: 1_000 }),
	acknowledged: z.boolean().default(false)
});

/** What was agreed about a case at a case table, and why. */
export const noteCaseSchema = z.strictObject({
	itemId: uuid(),
	decision: freeText({ min: 1, max: 1_000 }),
	reason: freeText({ min: 1, max: 1_000 }),
	acknowledged: z.boolean().default(false)
});
