import { z } from 'zod';
import { freeText, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { projectKinds, projectParts } from './rules.ts';

/** A code of three capitals, or none; whether it is in use is asked when it is written. */
const veraCode = () => z.string().regex(/^[A-Z]{3}$/, { error: 'not_a_choice' });

/** Work of two organisations or more, and whom one asks to the table at once. */
export const openProjectSchema = z.strictObject({
	title: plainText({ min: 1, max: 80 }),
	kind: oneOf(projectKinds).default('maintenance'),
	veraSubject: veraCode().optional(),
	part: oneOf(projectParts),
	membershipId: uuid(),
	message: freeText({ min: 1, max: 2_000 }),
	acknowledged: z.boolean().default(false)
});

export const projectIdSchema = z.strictObject({ projectId: uuid() });
