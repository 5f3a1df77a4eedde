import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { askForChange, changeAgreement } from '#rooms/agreements/changes/commands.server.ts';
import { findRoom } from '#rooms/people/room/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Offer another day, other words or another amount for an agreement. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const agreement = table.agreements.find((entry) => entry.agreementId === event.params.agreement);
	if (!agreement) error(404);
	const words = table.words.get(agreement.versionId);
	return {
		title: say(locale, 'change.title'),
		pseudonym: table.facts.pseudonym,
		kind: agreement.kind,
		mine: agreement.personId === actor.personId,
		organisation: table.names.get(agreement.membershipId)?.organisationName ?? '',
		room: (await read(installation, actor, (tx) => findRoom(tx, actor, agreement.organisationId)))?.sentence,
		now: { what: words?.get('agreement')?.text ?? '', proof: words?.get('proof')?.text ?? '', dueOn: agreement.dueOn },
		amountCents: agreement.amountCents,
		today: dayAt(installation.world.now()),
		key: installation.world.id()
	};
};

type ChangeEvent = Parameters<Actions[string]>[0];
const input = (event: ChangeEvent) => (fields: Record<string, string>) =>
	present({
		agreementId: event.params.agreement,
		what: fields['what'] ?? '',
		dueOn: fields['dueOn'] ?? '',
		proof: optional(fields['proof']),
		amount: optional(fields['amount']),
		insideRoom: fields['insideRoom'] === 'yes',
		acknowledged: fields['acknowledged'] === 'yes'
	});
const to = (event: ChangeEvent) => () => `/${event.params.network}/casus/${event.params.id}`;

export const actions: Actions = {
	offer: (event) => act(event, changeAgreement, { form: 'change', input: input(event), to: to(event) }),
	ask: (event) =>
		act(event, askForChange, {
			form: 'change',
			input: (fields) => ({ ...input(event)(fields), deciderMembershipId: fields['deciderMembershipId'] }),
			to: to(event)
		})
};
