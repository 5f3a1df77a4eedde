import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { fieldThesaurus, joinWords, listOwnWords } from '#rooms/knowledge/words/read.server.ts';
import { findConcepts } from '#rooms/knowledge/words/rules.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The words by which who knows, and what helped, is found. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const query = (event.url.searchParams.get('q') ?? '').trim().slice(0, 100);
	const concepts = joinWords(fieldThesaurus, await read(installation, actor, (tx) => listOwnWords(tx, actor)));
	return {
		title: say(locale, 'word.title'),
		query,
		concepts: findConcepts(concepts, query).map(({ concept, labels, saysFor }) => ({
			concept,
			name: labels[0]?.text ?? '',
			saysFor,
			words: labels.length
		}))
	};
};
