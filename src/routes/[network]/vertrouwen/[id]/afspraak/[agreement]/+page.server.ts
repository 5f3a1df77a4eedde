import { error } from '@sveltejs/kit';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { changeAgreement } from '#rooms/agreements/changes/commands.server.ts';
import { getPair } from '#rooms/chain/pairs/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Offer another day or other words for what was agreed in a pair. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const pair = found(await getPair(installation, actorOf(event), event.params.id));
	const agreement = pair.agreements.find((entry) => entry.agreementId === event.params.agreement);
	if (!agreement) error(404);
	const words = pair.words.get(agreement.versionId);
	return {
		title: say(locale, 'change.title'),
		organisation: pair.names.get(pair.other.membershipId)?.organisationName ?? '',
		now: { what: words?.get('agreement')?.text ?? '', proof: words?.get('proof')?.text ?? '', dueOn: agreement.dueOn },
		today: dayAt(installation.world.now()),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, changeAgreement, {
			form: 'change',
			input: (fields) =>
				present({
					...{ agreementId: event.params.agreement, what: fields['what'] ?? '', dueOn: fields['dueOn'] ?? '' },
					...{ proof: optional(fields['proof']), acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: () => `/${event.params.network}/vertrouwen/${event.params.id}`
		})
};
