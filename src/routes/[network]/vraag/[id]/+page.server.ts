import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { askMore, voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { findVoteWish } from '#rooms/fund/requests/votes/read.server.ts';
import { answerQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { markHelped, writeMessage } from '#rooms/knowledge/conversation/commands.server.ts';
import { getQuestionPage } from '#rooms/knowledge/conversation/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A question: for who is asked, with the answers to choose from; for who asks, with what came of it. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return {
		title: say(locale, 'question.title'),
		wish: await read(installation, actor, (tx) => findVoteWish(tx, installation.keyring, actor, event.params.id)),
		live: `/${event.params.network}/live?vraag=${event.params.id}`,
		found: found(await getQuestionPage(installation, actor, event.params.id)),
		me: actor.personId,
		now: installation.world.now(),
		key: installation.world.id()
	};
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/vraag/${event.params.id}`;

export const actions: Actions = {
	vote: (event) => act(event, voteOnRequest, { form: 'vote', input: (fields) => ({ askId: fields['askId'] }), to: () => here(event) }),
	more: (event) => act(event, askMore, { form: 'more', input: (fields) => ({ askId: fields['askId'] }), to: () => here(event) }),
	answer: (event) =>
		act(event, answerQuestion, {
			form: 'answer',
			input: (fields) =>
				present({
					askId: fields['askId'],
					answer: fields['answer'],
					text: optional(fields['text']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => here(event)
		}),
	write: (event) =>
		act(event, writeMessage, {
			form: 'write',
			input: (fields) => ({ askId: fields['askId'], text: fields['message'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }),
			to: () => here(event)
		}),
	helped: (event) => act(event, markHelped, { form: 'helped', input: (fields) => ({ askId: fields['askId'] }), to: () => here(event) }),
	withdraw: (event) =>
		act(event, withdrawQuestion, { form: 'withdraw', input: () => ({ questionId: event.params.id }), to: () => here(event) })
};
