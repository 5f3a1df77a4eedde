import { z } from 'zod';
import { localDate, plainText, uuid } from '#foundation/text/free-text.schema.ts';

/** Where can be read what someone outside the network is said to do: asked when it is recorded on their behalf (F3). */
const proof = plainText({ max: 200 }).optional();

/** Takes a signal up: by when something is heard of it. */
export const takeUpSchema = z.strictObject({ signalId: uuid(), dueOn: localDate(), words: plainText({ max: 500 }).optional(), proof });

/** Says that an organisation does not go about it, and why. */
export const declineSignalSchema = z.strictObject({ signalId: uuid(), words: plainText({ min: 1, max: 500 }), proof });

/** Asks another: an organisation's id or a code of someone outside. */
export const askOtherSchema = z.strictObject({ signalId: uuid(), responsible: z.string({ error: 'required' }).min(1, 'required').max(60) });

/** What will change, and by when. */
export const agreeChangeSchema = z.strictObject({ signalId: uuid(), words: plainText({ min: 1, max: 500 }), dueOn: localDate(), proof });

/** The text of the changed rule, and the day from which it holds. */
export const putInForceSchema = z.strictObject({ signalId: uuid(), words: plainText({ min: 1, max: 500 }), changedOn: localDate(), proof });
