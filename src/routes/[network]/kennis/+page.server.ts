import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { searchCards } from '#rooms/knowledge/cards/read.server.ts';
import { actorOf, fieldsOf } from '../../form.server.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';

const list = (event: RequestEvent, query: string) => {
	const actor = actorOf(event);
	return read(event.locals.installation, actor, (tx, now) => searchCards(tx, actor, now, query));
};

/** What helped before: the cards of the network, and a search over them. */
export const load: PageServerLoad = async (event) => ({
	title: say(event.locals.locale, 'cards.title'),
	cards: event.request.method === 'POST' ? [] : await list(event, '')
});

/** Searching is a POST: what people search for stays out of addresses and server logs. */
export const actions: Actions = {
	default: async (event) => {
		const query = ((await fieldsOf(event))['q'] ?? '').trim().slice(0, 1_000);
		return { query, cards: await list(event, query) };
	}
};
