import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { inviteToTable } from '#rooms/cases/commands.server.ts';
import { listColleagues } from '#rooms/people/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const busy = new Set([
		...table.seats.map((seat) => seat.personId),
		...table.facts.invitations.filter((invitation) => invitation.state === 'waiting').map((invitation) => invitation.personId)
	]);
	const colleagues = await read(installation, actor, (tx, now) => listColleagues(tx, actor, now));
	return {
		title: say(locale, 'invite.title'),
		pseudonym: table.facts.pseudonym,
		holder: table.mySeat.holder,
		chosen: event.url.searchParams.get('collega') ?? undefined,
		// Colleagues of other organisations first: they know what we do not.
		colleagues: colleagues
			.filter((colleague) => !busy.has(colleague.personId))
			.toSorted((a, b) => Number(a.organisationId === actor.organisationId) - Number(b.organisationId === actor.organisationId)),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, inviteToTable, {
			form: 'invite',
			input: (fields) => ({
				caseId: event.params.id,
				membershipId: fields['membershipId'],
				message: fields['message'] ?? '',
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: () => `/${event.params.network}/casus/${event.params.id}`
		})
};
