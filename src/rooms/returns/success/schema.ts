import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';

/** It worked out: wholly, or partly. */
export const successOutcomes = ['reached', 'partly'] as const;

export const tellSuccessSchema = z.strictObject({ caseId: uuid(), outcome: oneOf(successOutcomes).default('reached') });
