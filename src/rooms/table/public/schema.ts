import { z } from 'zod';
import { oneOf, uuid } from '#foundation/text/free-text.schema.ts';
import { pageAnswers } from './rules.ts';

export const proposePageSchema = z.strictObject({});

export const confirmPageSchema = z.strictObject({ pageId: uuid(), answer: oneOf(pageAnswers) });

export const withdrawPageSchema = z.strictObject({});
