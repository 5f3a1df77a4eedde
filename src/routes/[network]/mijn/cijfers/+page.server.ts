import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { getMyFigures } from '#rooms/table/roles/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** One's own figures: nobody else sees them. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	return {
		title: say(locale, 'my_figures.title'),
		figures: await read(installation, actorOf(event), (tx) => getMyFigures(tx))
	};
};
