import { z } from 'zod';
import { uuid } from '#foundation/text/free-text.schema.ts';

export const proposeEndSchema = z.strictObject({ membershipId: uuid() });

export const endSchema = z.strictObject({ endId: uuid() });
