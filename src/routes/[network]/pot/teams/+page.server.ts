import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { confirmTeamFunding, fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { listTeamPurses, listWaitingFunding } from '#rooms/fund/team-money/read.server.ts';
import { getPotFigures } from '#rooms/fund/ledger/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const fundings = await listWaitingFunding(tx, actor);
		return {
			title: say(locale, 'team_money.title'),
			figures: await getPotFigures(tx),
			teams: await listTeamPurses(tx, actor),
			fundings,
			names: await listPeople(
				tx,
				actor,
				fundings.map((funding) => funding.personId)
			),
			treasurer: actor.roles.includes('treasurer'),
			...{ me: actor.personId, now, key: installation.world.id() }
		};
	});
};

export const actions: Actions = {
	fund: (event) =>
		act(event, fundTeam, {
			form: 'fund',
			input: (fields) => ({ teamId: fields['teamId'] ?? '', amount: fields['amount'] ?? '' }),
			to: () => `/${event.params.network}/pot/teams`
		}),
	confirm: (event) =>
		act(event, confirmTeamFunding, {
			form: 'confirm',
			input: (fields) => ({ fundingId: fields['fundingId'], answer: fields['answer'] }),
			to: () => `/${event.params.network}/pot/teams`
		})
};
