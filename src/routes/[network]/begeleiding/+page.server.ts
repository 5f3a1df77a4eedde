import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { remindOrganisation } from '#rooms/table/attention/commands.server.ts';
import { listReminded } from '#rooms/table/attention/read.server.ts';
import { remindedLately } from '#rooms/table/attention/rules.ts';
import { listTeams } from '#rooms/people/teams/read.server.ts';
import { getOrganisationFigures } from '#rooms/table/roles/read.server.ts';
import { toBringUp } from '#rooms/table/roles/rules.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What a facilitator may want to bring up: counts per organisation, and teams without duty. No case. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	if (!actor.roles.includes('facilitator')) error(404);
	return await read(installation, actor, async (tx, now) => {
		const organisations = (await getOrganisationFigures(tx, actor, now)) ?? [];
		const reminded = await listReminded(tx, actor);
		return {
			title: say(locale, 'facilitation.title'),
			small: organisations.filter(({ small }) => small).map(({ name }) => name),
			organisations: organisations
				.map((organisation) => ({
					...organisation,
					bring: toBringUp(organisation).map((what) => {
						const last = reminded.find(({ organisationId, code }) => organisationId === organisation.organisationId && code === what);
						return { what, remindedAt: last && remindedLately(last.at, now) ? last.at : null };
					})
				}))
				.filter(({ bring }) => bring.length > 0),
			now,
			key: installation.world.id(),
			teams: (await listTeams(tx, actor, now)).filter((team) => team.onDuty === null)
		};
	});
};

export const actions: Actions = {
	remind: (event) =>
		act(event, remindOrganisation, {
			form: 'remind',
			input: ({ organisationId, code }) => ({ organisationId, code }),
			to: () => `/${event.params.network}/begeleiding`
		})
};
