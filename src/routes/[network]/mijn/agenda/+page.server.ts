import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** One's own agenda: the meetings that are not over. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'my_agenda.title'),
		now,
		meetings: await listMyAgenda(tx, actor, now, now)
	}));
};
