import { say } from '#foundation/text/say.server.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { actorOf, found } from '../../../../../form.server.ts';
import { changeForm, changeFormActions } from '../../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Offer another day, other words or another amount for an agreement. */
export const load: PageServerLoad = async (event) => {
	const table = found(await getProject(event.locals.installation, actorOf(event), event.params.id));
	return { title: say(event.locals.locale, 'change.title'), name: table.facts.title, ...(await changeForm(event, table)) };
};

export const actions: Actions = changeFormActions;
