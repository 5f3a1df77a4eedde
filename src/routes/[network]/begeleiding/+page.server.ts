import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listTeams } from '#rooms/people/teams/read.server.ts';
import { getOrganisationFigures } from '#rooms/table/roles/read.server.ts';
import { toBringUp } from '#rooms/table/roles/rules.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** What a facilitator may want to bring up: counts per organisation, and teams without duty. No case. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	if (!actor.roles.includes('facilitator')) error(404);
	return await read(installation, actor, async (tx, now) => {
		const organisations = (await getOrganisationFigures(tx, actor, now)) ?? [];
		return {
			title: say(locale, 'facilitation.title'),
			organisations: organisations
				.map((organisation) => ({ ...organisation, bring: toBringUp(organisation.cells) }))
				.filter(({ bring }) => bring.length > 0),
			teams: (await listTeams(tx, actor, now)).filter((team) => team.onDuty === null)
		};
	});
};
