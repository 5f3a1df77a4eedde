import { z } from 'zod';
import { uuid } from '#foundation/text/free-text.schema.ts';

export const proposeReturnSchema = z.strictObject({ organisationId: uuid() });

export const returnSchema = z.strictObject({ returnId: uuid() });
