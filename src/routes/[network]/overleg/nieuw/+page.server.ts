import { say } from '#foundation/text/say.server.ts';
import { makeBody } from '#rooms/meetings/bodies/commands.server.ts';
import { mayDecide, mayMakeBody } from '#rooms/meetings/bodies/rules.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) => {
	const { roles } = actorOf(event);
	return {
		title: say(event.locals.locale, 'body.make_title'),
		key: event.locals.installation.world.id(),
		of: (['organisation', 'network'] as const).filter((of) => mayMakeBody(roles, of)),
		maySit: mayDecide(roles)
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, makeBody, {
			form: 'body',
			input: (fields) => ({
				...{ name: fields['name'] ?? '', kind: fields['kind'] ?? '', of: fields['of'] ?? '', rule: fields['rule'] ?? '' },
				withSeat: fields['withSeat'] === 'yes'
			}),
			to: ({ bodyId }) => `/${event.params.network}/overleg/${bodyId}`
		})
};
