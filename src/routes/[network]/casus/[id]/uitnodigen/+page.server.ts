import { say } from '#foundation/text/say.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { actorOf, found } from '../../../../form.server.ts';
import { inviteForm, inviteFormActions } from '../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Ask someone to the table. */
export const load: PageServerLoad = async (event) => {
	const table = found(await getCaseTable(event.locals.installation, actorOf(event), event.params.id));
	return { title: say(event.locals.locale, 'invite.title'), name: table.facts.pseudonym, ...(await inviteForm(event, table)) };
};

export const actions: Actions = inviteFormActions;
