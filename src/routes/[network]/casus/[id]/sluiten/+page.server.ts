import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { listNamedCauses } from '#rooms/causes/overview/read.server.ts';
import { ownFirst } from '#rooms/causes/rules.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const { organisations, known } = await read(installation, actor, async (tx, now) => ({
		organisations: await listOrganisations(tx, actor, now),
		known: await listNamedCauses(tx)
	}));
	return {
		title: say(locale, 'close.title'),
		pseudonym: table.facts.pseudonym,
		followUps: table.followUps,
		waiting: table.agreements.filter(
			(agreement) => agreement.state === 'promised' || agreement.state === 'reported' || agreement.state === 'disputed'
		).length,
		// What was named while help was given: it is confirmed with one tap.
		named: table.cause === null ? null : { kind: table.cause.kind, title: table.cause.title },
		organisations: ownFirst(organisations, actor.organisationId),
		known: known.filter((cause) => cause.title !== ''),
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
					same: fields['same'] === 'yes',
					cause: optional(fields['cause']),
					causeId: optional(fields['causeId']),
					responsible: fields['responsible'] ?? '',
					title: fields['title'] ?? '',
					words: optional(fields['words']),
					notFollowedBecause: optional(fields['notFollowedBecause']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => `/${event.params.network}/casus/${event.params.id}`
		})
};
