import { z } from 'zod';
import { freeText, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { reportAnswers, reportOutcomes } from './rules.ts';

const acknowledged = z.boolean().default(false);

/** "Ik doe": what I do, for whom at the table, by which day, and how it will show. */
export const makeAgreementSchema = z.strictObject({
	caseId: uuid(),
	what: freeText({ min: 1, max: 2_000 }),
	dueOn: localDate(),
	receiverId: uuid(),
	proof: freeText({ max: 2_000 }).optional(),
	acknowledged
});

export const reportSchema = z.strictObject({
	agreementId: uuid(),
	outcome: oneOf(reportOutcomes),
	words: freeText({ max: 2_000 }).optional(),
	acknowledged
});

export const answerSchema = z.strictObject({ agreementId: uuid(), answer: oneOf(reportAnswers) });
