import { error, redirect } from '@sveltejs/kit';
import { getCaseEvaluation } from '#rooms/meetings/papers/read.server.ts';
import { actorOf } from '../../../../form.server.ts';
import { languageOf, paperFile } from '../../../../paper-file.server.ts';
import type { RequestHandler } from './$types.js';

/** The evaluation of a case. The layout that guards the pages of a network does not stand before this door, so it is asked here again. */
export const GET: RequestHandler = async (event) => {
	const { installation, locale, acting } = event.locals;
	if (acting?.networkSlug !== event.params.network) error(404);
	const made = await getCaseEvaluation(installation, actorOf(event), event.params.id, languageOf(event.url, locale));
	if (made.ok) return paperFile(made.value.bytes, `evaluatie-${made.value.pseudonym.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`);
	if (made.refusal.code === 'not_found') error(404);
	redirect(303, `/${event.params.network}/werkboeken?niet=${made.refusal.code}`);
};
