import { error, redirect } from '@sveltejs/kit';
import { places } from '#ui/places.ts';
import { fieldsOf } from '../form.server.ts';
import { goOn, whoOf } from '../sign-in.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What someone can act as now. */
export const load: PageServerLoad = async (event) => {
	const { account, memberships, acting } = whoOf(event);
	return {
		// Only who can act as nothing is told why.
		left: memberships.length === 0 ? await event.locals.installation.identity.listLeft(account.accountId) : [],
		now: acting?.membershipId,
		memberships: memberships.map(({ membershipId, organisationName, functionTitle, networkName }) => ({
			membershipId,
			organisationName,
			functionTitle,
			networkName
		}))
	};
};

export const actions: Actions = {
	default: async (event) => {
		const who = whoOf(event);
		const { membershipId = '', back } = await fieldsOf(event);
		const outcome = await event.locals.installation.identity.chooseMembership(who, membershipId);
		if (outcome.ok) goOn(event, { acting: outcome.value }, back);
		if (outcome.refusal.code === 'session_ended') redirect(303, places.signIn);
		error(404);
	}
};
