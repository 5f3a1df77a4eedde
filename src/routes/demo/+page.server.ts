import { error } from '@sveltejs/kit';
import { fieldsOf } from '../form.server.ts';
import { browserOf, enter, onlyInDemo } from '../sign-in.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The invented people to look around as. Outside the demo this page does not exist. */
export const load: PageServerLoad = async (event) => {
	onlyInDemo(event);
	const people = await event.locals.installation.identity.listDemoPeople();
	return {
		people: people.map(({ accountId, memberships }) => ({
			accountId,
			name: memberships[0]?.personName ?? '',
			memberships: memberships.map(({ membershipId, functionTitle, organisationName, roles }) => ({
				membershipId,
				functionTitle,
				organisationName,
				roles
			}))
		}))
	};
};

export const actions: Actions = {
	default: async (event) => {
		onlyInDemo(event);
		const { accountId = '' } = await fieldsOf(event);
		const outcome = await event.locals.installation.identity.signInAs(accountId, browserOf(event));
		if (!outcome.ok) error(404);
		enter(event, outcome.value);
	}
};
