import { error } from '@sveltejs/kit';
import { say } from '#foundation/text/say.server.ts';
import { addDays } from '#foundation/time/days.ts';
import { getPair } from '#rooms/chain/pairs/read.server.ts';
import { lastDayOf, quarterOf } from '#rooms/chain/trust/rules.ts';
import { actorOf, found } from '../../../../form.server.ts';
import { agreementForm, agreementFormActions } from '../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One thing that one side does for the other. */
export const load: PageServerLoad = async (event) => {
	const pair = found(await getPair(event.locals.installation, actorOf(event), event.params.id));
	if (pair.state !== 'standing') error(404);
	const other = pair.names.get(pair.other.membershipId);
	const form = await agreementForm(event, pair);
	const end = lastDayOf(quarterOf(form.today));
	return {
		...form,
		title: say(event.locals.locale, 'trust.promise_act'),
		other: other?.displayName ?? '',
		name: other?.organisationName ?? '',
		// By the end of the quarter, unless that is within two weeks.
		dueOn: end < addDays(form.today, 14) ? addDays(form.today, 30) : end
	};
};

export const actions: Actions = agreementFormActions;
