import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { findPersonOfNetwork, findProfile } from '#rooms/people/profiles/read.server.ts';
import { listTeams } from '#rooms/people/teams/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** A colleague as they want to be known. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const seen = await read(installation, actor, async (tx, now) => {
		const person = await findPersonOfNetwork(tx, actor, now, event.params.id);
		if (!person) return null;
		const teams = await listTeams(tx, actor, now);
		return {
			now,
			person,
			profile: await findProfile(tx, actor, event.params.id),
			teams: teams.filter((team) => team.members.some((member) => member.personId === event.params.id)),
			me: actor.personId === event.params.id
		};
	});
	if (!seen) error(404);
	return { ...seen, title: say(locale, 'colleague.title') };
};
