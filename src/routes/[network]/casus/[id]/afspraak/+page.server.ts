import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { askDecider } from '#rooms/agreements/asks/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { listFormalDeciders } from '#rooms/people/mandates/read.server.ts';
import { findRoom } from '#rooms/people/room/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const today = dayAt(installation.world.now());
	const { room, formalDeciders } = await read(installation, actor, async (tx, now) => ({
		room: await findRoom(tx, actor, actor.organisationId),
		formalDeciders: (await listFormalDeciders(tx, actor, now)).map((colleague) => colleague.displayName)
	}));
	return {
		title: say(locale, 'agreement.title'),
		pseudonym: table.facts.pseudonym,
		others: table.seats
			.filter((seat) => seat.personId !== actor.personId)
			.map((seat) => ({ personId: seat.personId, holder: seat.holder, ...table.names.get(seat.membershipId) })),
		organisation: table.names.get(table.mySeat.membershipId)?.organisationName ?? '',
		room: room?.sentence,
		formalDeciders,
		today,
		inAWeek: addDays(today, 7),
		key: installation.world.id()
	};
};

type MakeEvent = Parameters<Actions[string]>[0];
const input = (event: MakeEvent) => (fields: Record<string, string>) =>
	present({
		caseId: event.params.id,
		kind: optional(fields['kind']),
		what: fields['what'] ?? '',
		dueOn: fields['dueOn'] ?? '',
		receiverId: fields['receiverId'],
		proof: optional(fields['proof']),
		amount: optional(fields['amount']),
		insideRoom: fields['insideRoom'] === 'yes',
		acknowledged: fields['acknowledged'] === 'yes'
	});
const to = (event: MakeEvent) => () => `/${event.params.network}/casus/${event.params.id}`;

export const actions: Actions = {
	make: (event) => act(event, makeAgreement, { form: 'agreement', input: input(event), to: to(event) }),
	ask: (event) =>
		act(event, askDecider, {
			form: 'agreement',
			input: (fields) => ({ ...input(event)(fields), deciderMembershipId: fields['deciderMembershipId'] }),
			to: to(event)
		})
};
