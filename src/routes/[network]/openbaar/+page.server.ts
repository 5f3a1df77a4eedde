import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { confirmPage, proposePage, withdrawPage } from '#rooms/table/public/commands.server.ts';
import { getPageStanding, getPublicPage } from '#rooms/table/public/read.server.ts';
import { decidesOnPage, mayConfirmPage } from '#rooms/table/public/rules.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Whether there is a page for everyone, who decided so, and what stands on it. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const { state, newest } = await getPageStanding(tx, actor);
		const hands = newest ? [newest.membershipId, ...(newest.answeredByMembership === null ? [] : [newest.answeredByMembership])] : [];
		return {
			title: say(locale, 'public_page.title'),
			state,
			newest: newest ?? null,
			shown: await getPublicPage(tx, actor.networkId, now),
			names: await listNames(tx, actor, hands),
			decides: decidesOnPage(actor.roles),
			mayConfirm: state === 'proposed' && newest !== undefined && mayConfirmPage(newest, actor),
			key: installation.world.id()
		};
	});
};

const back = (slug: string) => () => `/${slug}/openbaar`;

export const actions: Actions = {
	propose: (event) => act(event, proposePage, { form: 'propose', input: () => ({}), to: back(event.params.network) }),
	confirm: (event) =>
		act(event, confirmPage, {
			form: 'confirm',
			input: ({ pageId, answer }) => ({ pageId, answer }),
			to: back(event.params.network)
		}),
	withdraw: (event) => act(event, withdrawPage, { form: 'withdraw', input: () => ({}), to: back(event.params.network) })
};
