import { z } from 'zod';
import { cents, localDate, uuid } from '#foundation/text/free-text.schema.ts';

export const amount = () => cents({ min: 1, max: 1_000_000_00 });

export const proposeClaimSchema = z.strictObject({ requestId: uuid(), organisationId: uuid(), amount: amount(), dueOn: localDate() });
export const claimSchema = z.strictObject({ claimId: uuid() });
export const payClaimSchema = z.strictObject({ claimId: uuid(), amount: amount() });
