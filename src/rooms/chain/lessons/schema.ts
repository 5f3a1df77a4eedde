import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { lessonForms } from './rules.ts';

/** What was done, what it changed, and which figure shows it. The whole network reads it. `projectId`: from where. */
export const makeLessonSchema = z.strictObject({
	form: oneOf(lessonForms),
	title: freeText({ min: 1, max: 80 }),
	did: freeText({ min: 1, max: 600 }),
	changed: freeText({ min: 1, max: 400 }),
	shows: freeText({ max: 200 }).default(''),
	projectId: uuid().optional()
});

export const lessonIdSchema = z.strictObject({ lessonId: uuid() });

export const useLessonSchema = z.strictObject({ lessonId: uuid(), agreementId: uuid() });
