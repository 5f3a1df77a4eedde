import { z } from 'zod';
import { cents, oneOf, uuid } from '#foundation/text/free-text.schema.ts';

export const fundTeamSchema = z.strictObject({ teamId: uuid(), amount: cents({ min: 1, max: 1_000_000_00 }) });
export const confirmFundingSchema = z.strictObject({ fundingId: uuid(), answer: oneOf(['confirmed', 'declined']) });
