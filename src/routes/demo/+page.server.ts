import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error } from '@sveltejs/kit';
import { residentOfDemo } from '#foundation/installation.ts';
import { fieldsOf } from '../form.server.ts';
import { browserOf, enter, onlyInDemo } from '../sign-in.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The invented people to look around as. Outside the demo this page does not exist. */
export const load: PageServerLoad = async (event) => {
	onlyInDemo(event);
	const people = await event.locals.installation.identity.listDemoPeople();
	return {
		resident: await findResident(event.locals.installation.settings.dataFolder),
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

/** The link of the resident of the published case, as the demo laid it ready; null in an older demo. */
async function findResident(dataFolder: string): Promise<string | null> {
	const file = join(dataFolder, residentOfDemo);
	return existsSync(file) ? await readFile(file, 'utf8') : null;
}

export const actions: Actions = {
	default: async (event) => {
		onlyInDemo(event);
		const { accountId = '' } = await fieldsOf(event);
		const outcome = await event.locals.installation.identity.signInAs(accountId, browserOf(event));
		if (!outcome.ok) error(404);
		enter(event, outcome.value);
	}
};
