import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listBeforeSecretariat } from '#rooms/fund/requests/judging/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** What waits for the secretariat, oldest first. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const waiting = await listBeforeSecretariat(tx, actor, now);
		return {
			title: say(locale, 'secretariat.title'),
			live: `/${event.params.network}/live`,
			waiting,
			names: await listNames(
				tx,
				actor,
				waiting.map(({ request }) => request.membershipId)
			),
			now
		};
	});
};
