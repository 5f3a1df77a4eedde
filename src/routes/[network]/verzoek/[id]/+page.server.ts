import { say } from '#foundation/text/say.server.ts';
import { answerRung } from '#rooms/agreements/escalation/commands.server.ts';
import { getMyAskedRung } from '#rooms/agreements/escalation/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What I am asked on a ladder: the question, nothing of the case. */
export const load: PageServerLoad = async (event) => ({
	asked: found(await getMyAskedRung(event.locals.installation, actorOf(event), event.params.id)),
	live: `/${event.params.network}/live?verzoek=${event.params.id}`,
	now: event.locals.installation.world.now(),
	me: actorOf(event).personId,
	title: say(event.locals.locale, 'asked_rung.title'),
	key: event.locals.installation.world.id()
});

export const actions: Actions = {
	default: (event) =>
		act(event, answerRung, {
			form: 'answer',
			input: (fields) =>
				present({
					...{ escalationId: event.params.id, answer: fields['answer'] },
					...{ words: optional(fields['words']), acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: () => `/${event.params.network}/verzoek/${event.params.id}`
		})
};
