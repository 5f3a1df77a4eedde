import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { searchCards } from '#rooms/knowledge/cards/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** What helped before: the cards of the network, and a search over them. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const query = (event.url.searchParams.get('q') ?? '').trim().slice(0, 1_000);
	return await read(installation, actor, async (tx, now) => ({
		title: say(locale, 'cards.title'),
		query,
		cards: await searchCards(tx, actor, now, query)
	}));
};
