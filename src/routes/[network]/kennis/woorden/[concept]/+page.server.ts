import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import {
	addWord,
	restoreConcept,
	restoreFieldWord,
	retireConcept,
	retireFieldWord,
	retireWord
} from '#rooms/knowledge/words/commands.server.ts';
import { fieldThesaurus, getOwnThesaurus, joinWords } from '#rooms/knowledge/words/read.server.ts';
import { keepsWords, mayRetireFieldWord, mayRetireWord } from '#rooms/knowledge/words/rules.ts';
import { inUse, nameOf } from '#rooms/knowledge/words/kept/rules.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Every word for one thing: those of the field and those of this network, and those that count no more. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const own = await getOwnThesaurus(tx, actor);
		const kept = joinWords(fieldThesaurus, own);
		const found = kept.find((entry) => entry.concept === event.params.concept);
		if (!found) error(404);
		const [alone] = joinWords(fieldThesaurus, { ...own, words: [] }).filter(({ concept }) => concept === found.concept);
		const thing = own.concepts.find(({ conceptId }) => conceptId === found.conceptId);
		const words = own.words.filter((word) => word.concept === found.concept && !word.retired);
		const aside = own.aside.filter(({ concept }) => concept === found.concept);
		return {
			title: nameOf(found),
			now,
			/** With the words that are not the network's own, or are its name. */
			concept: { ...found, labels: alone?.labels ?? [] },
			thing: thing ? { membershipId: thing.membershipId, at: thing.at, mayRetire: mayRetireWord(thing, actor) } : null,
			partOf: inUse(kept).flatMap((entry) =>
				found.broader.includes(entry.concept) ? [{ concept: entry.concept, name: nameOf(entry) }] : []
			),
			own: words.map((word) => ({ ...word, mayRetire: mayRetireWord(word, actor) })),
			aside,
			mayAdd: keepsWords(actor),
			mayPutAside: mayRetireFieldWord(actor),
			names: await listNames(
				tx,
				actor,
				[...words, ...aside, ...(thing ? [thing] : [])].map(({ membershipId }) => membershipId)
			),
			key: installation.world.id()
		};
	});
};

type Event = { params: { network: string; concept: string } };
const here = (event: Event) => `/${event.params.network}/kennis/woorden/${event.params.concept}`;
const fieldWord = (event: Event) => (fields: Record<string, string>) => ({ concept: event.params.concept, label: fields['word'] ?? '' });
const thing = (fields: Record<string, string>) => ({ conceptId: fields['conceptId'] });

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
	retire: (event) => act(event, retireWord, { form: 'retire', input: (fields) => ({ wordId: fields['wordId'] }), to: () => here(event) }),
	aside: (event) => act(event, retireFieldWord, { form: 'aside', input: fieldWord(event), to: () => here(event) }),
	back: (event) => act(event, restoreFieldWord, { form: 'back', input: fieldWord(event), to: () => here(event) }),
	retireThing: (event) => act(event, retireConcept, { form: 'thing', input: thing, to: () => here(event) }),
	restoreThing: (event) => act(event, restoreConcept, { form: 'thing', input: thing, to: () => here(event) })
};
