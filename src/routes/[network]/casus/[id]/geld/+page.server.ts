import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { askRequest } from '#rooms/fund/requests/commands.server.ts';
import { getFundRules } from '#rooms/fund/rules-in-force/read.server.ts';
import { lightLimit } from '#rooms/fund/rules-in-force/rules.ts';
import { listTeams } from '#rooms/people/teams/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Money in the light lane: one screen. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const { rules, teams } = await read(installation, actor, async (tx, now) => ({
		rules: await getFundRules(tx),
		teams: await listTeams(tx, actor, now)
	}));
	const mine = teams.filter((team) => team.members.some((member) => member.membershipId === actor.membershipId));
	return {
		title: say(locale, 'money.title'),
		pseudonym: table.facts.pseudonym,
		limit: lightLimit(rules),
		colleagues: rules.agreeing_colleagues,
		organisations: rules.agreeing_organisations,
		teams: teams.map(({ teamId, name }) => ({ value: teamId, label: name })),
		chosen: mine.length === 1 ? mine[0]?.teamId : teams.length === 1 ? teams[0]?.teamId : undefined,
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, askRequest, {
			form: 'money',
			input: (fields) =>
				present({
					...{ caseId: event.params.id, what: fields['what'] ?? '', amount: fields['amount'] ?? '', supplier: fields['supplier'] ?? '' },
					...{ why: fields['why'] ?? '', teamId: fields['teamId'], acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: (value) => `/${event.params.network}/casus/${event.params.id}/geld/${value.requestId}`
		})
};
