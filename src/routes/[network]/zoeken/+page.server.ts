import { error } from '@sveltejs/kit';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import { read } from '#foundation/command/reading.server.ts';
import { findCases } from '#foundation/search/find-cases.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listCasesById } from '#rooms/cases/read.server.ts';
import { actorOf, fieldsOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) => ({
	title: say(event.locals.locale, 'search.title'),
	now: event.locals.installation.world.now()
});

/** Searching is a POST: what people search for stays out of addresses and server logs. */
export const actions: Actions = {
	default: async (event) => {
		const { installation } = event.locals;
		const actor = actorOf(event);
		const { q = '' } = await fieldsOf(event);
		if (!(await installation.identity.keepsPace(actor.personId, 'search'))) error(refusalStatus.too_many_tries);
		const cases = await read(installation, actor, async (tx) => {
			const hits = await findCases(tx, q);
			return listCasesById(
				tx,
				actor,
				hits.map((hit) => hit.caseId)
			);
		});
		return { q, cases };
	}
};
