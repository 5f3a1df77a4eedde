import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { setNamesToResidents } from '#rooms/privacy/resident/commands.server.ts';
import { showsNames } from '#rooms/privacy/resident/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Whether residents see the names of this organisation's people. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return {
		title: say(locale, 'organisation_names.title'),
		names: await read(installation, actor, (tx) => showsNames(tx, actor)),
		maySet: actor.roles.includes('administrator'),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, setNamesToResidents, {
			form: 'names',
			input: (fields) => ({ show: fields['show'] }),
			to: () => `/${event.params.network}/organisatie/namen`
		})
};
