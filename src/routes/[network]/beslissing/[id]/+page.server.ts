import { say } from '#foundation/text/say.server.ts';
import { acceptAsk, declineAsk } from '#rooms/agreements/asks/commands.server.ts';
import { getMyAsk } from '#rooms/agreements/asks/read.server.ts';
import { act, actorOf, found } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What I am asked to decide: the agreement, nothing of the case. */
export const load: PageServerLoad = async (event) => ({
	ask: found(await getMyAsk(event.locals.installation, actorOf(event), event.params.id)),
	now: event.locals.installation.world.now(),
	title: say(event.locals.locale, 'decide.title'),
	key: event.locals.installation.world.id()
});

const input = (event: { params: { id: string } }) => () => ({ askId: event.params.id });
const to = (event: { params: { network: string; id: string } }) => () => `/${event.params.network}/beslissing/${event.params.id}`;

export const actions: Actions = {
	accept: (event) => act(event, acceptAsk, { form: 'accept', input: input(event), to: to(event) }),
	decline: (event) => act(event, declineAsk, { form: 'decline', input: input(event), to: to(event) })
};
