import { z } from 'zod';
import { cents, freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { requestKinds, verdicts } from './rules.ts';

const acknowledged = z.boolean().default(false);
const words = (max = 2_000) => freeText({ min: 1, max });
const optionalWords = (max = 2_000) => freeText({ max }).optional();
/** More than nothing, at most a hundred thousand euro. */
export const amount = () => cents({ min: 1, max: 100_000_00 });

/** The light lane: one screen (A0). */
export const askSchema = z.strictObject({
	caseId: uuid(),
	what: words(),
	amount: amount(),
	supplier: words(200),
	why: words(),
	teamId: uuid(),
	acknowledged
});

/** The beginning of the full lane; the steps come after it. */
export const prepareSchema = z
	.strictObject({
		caseId: uuid(),
		what: words(),
		amount: amount(),
		supplier: words(200),
		why: words(),
		kind: oneOf(requestKinds).default('gift'),
		repaidBy: uuid().optional(),
		acute: z.boolean().default(false),
		acknowledged
	})
	.superRefine((input, context) => {
		if (input.kind === 'advance' && input.repaidBy === undefined)
			context.addIssue({ code: 'custom', path: ['repaidBy'], message: 'required' });
	});

export const requestSchema = z.strictObject({ requestId: uuid() });

/** A vote: who is asked agrees. */
export const voteSchema = z.strictObject({ askId: uuid() });
export const askMoreSchema = z.strictObject({ askId: uuid(), text: optionalWords(), acknowledged });

export const judgeSchema = z
	.strictObject({
		requestId: uuid(),
		verdict: oneOf(verdicts),
		/** With `partly`: how much. */
		amount: amount().optional(),
		reason: optionalWords(),
		condition: optionalWords(),
		/** With `refuse`: who can help. */
		whoHelps: optionalWords(),
		acknowledged
	})
	.superRefine((input, context) => {
		const need = (path: string, there: boolean) => {
			if (!there) context.addIssue({ code: 'custom', path: [path], message: 'required' });
		};
		if (input.verdict === 'partly') need('amount', input.amount !== undefined);
		if (input.verdict !== 'grant') need('reason', (input.reason ?? '').trim() !== '');
		if (input.verdict === 'refuse') need('whoHelps', (input.whoHelps ?? '').trim() !== '');
	});
