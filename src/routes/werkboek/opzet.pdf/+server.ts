import { error } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { getBlankSetUp } from '#rooms/meetings/papers/read.server.ts';
import { languageOf, paperFile } from '../../paper-file.server.ts';
import type { RequestHandler } from './$types.js';

/** The blank workbook, for whoever wants to begin: the same for everyone, in the language of the address, without signing in. */
export const GET: RequestHandler = async ({ url }) => {
	const made = await getBlankSetUp(languageOf(url, 'nl'));
	if (!made.ok) error(refusalStatus[made.refusal.code]);
	return paperFile(made.value, 'opzet-leeg');
};
