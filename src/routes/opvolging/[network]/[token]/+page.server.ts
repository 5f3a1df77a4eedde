import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { isAccountOf, openLink } from '#foundation/links/private-links.server.ts';
import { refuse } from '#foundation/outcome.ts';
import { say } from '#foundation/text/say.server.ts';
import { answerFollowUp } from '#rooms/returns/follow-up/commands.server.ts';
import { getFollowUpQuestion } from '#rooms/returns/follow-up/read.server.ts';
import { act } from '../../../form.server.ts';
import { followUpInput } from '../../follow-up-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

type Event = RequestEvent<{ network: string; token: string }>;
const open = async (event: Event): ReturnType<typeof openLink> => {
	const { installation, account } = event.locals;
	const opened = await openLink(installation, 'follow_up', event.params.network, event.params.token);
	if (!opened.ok || !opened.value.actor || account === null) return opened;
	return (await isAccountOf(installation, opened.value.actor, account.accountId)) ? opened : refuse('link_invalid');
};

/** How it is now, from the mail. Opening uses nothing up: scanners of mail open links too. */
export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
	const { installation, locale } = event.locals;
	const title = say(locale, 'follow_up.title');
	const done = event.url.searchParams.has('klaar');
	const opened = await open(event);
	if (!opened.ok) {
		const used = opened.refusal.code === 'link_used';
		return { title, question: null, done: used ? (done ? 'now' : 'before') : null, refusal: used ? null : opened.refusal, key: '' };
	}
	const { actor, subjectId } = opened.value;
	if (!actor) error(404);
	const question = await getFollowUpQuestion(installation, actor, { followUpId: subjectId });
	if (!question.ok) return { title, question: null, done: null, refusal: question.refusal, key: '' };
	return { title, question: question.value, done: null, refusal: null, key: installation.world.id() };
};

export const actions: Actions = {
	default: async (event) => {
		const opened = await open(event);
		if (!opened.ok) return fail(refusalStatus[opened.refusal.code], { refusal: opened.refusal, values: {}, form: 'follow_up' });
		const { actor, subjectId } = opened.value;
		if (!actor) error(404);
		return act(event, answerFollowUp, {
			form: 'follow_up',
			as: actor,
			input: (fields) => followUpInput({ ...fields, followUpId: subjectId }),
			to: () => `${event.url.pathname}?klaar`
		});
	}
};
