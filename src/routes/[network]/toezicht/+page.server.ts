import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listStoriesBeside } from '#rooms/causes/stories/read.server.ts';
import { getOrganisationFigures } from '#rooms/table/roles/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** Figures per organisation, for who oversees: no names, no cases. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const organisations = await getOrganisationFigures(tx, actor, now);
		if (!organisations) error(404);
		return { title: say(locale, 'oversight.title'), organisations, stories: (await listStoriesBeside(tx, actor)).newest };
	});
};
