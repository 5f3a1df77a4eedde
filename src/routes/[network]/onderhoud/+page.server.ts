import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listMyProjects } from '#rooms/chain/projects/read.server.ts';
import { mayOpenProject } from '#rooms/chain/projects/rules.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The projects at whose table one sits. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return {
		title: say(locale, 'project.title'),
		projects: await read(installation, actor, (tx) => listMyProjects(tx, actor)),
		mayOpen: mayOpenProject(actor.roles)
	};
};
