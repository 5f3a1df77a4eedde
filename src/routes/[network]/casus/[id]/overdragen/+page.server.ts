import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { offerHandOver } from '#rooms/cases/hand-over/commands.server.ts';
import { decidesNothing } from '#rooms/cases/rules.ts';
import { listColleagues } from '#rooms/people/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The holder offers the case to someone at its table (A14). */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const colleagues = await read(installation, actor, (tx, now) => listColleagues(tx, actor, now));
	const mayHold = new Map(colleagues.filter(({ roles }) => !decidesNothing(roles)).map((colleague) => [colleague.membershipId, colleague]));
	return {
		title: say(locale, 'hand_over.title'),
		pseudonym: table.facts.pseudonym,
		others: table.seats.flatMap(({ membershipId }) => mayHold.get(membershipId) ?? []),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, offerHandOver, {
			form: 'handOver',
			input: (fields) =>
				present({
					caseId: event.params.id,
					membershipId: fields['membershipId'],
					stays: fields['stays'],
					message: optional(fields['message']),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => `/${event.params.network}/casus/${event.params.id}`
		})
};
