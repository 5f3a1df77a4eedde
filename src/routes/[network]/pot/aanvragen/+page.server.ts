import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listBeforeSecretariat, listDecided } from '#rooms/fund/requests/judging/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { PageServerLoad } from './$types.js';

const pageSize = 20;
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** What waits for the secretariat, oldest first, and what it decided, newest first. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const before = event.url.searchParams.get('voor');
	return read(installation, actor, async (tx, now) => {
		const waiting = await listBeforeSecretariat(tx, actor, now);
		const found = await listDecided(tx, actor, { limit: pageSize + 1, ...(before !== null && isId(before) ? { before } : {}) });
		const decided = found.slice(0, pageSize);
		return {
			title: say(locale, 'secretariat.title'),
			live: `/${event.params.network}/live`,
			...{ waiting, decided, older: found.length > pageSize ? decided.at(-1)?.request.requestId : undefined },
			paged: before !== null,
			names: await listNames(
				tx,
				actor,
				[...waiting, ...decided].map(({ request }) => request.membershipId)
			),
			now
		};
	});
};
