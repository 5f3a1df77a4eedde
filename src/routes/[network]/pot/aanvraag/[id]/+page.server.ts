import { say } from '#foundation/text/say.server.ts';
import { judgeRequest, standAside } from '#rooms/fund/requests/judging/commands.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A request for who decides on it: everything that was filled in, and nothing of the case. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { atCase: _, ...paper } = found(await getRequestPaper(installation, actor, event.params.id));
	return {
		title: say(locale, 'request.title'),
		paper: { ...paper, atCase: null },
		me: actor.personId,
		now: installation.world.now(),
		key: installation.world.id()
	};
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/pot/aanvraag/${event.params.id}`;

export const actions: Actions = {
	judge: (event) =>
		act(event, judgeRequest, {
			form: 'judge',
			input: (fields) =>
				present({
					...{ requestId: event.params.id, verdict: fields['verdict'], reason: optional(fields['reason']) },
					...{ amount: fields['verdict'] === 'partly' ? optional(fields['amount']) : undefined },
					...{ condition: optional(fields['condition']), whoHelps: optional(fields['whoHelps']) },
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => here(event)
		}),
	aside: (event) => act(event, standAside, { form: 'aside', input: () => ({ requestId: event.params.id }), to: () => here(event) })
};
