import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { attentionCodes } from './rules.ts';

export const remindSchema = z.strictObject({ organisationId: uuid(), code: oneOf(attentionCodes) });
