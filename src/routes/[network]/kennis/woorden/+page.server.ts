import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { fieldThesaurus, getOwnThesaurus, joinWords } from '#rooms/knowledge/words/read.server.ts';
import { keepsWords } from '#rooms/knowledge/words/rules.ts';
import { findConcepts, nameOf } from '#rooms/knowledge/words/kept/rules.ts';
import { actorOf, fieldsOf } from '../../../form.server.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';

async function list(event: RequestEvent, query: string) {
	const actor = actorOf(event);
	const kept = joinWords(fieldThesaurus, await read(event.locals.installation, actor, (tx) => getOwnThesaurus(tx, actor)));
	return findConcepts(kept, query).map((entry) => ({
		...{ concept: entry.concept, saysFor: entry.saysFor, retired: entry.retired, own: entry.conceptId !== null },
		...{ name: nameOf(entry), words: entry.labels.length }
	}));
}

/** The words by which who knows, and what helped, is found. */
export const load: PageServerLoad = async (event) => ({
	title: say(event.locals.locale, 'word.title'),
	mayAdd: keepsWords(actorOf(event)),
	concepts: event.request.method === 'POST' ? [] : await list(event, '')
});

/** Searching is a POST: what people search for stays out of addresses and server logs. */
export const actions: Actions = {
	default: async (event) => {
		const query = ((await fieldsOf(event))['q'] ?? '').trim().slice(0, 100);
		return { query, concepts: await list(event, query) };
	}
};
