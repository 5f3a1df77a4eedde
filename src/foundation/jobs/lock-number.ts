import { createHash } from 'node:crypto';

/** The number of an advisory lock for a purpose (and a network): 64 bits, signed, as text. The same words give the same number. */
export const lockNumber = (purpose: string): string =>
	createHash('sha256').update(`loopplank ${purpose}`).digest().readBigInt64BE(0).toString();
