import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listTeams } from '#rooms/people/teams/read.server.ts';
import { mayProposeForTeams } from '#rooms/people/teams/rules.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The teams of the network: who is in them, and who is on duty. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'teams.title'),
		mayMake: mayProposeForTeams(actor.roles),
		teams: await listTeams(tx, actor, now)
	}));
};
