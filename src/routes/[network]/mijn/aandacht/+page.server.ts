import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listMyAttention } from '#rooms/table/attention/read.server.ts';
import { countAttention } from '#rooms/table/attention/rules.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** What asks for one's own attention: nobody else sees it. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const attention = await listMyAttention(tx, installation.keyring, actor, now);
		return { title: say(locale, 'attention.title'), now, attention, count: countAttention(attention) };
	});
};
