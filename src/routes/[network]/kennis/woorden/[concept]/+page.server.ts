import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { addWord, retireWord } from '#rooms/knowledge/words/commands.server.ts';
import { fieldThesaurus, listOwnWords } from '#rooms/knowledge/words/read.server.ts';
import { keepsWords, mayRetireWord } from '#rooms/knowledge/words/rules.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Every word for one thing: those of the field and those of this network. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const concept = fieldThesaurus.find((entry) => entry.concept === event.params.concept);
	if (!concept) error(404);
	return await read(installation, actor, async (tx, now) => {
		const own = (await listOwnWords(tx, actor)).filter((word) => word.concept === concept.concept);
		return {
			title: concept.labels[0]?.text ?? '',
			now,
			concept,
			partOf: fieldThesaurus.flatMap((entry) =>
				concept.broader.includes(entry.concept) ? [{ concept: entry.concept, name: entry.labels[0]?.text ?? '' }] : []
			),
			own: own.map((word) => ({ ...word, mayRetire: mayRetireWord(word, actor) })),
			mayAdd: keepsWords(actor),
			names: await listNames(
				tx,
				actor,
				own.map((word) => word.membershipId)
			),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string; concept: string } }) => `/${event.params.network}/kennis/woorden/${event.params.concept}`;

export const actions: Actions = {
	add: (event) =>
		act(event, addWord, {
			form: 'add',
			input: (fields) => ({
				...{ concept: event.params.concept, label: fields['label'] ?? '', register: fields['register'] },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: () => here(event)
		}),
	retire: (event) => act(event, retireWord, { form: 'retire', input: (fields) => ({ wordId: fields['wordId'] }), to: () => here(event) })
};
