import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { askAgain } from '#rooms/fund/requests/again/commands.server.ts';
import { findAgain } from '#rooms/fund/requests/again/read.server.ts';
import { sendRequest, withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { isOfGone } from '#rooms/fund/requests/read.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import { recordReply } from '#rooms/fund/requests/steps/commands.server.ts';
import { act, actorOf, found } from '../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A request at the table of its case: how far it is, what is still to fill in, who decides and when. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const paper = found(await getRequestPaper(installation, actor, event.params.request));
	if (paper.atCase?.caseId !== event.params.id) error(404);
	return {
		title: say(locale, 'request.title'),
		live: `/${event.params.network}/live?casus=${event.params.id}`,
		paper,
		mine: paper.request.askedBy === actor.personId,
		ofGone: await read(installation, actor, (tx) => isOfGone(tx, paper.request.requestId)),
		again: paper.request.state === 'lapsed' ? await read(installation, actor, (tx) => findAgain(tx, actor, paper.request.requestId)) : null,
		now: installation.world.now(),
		key: installation.world.id()
	};
};

const here = (event: { params: { network: string; id: string; request: string } }) =>
	`/${event.params.network}/casus/${event.params.id}/geld/${event.params.request}`;

export const actions: Actions = {
	send: (event) => act(event, sendRequest, { form: 'send', input: () => ({ requestId: event.params.request }), to: () => here(event) }),
	again: (event) =>
		act(event, askAgain, {
			form: 'again',
			input: () => ({ requestId: event.params.request }),
			to: (made) => `/${event.params.network}/casus/${event.params.id}/geld/${made.requestId}`
		}),
	withdraw: (event) =>
		act(event, withdrawRequest, { form: 'withdraw', input: () => ({ requestId: event.params.request }), to: () => here(event) }),
	reply: (event) =>
		act(event, recordReply, {
			form: 'reply',
			input: (fields) => ({
				requestId: event.params.request,
				reply: fields['reply'] ?? '',
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: () => here(event)
		})
};
