import { z } from 'zod';
import { localDate, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { addressees, letterAnswers } from './rules.ts';

/** The letter about a cause was sent: to which kind of addressee, and when. */
export const recordLetterSchema = z.strictObject({ causeId: uuid(), addressee: oneOf(addressees), sentOn: localDate() });

/** What came back, when, and in words. */
export const answerLetterSchema = z.strictObject({
	letterId: uuid(),
	answer: oneOf(letterAnswers),
	answeredOn: localDate(),
	words: plainText({ min: 1, max: 600 })
});
