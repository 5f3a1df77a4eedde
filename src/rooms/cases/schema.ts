import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';

/** Words of a case: a long story may be pasted whole. */
const words = () => freeText({ min: 1, max: 100_000 });
const optionalWords = () => freeText({ max: 100_000 }).optional();

/** That what looks like a telephone number, e-mail address, IBAN or address may stay in the text. */
export const acknowledged = z.boolean().default(false);

/** Bringing in a case: at most eight fields (A3). No name, no number of a person, no age. */
export const openCaseSchema = z
	.strictObject({
		stuck: words(),
		goal: optionalWords(),
		firstNeed: words(),
		ownOrganisation: words(),
		looming: optionalWords(),
		residentKnows: oneOf(['yes', 'not_yet']),
		notYetBecause: optionalWords(),
		acknowledged
	})
	.superRefine((input, context) => {
		if (input.residentKnows === 'not_yet' && (input.notYetBecause ?? '').trim() === '') {
			context.addIssue({ code: 'custom', path: ['notYetBecause'], message: 'required' });
		}
	});

export const inviteSchema = z.strictObject({
	caseId: uuid(),
	membershipId: uuid(),
	message: freeText({ min: 1, max: 2_000 }),
	acknowledged
});

export const invitationSchema = z.strictObject({ invitationId: uuid() });

export const caseSchema = z.strictObject({ caseId: uuid() });
