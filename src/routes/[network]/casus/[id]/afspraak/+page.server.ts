import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const today = dayAt(installation.world.now());
	return {
		title: say(locale, 'agreement.title'),
		pseudonym: table.facts.pseudonym,
		others: table.seats
			.filter((seat) => seat.personId !== actor.personId)
			.map((seat) => ({ personId: seat.personId, holder: seat.holder, ...table.names.get(seat.membershipId) })),
		today,
		inAWeek: addDays(today, 7),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, makeAgreement, {
			form: 'agreement',
			input: (fields) =>
				present({
					caseId: event.params.id,
					what: fields['what'] ?? '',
					dueOn: fields['dueOn'] ?? '',
					receiverId: fields['receiverId'],
					proof: optional(fields['proof']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => `/${event.params.network}/casus/${event.params.id}`
		})
};
