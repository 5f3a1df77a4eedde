import { say } from '#foundation/text/say.server.ts';
import { makeTeam } from '#rooms/people/teams/commands.server.ts';
import { act } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) => ({
	title: say(event.locals.locale, 'team_new.title'),
	key: event.locals.installation.world.id()
});

export const actions: Actions = {
	default: (event) =>
		act(event, makeTeam, {
			form: 'team',
			input: (fields) => ({ name: fields['name'] ?? '', area: fields['area'] ?? '' }),
			to: ({ teamId }) => `/${event.params.network}/team/${teamId}`
		})
};
