import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { getTies } from '#rooms/network/map/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** Who works with whom: the drawing, and the same as a table. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'ties.title'),
		ownOrganisationId: actor.organisationId,
		ties: await getTies(tx, actor, now)
	}));
};
