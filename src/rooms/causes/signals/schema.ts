import { z } from 'zod';
import { localDate, plainText, uuid } from '#foundation/text/free-text.schema.ts';

/** Takes a signal up: by when something is heard of it. On behalf of someone outside the network also what shows that they know of it. */
export const takeUpSchema = z.strictObject({ signalId: uuid(), dueOn: localDate(), words: plainText({ max: 500 }).optional() });

/** Says that an organisation does not go about it, and why. */
export const declineSignalSchema = z.strictObject({ signalId: uuid(), words: plainText({ min: 1, max: 500 }) });

/** What will change, and by when. */
export const agreeChangeSchema = z.strictObject({ signalId: uuid(), words: plainText({ min: 1, max: 500 }), dueOn: localDate() });

/** The text of the changed rule, and the day from which it holds. */
export const putInForceSchema = z.strictObject({ signalId: uuid(), words: plainText({ min: 1, max: 500 }), changedOn: localDate() });
