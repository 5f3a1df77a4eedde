import { z } from 'zod';
import { cents, freeText, localDate, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { horizons, outlooks, problemKinds, schemeAnswers } from './rules.ts';

const acknowledged = z.boolean().default(false);
const words = (max = 4_000) => freeText({ min: 1, max });
const optionalWords = (max = 4_000) => freeText({ max }).optional();
const required = (there: boolean, path: (string | number)[], context: z.RefinementCtx) => {
	if (!there) context.addIssue({ code: 'custom', path, message: 'required' });
};
const said = (text: string | undefined): boolean => (text ?? '').trim() !== '';

/** The goal in the resident's own words, or why these cannot be had (A5). */
export const goalSchema = z
	.strictObject({
		requestId: uuid(),
		goal: optionalWords(),
		noWordsBecause: optionalWords(),
		residentDoes: words(),
		horizonMonths: oneOf(horizons.map(String) as [string, ...string[]]),
		acknowledged
	})
	.superRefine((input, context) => required(said(input.goal) || said(input.noWordsBecause), ['goal'], context));

/** A problem, whose it is, and its place in the resident's own order (A6). With `entryId`: another version of one that stands. */
export const problemSchema = z.strictObject({
	requestId: uuid(),
	entryId: uuid().optional(),
	problem: words(500),
	kind: oneOf(problemKinds),
	place: oneOf(['1', '2', '3', '4', '5', '6', '7', '8', '9']),
	acknowledged
});

/** A scheme that goes before the pot (A7). */
export const schemeSchema = z
	.strictObject({
		requestId: uuid(),
		entryId: uuid().optional(),
		scheme: words(200),
		answer: oneOf(schemeAnswers),
		askedOn: localDate().optional(),
		answeredOn: localDate().optional(),
		why: words(),
		acknowledged
	})
	.superRefine((input, context) => {
		if (!['not_asked', 'none_fits'].includes(input.answer)) required(input.askedOn !== undefined, ['askedOn'], context);
		if (['refused', 'partly'].includes(input.answer)) required(input.answeredOn !== undefined, ['answeredOn'], context);
	});

/** Takes a scheme or a problem off the list. */
export const dropSchema = z.strictObject({ requestId: uuid(), entryId: uuid() });

const score = () => oneOf(['1', '2', '3', '4', '5']).transform(Number);
const scores = () => z.strictObject({ legitimacy: score(), involvement: score(), return: score() });

/** The triangle (A8): three paths on three corners, from 1 to 5, each path with its reason. */
export const triangleSchema = z.strictObject({
	requestId: uuid(),
	present: scores(),
	looming: scores(),
	proposed: scores(),
	presentBecause: words(),
	loomingBecause: words(),
	proposedBecause: words(),
	acknowledged
});

/** Whether it holds (A9). */
export const durabilitySchema = z.strictObject({ requestId: uuid(), outlook: oneOf(outlooks), because: words(), acknowledged });

/** What the money may set off (A10). */
export const effectsSchema = z.strictObject({
	requestId: uuid(),
	socialAssistance: oneOf(['yes', 'no', 'unknown']),
	gifts: cents({ max: 100_000_00 }).optional(),
	writtenWord: z.boolean().default(false),
	residentTold: z.boolean().default(false),
	administration: oneOf(['none', 'administration', 'debt_scheme', 'unknown']),
	administratorAgrees: z.boolean().default(false),
	toReport: optionalWords(),
	acknowledged
});

/** What worked before was looked at (A11); with why this goes another way. */
export const precedentsSchema = z.strictObject({ requestId: uuid(), because: optionalWords(), acknowledged });

/** An answer to what the secretariat asked. */
export const replySchema = z.strictObject({ requestId: uuid(), reply: words(), acknowledged });
