import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#foundation/actor.ts';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { openLink } from '#foundation/links/private-links.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { say } from '#foundation/text/say.server.ts';
import { answerQuestion } from '#rooms/knowledge/commands.server.ts';
import { getAskPage, isAccountOf } from '#rooms/knowledge/conversation/read.server.ts';
import { act, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** As whom this link acts, and about which ask. Signed in as someone else one does not find it: a mail that was forwarded acts for nobody. */
async function open(
	event: RequestEvent & { params: { network: string; token: string } }
): Promise<Outcome<{ actor: Actor; askId: string }>> {
	const { installation, account } = event.locals;
	const link = await openLink(installation, 'question', event.params.network, event.params.token);
	if (!link.ok) return link;
	const { actor, subjectId } = link.value;
	if (!actor) return refuse('link_invalid');
	if (account && !(await isAccountOf(installation, actor, account.accountId))) error(404);
	return ok({ actor, askId: subjectId });
}

/** The question, without signing in. Looking uses nothing up: scanners of mail open links too. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	event.setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
	const common = { title: say(locale, 'question.title'), now: installation.world.now(), key: installation.world.id() };
	const link = await open(event);
	if (!link.ok) return { ...common, against: link.refusal, question: null };
	const { actor, askId } = link.value;
	const page = await getAskPage(installation, actor, askId);
	if (!page.ok || !page.value.myAsk) error(404);
	const { question, text, names, open: underWay } = page.value;
	const asker = names.get(question.membershipId);
	return {
		...common,
		against: null,
		question: {
			...{ askId, text, at: question.at, amountCents: question.amountCents, reason: page.value.myAsk.reason, underWay },
			withdrawn: question.withdrawnAt !== null,
			asker: asker ? { name: asker.displayName, organisation: asker.organisationName } : null
		}
	};
};

export const actions: Actions = {
	default: async (event) => {
		const link = await open(event);
		if (!link.ok) return fail(refusalStatus[link.refusal.code], { refusal: link.refusal, values: {}, form: 'link' });
		const { actor, askId } = link.value;
		return act(event, answerQuestion, {
			form: 'answer',
			as: actor,
			input: (fields) =>
				present({ askId, answer: fields['answer'], text: optional(fields['text']), acknowledged: fields['acknowledged'] === 'yes' }),
			to: () => `/vraag/${event.params.network}/bedankt`
		});
	}
};
