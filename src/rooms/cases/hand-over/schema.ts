import { z } from 'zod';
import { freeText, oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { acknowledged } from '../schema.ts';

/** Offering a case to someone at its table. `stays`: whether the holder keeps a seat. */
export const offerHandOverSchema = z.strictObject({
	caseId: uuid(),
	membershipId: uuid(),
	stays: oneOf(['yes', 'no']),
	message: freeText({ max: 2_000 }).optional(),
	acknowledged
});
