import { z } from 'zod';
import { uuid } from '#foundation/text/free-text.schema.ts';
import { makeAgreementSchema } from '../schema.ts';

/** An agreement above one's own mandate, and who of one's organisation is asked to decide. */
export const askDeciderSchema = makeAgreementSchema.extend({ deciderMembershipId: uuid() });

export const askSchema = z.strictObject({ askId: uuid() });
