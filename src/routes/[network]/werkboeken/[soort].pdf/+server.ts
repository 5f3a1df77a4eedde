import { error, redirect } from '@sveltejs/kit';
import { getChainPaper } from '#rooms/chain/papers/read.server.ts';
import { chainPaperWord } from '#rooms/chain/papers/rules.ts';
import { getNetworkPaper } from '#rooms/meetings/papers/read.server.ts';
import { paperOfWord } from '#rooms/meetings/papers/rules.ts';
import { actorOf } from '../../../form.server.ts';
import { languageOf, paperFile } from '../../../paper-file.server.ts';
import type { RequestHandler } from './$types.js';

/** A paper of the network as it stands now. The layout that guards its pages does not stand before this door, so it is asked here again. */
export const GET: RequestHandler = async (event) => {
	const { installation, locale, acting } = event.locals;
	const kind = paperOfWord(event.params.soort);
	const ofChain = event.params.soort === chainPaperWord;
	if (acting?.networkSlug !== event.params.network || (kind === null && !ofChain)) error(404);
	const language = languageOf(event.url, locale);
	const actor = actorOf(event);
	// Who chose no year gets the one that runs.
	const asked = (kind === 'yearly_report' && event.url.searchParams.get('jaar')) || null;
	if (asked !== null && !/^\d{4}$/.test(asked)) error(404);
	const year = asked === null ? undefined : Number(asked);
	const made =
		kind === null ? await getChainPaper(installation, actor, language) : await getNetworkPaper(installation, actor, kind, language, year);
	if (made.ok) return paperFile(made.value, asked === null ? event.params.soort : `${event.params.soort}-${asked}`);
	if (made.refusal.code === 'not_found') error(404);
	redirect(303, `/${event.params.network}/werkboeken?niet=${made.refusal.code}`);
};
