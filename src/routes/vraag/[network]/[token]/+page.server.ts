import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { askMore, voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { findVoteWish } from '#rooms/fund/requests/votes/read.server.ts';
import { answerQuestion } from '#rooms/knowledge/commands.server.ts';
import { getMailedQuestion, openQuestionLink } from '#rooms/knowledge/mailed/read.server.ts';
import type { MailedLink } from '#rooms/knowledge/mailed/read.server.ts';
import { act, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const linkOf = ({ locals, params }: RequestEvent & { params: { network: string; token: string } }): MailedLink => ({
	slug: params.network,
	token: params.token,
	accountId: locals.account?.accountId ?? null
});

/** The question, without signing in. Looking uses nothing up: scanners of mail open links too. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	event.setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
	const common = { title: say(locale, 'question.title'), now: installation.world.now(), key: installation.world.id() };
	const found = await getMailedQuestion(installation, linkOf(event));
	if (!found.ok) {
		if (found.refusal.code === 'not_found') error(404);
		return { ...common, against: found.refusal, question: null, wish: null };
	}
	const { page, myAsk } = found.value;
	const asker = page.names.get(page.question.membershipId);
	const link = await openQuestionLink(installation, linkOf(event));
	return {
		...common,
		wish: link.ok
			? await read(installation, link.value.actor, (tx) =>
					findVoteWish(tx, installation.keyring, link.value.actor, page.question.questionId)
				)
			: null,
		against: null,
		question: {
			...{ askId: myAsk.askId, reason: myAsk.reason, text: page.text, at: page.question.at, amountCents: page.question.amountCents },
			underWay: page.open,
			withdrawn: page.question.withdrawnAt !== null,
			asker: asker ? { name: asker.displayName, organisation: asker.organisationName } : null
		}
	};
};

export const actions: Actions = {
	default: async (event) => {
		const link = await openQuestionLink(event.locals.installation, linkOf(event));
		if (!link.ok) {
			if (link.refusal.code === 'not_found') error(404);
			return fail(refusalStatus[link.refusal.code], { refusal: link.refusal, values: {}, form: 'link' });
		}
		const { actor, askId } = link.value;
		const thanks = `/vraag/${event.params.network}/bedankt`;
		const answer = (await event.request.clone().formData()).get('answer');
		if (answer === 'agree') return act(event, voteOnRequest, { form: 'vote', as: actor, input: () => ({ askId }), to: () => thanks });
		if (answer === 'more') return act(event, askMore, { form: 'more', as: actor, input: () => ({ askId }), to: () => thanks });
		return act(event, answerQuestion, {
			form: 'answer',
			as: actor,
			input: (fields) =>
				present({ askId, answer: fields['answer'], text: optional(fields['text']), acknowledged: fields['acknowledged'] === 'yes' }),
			to: () => thanks
		});
	}
};
