import { say } from '#foundation/text/say.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { actorOf, found } from '../../../../../form.server.ts';
import { changeForm, changeFormActions } from '../../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Offer another day, other words or another amount for an agreement. */
export const load: PageServerLoad = async (event) => {
	const table = found(await getCaseTable(event.locals.installation, actorOf(event), event.params.id));
	return { title: say(event.locals.locale, 'change.title'), name: table.facts.pseudonym, ...(await changeForm(event, table)) };
};

export const actions: Actions = changeFormActions;
