import { say } from '#foundation/text/say.server.ts';
import { getCaseLog } from '#rooms/table/read.server.ts';
import { actorOf, found } from '../../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** Who did and saw what in this case. */
export const load: PageServerLoad = async (event) => ({
	...found(await getCaseLog(event.locals.installation, actorOf(event), event.params.id)),
	title: say(event.locals.locale, 'log.title'),
	now: event.locals.installation.world.now()
});
