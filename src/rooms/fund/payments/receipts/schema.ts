import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';

/** The receipt as base64, and of what kind it was found to be. Only `takeReceipt` makes one. */
export const keptReceipt = z.strictObject({ mediaType: oneOf(['image/jpeg', 'application/pdf']), base64: z.string() });
/** The receipt as it comes in: the file itself, as base64. */
export const sentReceipt = z.base64({ error: 'wrong_type' }).max(13_500_000, { error: 'file_too_large' });

export const keepReceiptSchema = z.strictObject({ paymentId: uuid(), receipt: keptReceipt });
const required = z.string({ error: 'required' }).min(1, { error: 'required', abort: true });
export const addReceiptSchema = z.strictObject({ paymentId: uuid(), receipt: required.pipe(sentReceipt) });
