import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { mostAsked, questionAnswers } from './rules.ts';

const acknowledged = z.boolean().default(false);

/** What is asked of a question, field by field; `askQuestionSchema` looks at them together. */
export const askQuestionFields = z.strictObject({
	caseId: uuid(),
	text: freeText({ min: 1, max: 2_000 }),
	/** Memberships of who is asked. */
	asked: z.array(uuid()).max(mostAsked, { error: 'not_a_choice' }).default([]),
	teamId: uuid().optional(),
	acknowledged
});

/** A question without name: to at most three people, or to a team. */
export const askQuestionSchema = askQuestionFields.superRefine((input, context) => {
	if (input.asked.length === 0 && input.teamId === undefined) context.addIssue({ code: 'custom', path: ['asked'], message: 'required' });
	if (input.asked.length > 0 && input.teamId !== undefined) context.addIssue({ code: 'custom', path: ['teamId'], message: 'not_a_choice' });
	if (new Set(input.asked).size !== input.asked.length) context.addIssue({ code: 'custom', path: ['asked'], message: 'counted_twice' });
});

export const answerQuestionFields = z.strictObject({
	askId: uuid(),
	answer: oneOf(questionAnswers),
	text: freeText({ max: 2_000 }).optional(),
	acknowledged
});

/** An answer; whoever knows another way says which. */
export const answerQuestionSchema = answerQuestionFields.superRefine((input, context) => {
	if (input.answer === 'other_way' && (input.text ?? '').trim() === '')
		context.addIssue({ code: 'custom', path: ['text'], message: 'required' });
});

export const questionSchema = z.strictObject({ questionId: uuid() });

export const messageSchema = z.strictObject({ askId: uuid(), text: freeText({ min: 1, max: 2_000 }), acknowledged });

export const helpedSchema = z.strictObject({ askId: uuid() });
