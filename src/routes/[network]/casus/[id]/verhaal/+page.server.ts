import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { confirmStory, withdrawStory, writeStory } from '#rooms/causes/stories/commands.server.ts';
import { findStoryTable } from '#rooms/causes/stories/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The story of a closed case, without names: written by who holds it, read by someone of another organisation at that table. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { facts } = found(await getCaseTable(installation, actor, event.params.id));
	return await read(installation, actor, async (tx, now) => {
		const standing = await findStanding(tx, actor, now, facts.caseId);
		if (!standing) error(404);
		const told = await findStoryTable(tx, installation.keyring, actor, standing, facts.caseId);
		return {
			title: say(locale, 'story.title'),
			pseudonym: facts.pseudonym,
			...told,
			names: await listNames(
				tx,
				actor,
				told.stories.map(({ membershipId }) => membershipId)
			),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/casus/${event.params.id}/verhaal`;

export const actions: Actions = {
	write: (event) =>
		act(event, writeStory, {
			form: 'write',
			input: (fields) => ({ caseId: event.params.id, resident: fields['resident'] ?? '', words: fields['words'] ?? '' }),
			to: () => here(event)
		}),
	confirm: (event) =>
		act(event, confirmStory, {
			form: 'confirm',
			input: (fields) => ({ storyId: fields['storyId'], answer: fields['answer'] }),
			to: () => here(event)
		}),
	withdraw: (event) =>
		act(event, withdrawStory, { form: 'withdraw', input: (fields) => ({ storyId: fields['storyId'] }), to: () => here(event) })
};
