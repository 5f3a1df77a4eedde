import { createHash, createHmac } from 'node:crypto';
import { validate } from 'uuid';
import type { World } from '../installation.ts';

/** Bytes of every secret that is handed out: 256 bits. */
const secretSize = 32;

/** A new secret as text of 43 characters, fit for a cookie, an address or a header (base64url). */
export const newSecret = (world: Pick<World, 'random'>): string => Buffer.from(world.random(secretSize)).toString('base64url');

const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** Whether a text has the form of a secret. Others are not looked up. */
export const isSecret = (text: string): boolean => secretPattern.test(text);

/** What is kept of a secret. Without salt, because 256 random bits cannot be guessed. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** HMAC-SHA256 of a text. */
export const keyedHash = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Whether a text from outside is an id. The database would throw on any other. */
export const isId = (text: string): boolean => validate(text);
