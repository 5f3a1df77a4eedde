import { error } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { getBlankChainPaper } from '#rooms/chain/papers/read.server.ts';
import { languageOf, paperFile } from '../../paper-file.server.ts';
import type { RequestHandler } from './$types.js';

/** The blank workbook on organising a chain, for whoever wants to begin one: the same for everyone, in the language of the address, without signing in. */
export const GET: RequestHandler = async ({ url }) => {
	const made = await getBlankChainPaper(languageOf(url, 'nl'));
	if (!made.ok) error(refusalStatus[made.refusal.code]);
	return paperFile(made.value, 'keten-leeg');
};
