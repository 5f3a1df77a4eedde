import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { answerPublication, proposePublication, tellOutside, withdrawPublication } from '#rooms/causes/publication/commands.server.ts';
import { findPublishing } from '#rooms/causes/publication/read.server.ts';
import { confirmRelease, writeRelease } from '#rooms/causes/releases/commands.server.ts';
import { areOtherEyes, mayRelease } from '#rooms/causes/releases/rules.ts';
import { listOrganisationNames } from '#rooms/network/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Making one cause public: who goes about it answers first, and words for outside are read by two. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const publishing = await findPublishing(tx, actor, now, event.params.id);
		if (!publishing) error(404);
		const { releases, publication } = publishing;
		return {
			title: say(locale, 'publication.title'),
			live: `/${event.params.network}/live?knelpunt=${publishing.cause.causeId}`,
			...publishing,
			releases: releases.map((one) => ({ ...one, mine: one.personId === actor.personId, other: areOtherEyes(one, actor) })),
			mayRelease: mayRelease(actor.roles),
			organisations: await listOrganisationNames(tx, actor),
			names: await listNames(
				tx,
				actor,
				[...releases, ...(publication ? [publication] : [])]
					.map((one) => one.membershipId)
					.concat(releases.flatMap(({ handMembershipId }) => handMembershipId ?? []))
			),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/knelpunt/${event.params.id}/openbaar`;

export const actions: Actions = {
	propose: (event) =>
		act(event, proposePublication, { form: 'propose', input: () => ({ causeId: event.params.id }), to: () => here(event) }),
	answer: (event) =>
		act(event, answerPublication, {
			form: 'answer',
			input: (fields) => present({ publicationId: fields['publicationId'], words: fields['words'] ?? '', proof: fields['proof'] }),
			to: () => here(event)
		}),
	tell: (event) =>
		act(event, tellOutside, {
			form: 'tell',
			input: (fields) => ({ publicationId: fields['publicationId'], proof: fields['proof'] ?? '' }),
			to: () => here(event)
		}),
	withdraw: (event) =>
		act(event, withdrawPublication, {
			form: 'withdraw',
			input: (fields) => ({ publicationId: fields['publicationId'] }),
			to: () => here(event)
		}),
	write: (event) =>
		act(event, writeRelease, {
			form: 'write',
			input: (fields) => ({ causeId: event.params.id, kind: fields['kind'] ?? '', words: fields['words'] ?? '' }),
			to: () => here(event)
		}),
	confirm: (event) =>
		act(event, confirmRelease, {
			form: 'confirm',
			input: (fields) =>
				present({
					...{ releaseId: fields['releaseId'], answer: fields['answer'] },
					...{ reason: optional(fields['reason']), words: optional(fields['words']) }
				}),
			to: () => here(event)
		})
};
