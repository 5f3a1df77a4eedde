import { say } from '#foundation/text/say.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { actorOf, found } from '../../../../../form.server.ts';
import { agreementForm, agreementFormActions } from '../../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Promise at the table that one's organisation leaves something undone for a while. */
export const load: PageServerLoad = async (event) => {
	const table = found(await getCaseTable(event.locals.installation, actorOf(event), event.params.id));
	return { title: say(event.locals.locale, 'time_out.title'), name: table.facts.pseudonym, ...(await agreementForm(event, table)) };
};

export const actions: Actions = { make: agreementFormActions.make };
