import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { prepareRequest } from '#rooms/fund/requests/commands.server.ts';
import { getFundRules } from '#rooms/fund/rules-in-force/read.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The full lane begins. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const { rules, organisations } = await read(installation, actor, async (tx, now) => ({
		rules: await getFundRules(tx),
		organisations: await listOrganisations(tx, actor, now)
	}));
	return {
		title: say(locale, 'larger.title'),
		pseudonym: table.facts.pseudonym,
		days: rules.secretariat_days,
		hours: rules.acute_hours,
		organisations: organisations.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, prepareRequest, {
			form: 'larger',
			input: (fields) =>
				present({
					...{ caseId: event.params.id, what: fields['what'] ?? '', amount: fields['amount'] ?? '', supplier: fields['supplier'] ?? '' },
					...{ why: fields['why'] ?? '', kind: fields['kind'], repaidBy: optional(fields['repaidBy']) },
					...{ acute: fields['acute'] === 'yes', acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: (value) => `/${event.params.network}/casus/${event.params.id}/geld/${value.requestId}`
		})
};
