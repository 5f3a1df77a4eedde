import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listPublicCauses } from '#rooms/causes/publication/read.server.ts';
import { listReleases } from '#rooms/causes/releases/read.server.ts';
import { areOtherEyes, mayRelease } from '#rooms/causes/releases/rules.ts';
import { getNetwork, listOrganisationNames } from '#rooms/network/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** What of the network's causes is public, as members read it. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx) => ({
		title: say(locale, 'register.title'),
		network: await getNetwork(tx, actor),
		causes: await listPublicCauses(tx),
		names: await listOrganisationNames(tx, actor),
		waiting: mayRelease(actor.roles)
			? (await listReleases(tx, actor.networkId)).filter((one) => one.hand === null && areOtherEyes(one, actor))
			: []
	}));
};
