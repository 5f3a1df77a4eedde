import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { findPlaceInList, listPeopleOfNetwork } from '#rooms/people/profiles/read.server.ts';
import { actorOf, fieldsOf } from '../../form.server.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';

const pageSize = 30;
const isId = (text: string | null | undefined): text is string =>
	typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

async function list(event: RequestEvent, query: string, afterId: string | null | undefined) {
	const actor = actorOf(event);
	return read(event.locals.installation, actor, async (tx, now) => {
		const after = isId(afterId) ? await findPlaceInList(tx, actor, afterId) : null;
		const people = await listPeopleOfNetwork(tx, actor, now, { query, limit: pageSize + 1, ...(after ? { after } : {}) });
		return { people: people.slice(0, pageSize), next: people.length > pageSize ? people[pageSize - 1]?.personId : undefined };
	});
}

/** Who is who, by name. */
export const load: PageServerLoad = async (event) => ({
	title: say(event.locals.locale, 'people_list.title'),
	...(event.request.method === 'POST' ? { people: [], next: undefined } : await list(event, '', event.url.searchParams.get('na')))
});

/** Searching is a POST: what people search for stays out of addresses and server logs. */
export const actions: Actions = {
	default: async (event) => {
		const { q = '', after } = await fieldsOf(event);
		return { q, ...(await list(event, q, after)) };
	}
};
