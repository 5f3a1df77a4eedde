import { readResidentPlan } from '#rooms/privacy/resident/read.server.ts';
import { listVisits } from '#rooms/privacy/resident/rules.ts';
import { notTooOften, opened } from '../../resident.server.ts';
import type { PageServerLoad } from './$types.js';

/** The resident's own plan, by their own link. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	await notTooOften(event);
	const { looks, ...plan } = await opened(event, await readResidentPlan(installation, event.params.network, event.params.token));
	return { plan, days: listVisits(looks), sent: event.url.searchParams.has('verstuurd'), base: event.url.pathname };
};
