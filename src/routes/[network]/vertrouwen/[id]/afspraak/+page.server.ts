import { error } from '@sveltejs/kit';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { getPair } from '#rooms/chain/pairs/read.server.ts';
import { lastDayOf, quarterOf } from '#rooms/chain/trust/rules.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One thing that one side does for the other. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const pair = found(await getPair(installation, actorOf(event), event.params.id));
	if (pair.state !== 'standing') error(404);
	const other = pair.names.get(pair.other.membershipId);
	const today = dayAt(installation.world.now());
	const end = lastDayOf(quarterOf(today));
	return {
		title: say(locale, 'trust.promise_act'),
		name: other?.displayName ?? '',
		organisation: other?.organisationName ?? '',
		receiverId: pair.other.personId,
		today,
		// By the end of the quarter, unless that is within two weeks.
		dueOn: end < addDays(today, 14) ? addDays(today, 30) : end,
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, makeAgreement, {
			form: 'agreement',
			input: (fields) =>
				present({
					...{ caseId: event.params.id, what: fields['what'] ?? '', dueOn: fields['dueOn'] ?? '', receiverId: fields['receiverId'] },
					...{ proof: optional(fields['proof']), acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: () => `/${event.params.network}/vertrouwen/${event.params.id}`
		})
};
