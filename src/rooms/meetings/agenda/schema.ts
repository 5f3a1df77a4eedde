import { z } from 'zod';
import { freeText, localDate, oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { whole } from '#foundation/text/number.schema.ts';
import { minutesOf } from './rules.ts';

/** A time of day, `14:05`, as minutes since midnight. */
export const time = () =>
	z.string({ error: 'required' }).transform((text, context) => {
		const minutes = minutesOf(text);
		if (minutes !== null) return minutes;
		context.issues.push({ code: 'custom', message: text.trim() === '' ? 'required' : 'not_a_time', input: text });
		return z.NEVER;
	});

const when = { day: localDate(), from: time(), until: time(), place: plainText({ max: 120 }).default('') };

const itemWords = {
	title: plainText({ min: 1, max: 120 }),
	text: freeText({ max: 1_000 }).default(''),
	acknowledged: z.boolean().default(false)
};

/** A meeting is called, perhaps for one thing: that is the first item of its agenda. */
export const callMeetingSchema = z.strictObject({ bodyId: uuid(), ...when, item: z.strictObject(itemWords).optional() });

const moved = z.strictObject({ kind: z.literal('moved'), ...when });
const cancelled = z.strictObject({ kind: z.literal('cancelled') });

/** What changes about a meeting: it is moved, or cancelled. */
export const meetingChange = z.discriminatedUnion('kind', [moved, cancelled]);

export const changeMeetingSchema = z.discriminatedUnion('kind', [
	moved.extend({ meetingId: uuid() }),
	cancelled.extend({ meetingId: uuid() })
]);

export const addItemSchema = z.strictObject({ meetingId: uuid(), ...itemWords });

export const itemSchema = z.strictObject({ itemId: uuid() });

export const proposeSchema = z.strictObject({
	itemId: uuid(),
	text: freeText({ min: 1, max: 1_000 }),
	acknowledged: z.boolean().default(false)
});

/** What someone finds of the proposal as it stood on their screen: `version`. */
export const positionSchema = z.strictObject({
	itemId: uuid(),
	version: whole({ min: 1 }),
	position: oneOf(['consent', 'objection', 'aside']),
	reason: freeText({ max: 500 }).default(''),
	acknowledged: z.boolean().default(false)
});

/** The minutes of an item: the proposal is decided, nothing is, or it was only told; and why, or what. */
export const decideSchema = z.strictObject({
	itemId: uuid(),
	outcome: oneOf(['decided', 'no_decision', 'informed']),
	version: whole({ min: 1 }).optional(),
	reason: freeText({ min: 1, max: 1_000 }),
	acknowledged: z.boolean().default(false)
});
