import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { getNetwork, listOrganisations } from '#rooms/network/read.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { getNetworkPage } from '#rooms/table/figures/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The network as a whole: counts only, also over cases the reader does not sit at. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'network.title'),
		network: await getNetwork(tx, actor),
		organisations: await listOrganisations(tx, actor, now),
		figures: await getNetworkPage(tx, actor, now),
		start: await getNetworkStart(tx, actor),
		now
	}));
};
