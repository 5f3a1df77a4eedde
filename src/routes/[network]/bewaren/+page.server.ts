import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listGone, listKept } from '#rooms/privacy/retention/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** What is kept, how long and why: for everyone in the network, a privacy officer first. */
export const load: PageServerLoad = async (event) => {
	const actor = actorOf(event);
	const [kept, gone] = await read(event.locals.installation, actor, async (tx) => [await listKept(tx), await listGone(tx, actor)] as const);
	return { title: say(event.locals.locale, 'keeping.title'), kept, gone };
};
