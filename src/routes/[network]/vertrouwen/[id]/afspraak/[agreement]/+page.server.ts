import { say } from '#foundation/text/say.server.ts';
import { getPair } from '#rooms/chain/pairs/read.server.ts';
import { actorOf, found } from '../../../../../form.server.ts';
import { changeForm, changeFormActions } from '../../../../table-forms.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Offer another day or other words for what was agreed in a pair. */
export const load: PageServerLoad = async (event) => {
	const pair = found(await getPair(event.locals.installation, actorOf(event), event.params.id));
	return {
		title: say(event.locals.locale, 'change.title'),
		name: pair.names.get(pair.other.membershipId)?.organisationName ?? '',
		...(await changeForm(event, pair))
	};
};

export const actions: Actions = changeFormActions;
