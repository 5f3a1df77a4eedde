import { z } from 'zod';
import { uuid } from '#foundation/text/free-text.schema.ts';

export const reverseSchema = z.strictObject({ journalId: uuid() });
export const reversalSchema = z.strictObject({ reversalId: uuid() });
