import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const organisations = await read(installation, actor, (tx, now) => listOrganisations(tx, actor, now));
	return {
		title: say(locale, 'close.title'),
		pseudonym: table.facts.pseudonym,
		followUps: table.followUps,
		waiting: table.agreements.filter(
			(agreement) => agreement.state === 'promised' || agreement.state === 'reported' || agreement.state === 'disputed'
		).length,
		// Own organisation first (F1).
		organisations: organisations.toSorted(
			(a, b) => Number(b.organisationId === actor.organisationId) - Number(a.organisationId === actor.organisationId)
		),
		own: actor.organisationId,
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, closeCase, {
			form: 'close',
			input: (fields) =>
				present({
					caseId: event.params.id,
					outcome: fields['outcome'],
					cause: fields['cause'],
					responsible: fields['responsible'] ?? '',
					words: optional(fields['words']),
					notFollowedBecause: optional(fields['notFollowedBecause']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => `/${event.params.network}/casus/${event.params.id}`
		})
};
