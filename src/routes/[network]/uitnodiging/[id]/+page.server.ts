import { say } from '#foundation/text/say.server.ts';
import { acceptInvitation, declineInvitation } from '#rooms/cases/commands.server.ts';
import { getMyInvitation } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** An invitation to a table: who asks, and their words. Nothing of the case itself. */
export const load: PageServerLoad = async (event) => ({
	...found(await getMyInvitation(event.locals.installation, actorOf(event), event.params.id)),
	title: say(event.locals.locale, 'invitation.title'),
	key: event.locals.installation.world.id()
});

export const actions: Actions = {
	accept: (event) =>
		act(event, acceptInvitation, {
			form: 'accept',
			input: () => ({ invitationId: event.params.id }),
			to: ({ caseId }) => `/${event.params.network}/casus/${caseId}`
		}),
	decline: (event) =>
		act(event, declineInvitation, {
			form: 'decline',
			input: () => ({ invitationId: event.params.id }),
			to: () => `/${event.params.network}`
		})
};
