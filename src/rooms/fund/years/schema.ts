import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';

/** A calendar year, as it is typed. */
export const calendarYear = () =>
	z
		.string({ error: 'required' })
		.regex(/^2[01][0-9]{2}$/, { error: 'not_a_number', abort: true })
		.transform(Number);

export const yearSchema = z.strictObject({ year: calendarYear() });
export const answerCloseSchema = z.strictObject({ closeId: uuid(), answer: oneOf(['confirmed', 'declined']) });
