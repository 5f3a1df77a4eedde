import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { makeCard } from '#rooms/knowledge/cards/commands.server.ts';
import { findAsk } from '#rooms/knowledge/read.server.ts';
import { getQuestionPage } from '#rooms/knowledge/conversation/read.server.ts';
import { act, actorOf, found } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
const askOf = (event: { url: URL }): string => {
	const askId = event.url.searchParams.get('antwoord') ?? '';
	if (!isId(askId)) error(404);
	return askId;
};

/** Makes a card of an answer that helped: for whoever asked. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const askId = askOf(event);
	const seen = await read(installation, actor, (tx) => findAsk(tx, actor, askId));
	if (!seen || seen.question.askedBy !== actor.personId) error(404);
	const page = found(await getQuestionPage(installation, actor, seen.question.questionId));
	return {
		title: say(locale, 'card.new_title'),
		questionId: seen.question.questionId,
		question: page.text,
		answer: page.answers.get(askId) ?? null,
		answerer: page.names.get(seen.ask.membershipId) ?? null,
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, makeCard, {
			form: 'card',
			input: (fields) => ({ askId: askOf(event), scheme: fields['scheme'] ?? '', how: fields['how'] ?? '', who: fields['who'] ?? '' }),
			to: ({ cardId }) => `/${event.params.network}/kennis/${cardId}`
		})
};
