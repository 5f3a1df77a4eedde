import { z } from 'zod';
import { oneOf, plainText, uuid } from '#foundation/text/free-text.schema.ts';
import { talkParts } from '../rules.ts';

export const openStartTableSchema = z.strictObject({});
export const addStartNoteSchema = z.strictObject({ tableId: uuid(), part: oneOf(talkParts), text: plainText({ min: 1, max: 500 }) });
export const moveStartTableSchema = z.strictObject({ tableId: uuid(), part: oneOf(talkParts) });
export const closeStartTableSchema = z.strictObject({ tableId: uuid() });
