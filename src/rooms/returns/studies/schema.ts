import { z } from 'zod';
import { plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { grades } from './rules.ts';

/** A year as people type it. */
const year = () =>
	z
		.union([z.string(), z.number()], { error: 'required' })
		.transform((typed) => String(typed).trim())
		.refine((typed) => typed !== '', { error: 'required', abort: true })
		.refine((typed) => /^(?:19[5-9]\d|20\d\d|2100)$/.test(typed), { error: 'not_a_number' })
		.transform(Number);

/** A study that the network sets beside its own returns. */
export const attachStudySchema = z.strictObject({
	title: plainText({ min: 1, max: 200 }),
	source: plainText({ min: 1, max: 200 }),
	year: year(),
	says: plainText({ min: 1, max: 1_000 }),
	url: z
		.string({ error: 'required' })
		.trim()
		.min(1, { error: 'required', abort: true })
		.max(500, { error: 'too_long', abort: true })
		.refine((typed) => URL.canParse(typed) && typed.startsWith('https://'), { error: 'not_a_web_address' }),
	/** How it was studied, 1 to 5; left out: not known. */
	grade: z.enum(grades, { error: 'not_a_choice' }).transform(Number).optional()
});

export const withdrawStudySchema = z.strictObject({ studyId: uuid() });
