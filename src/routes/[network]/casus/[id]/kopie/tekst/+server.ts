import { error } from '@sveltejs/kit';
import { getCaseCopy } from '#rooms/table/copy/read.server.ts';
import { actorOf, found } from '../../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** The same text as a file. The layout that guards the pages of a network does not stand before this door, so it is asked here again. */
export const GET: RequestHandler = async (event) => {
	const { installation, locale, acting } = event.locals;
	if (acting?.networkSlug !== event.params.network) error(404);
	const { pseudonym, text } = found(await getCaseCopy(installation, actorOf(event), event.params.id, locale));
	const name = pseudonym.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
	return new Response(text, {
		headers: {
			'content-type': 'text/plain; charset=utf-8',
			'content-disposition': `attachment; filename="${name}.txt"`,
			'cache-control': 'no-store'
		}
	});
};
