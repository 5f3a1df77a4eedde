import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { lessonsFor } from '#rooms/chain/lessons/read.server.ts';
import { chosenForm } from '#rooms/chain/lessons/rules.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { actorOf, found } from '../../../../form.server.ts';
import { agreementForm, agreementFormActions } from '../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Make an agreement at the table. */
export const load: PageServerLoad = async (event) => {
	const table = found(await getCaseTable(event.locals.installation, actorOf(event), event.params.id));
	const actor = actorOf(event);
	const lessonForm = chosenForm(event.url);
	return {
		title: say(event.locals.locale, 'agreement.title'),
		name: table.facts.pseudonym,
		holder: table.mySeat.holder,
		lessonForm,
		lessons:
			lessonForm === null
				? []
				: await read(event.locals.installation, actor, (tx) => lessonsFor(tx, actor, { form: lessonForm, text: '' })),
		...(await agreementForm(event, table))
	};
};

export const actions: Actions = agreementFormActions;
