import { error } from '@sveltejs/kit';
import { say } from '#foundation/text/say.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = (event) => {
	if (!actorOf(event).roles.includes('professional')) error(403);
	return {
		title: say(event.locals.locale, 'intake.title'),
		key: event.locals.installation.world.id(),
		// Whose drafts on this device may be offered.
		accountId: event.locals.account?.accountId ?? ''
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, openCase, {
			form: 'intake',
			input: (fields) =>
				present({
					stuck: fields['stuck'] ?? '',
					goal: optional(fields['goal']),
					firstNeed: fields['firstNeed'] ?? '',
					ownOrganisation: fields['ownOrganisation'] ?? '',
					looming: optional(fields['looming']),
					residentKnows: fields['residentKnows'],
					notYetBecause: optional(fields['notYetBecause']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: ({ caseId }) => `/${event.params.network}/casus/${caseId}`
		})
};
