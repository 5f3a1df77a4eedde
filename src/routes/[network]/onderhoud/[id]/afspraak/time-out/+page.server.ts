import { say } from '#foundation/text/say.server.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { actorOf, found } from '../../../../../form.server.ts';
import { agreementForm, agreementFormActions } from '../../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Promise at the table that one's organisation leaves something undone for a while. */
export const load: PageServerLoad = async (event) => {
	const table = found(await getProject(event.locals.installation, actorOf(event), event.params.id));
	return { title: say(event.locals.locale, 'time_out.title'), name: table.facts.title, ...(await agreementForm(event, table)) };
};

export const actions: Actions = { make: agreementFormActions.make };
