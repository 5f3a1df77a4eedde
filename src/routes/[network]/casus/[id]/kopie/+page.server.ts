import { say } from '#foundation/text/say.server.ts';
import { getCaseCopy } from '#rooms/table/copy/read.server.ts';
import { actorOf, found } from '../../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The case as plain text, to copy into one's own system. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	return { title: say(locale, 'copy.title'), ...found(await getCaseCopy(installation, actorOf(event), event.params.id, locale)) };
};
