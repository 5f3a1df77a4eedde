import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { nameCause } from '#rooms/causes/commands.server.ts';
import { listNamedCauses } from '#rooms/causes/overview/read.server.ts';
import { ownFirst } from '#rooms/causes/rules.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Why help was needed, said while it is given (F1). */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const { organisations, known } = await read(installation, actor, async (tx, now) => ({
		organisations: await listOrganisations(tx, actor, now),
		known: await listNamedCauses(tx)
	}));
	return {
		title: say(locale, 'cause_form.title'),
		pseudonym: table.facts.pseudonym,
		organisations: ownFirst(organisations, actor.organisationId),
		own: actor.organisationId,
		known: known.filter((cause) => cause.title !== ''),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, nameCause, {
			form: 'cause',
			input: (fields) =>
				present({
					caseId: event.params.id,
					cause: optional(fields['cause']),
					causeId: optional(fields['causeId']),
					responsible: fields['responsible'] ?? '',
					title: fields['title'] ?? '',
					words: optional(fields['words']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => `/${event.params.network}/casus/${event.params.id}`
		})
};
