import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listNetworkAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { getTies } from '#rooms/network/map/read.server.ts';
import { getNetwork, listOrganisations } from '#rooms/network/read.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { getNetworkPage } from '#rooms/table/figures/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** So many of its meetings to come; the others stand with all meetings. */
const mostMeetings = 4;

/** The network as a whole: what it wants, who works with whom, what is coming, and counts, also over cases the reader does not sit at. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'network.title'),
		network: await getNetwork(tx, actor),
		organisations: await listOrganisations(tx, actor, now),
		figures: await getNetworkPage(tx, actor, now),
		start: await getNetworkStart(tx, actor),
		ties: await getTies(tx, actor, now),
		ownOrganisationId: actor.organisationId,
		agenda: await listNetworkAgenda(tx, actor, now, mostMeetings),
		now
	}));
};
