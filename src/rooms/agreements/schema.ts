import { z } from 'zod';
import { cents, freeText, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { agreementKinds, reportAnswers, reportOutcomes } from './rules.ts';

const acknowledged = z.boolean().default(false);
/** The most that an agreement can be about: a hundred million euro. */
const amount = () => cents({ min: 1, max: 100_000_000_00 }).optional();

/** What an agreement says: what, by which day, how it will show, for which amount. */
export const wording = {
	what: freeText({ min: 1, max: 2_000 }),
	dueOn: localDate(),
	proof: freeText({ max: 2_000 }).optional(),
	amount: amount(),
	/** Who promises on behalf of an organisation declares that it falls inside the room of that organisation. */
	insideRoom: z.boolean().default(false),
	acknowledged
} as const;

/** What I do, what my organisation does, or which decision follows; for whom at the table. */
export const makeAgreementSchema = z.strictObject({
	caseId: uuid(),
	kind: oneOf(agreementKinds).default('i_do'),
	receiverId: uuid(),
	...wording
});

export const reportSchema = z.strictObject({
	agreementId: uuid(),
	outcome: oneOf(reportOutcomes),
	words: freeText({ max: 2_000 }).optional(),
	acknowledged
});

export const answerSchema = z.strictObject({ agreementId: uuid(), answer: oneOf(reportAnswers) });

export const agreementIdSchema = z.strictObject({ agreementId: uuid() });
