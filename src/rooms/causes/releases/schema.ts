import { z } from 'zod';
import { oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { releaseHands, writtenKinds } from './rules.ts';

export const writeReleaseSchema = z.strictObject({ causeId: uuid(), kind: oneOf(writtenKinds), words: plainText({ min: 1, max: 300 }) });

export const confirmReleaseSchema = z.strictObject({ releaseId: uuid(), answer: oneOf(releaseHands) });
