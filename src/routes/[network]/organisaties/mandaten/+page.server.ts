import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, addMonths, dayAt } from '#foundation/time/days.ts';
import { acceptMandate, confirmMandate, declineMandate, endMandate, proposeMandate } from '#rooms/people/mandates/commands.server.ts';
import { listMandates, listMyHands } from '#rooms/people/mandates/read.server.ts';
import { stateOfMandate } from '#rooms/people/mandates/rules.ts';
import { listColleagues, listNames, listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Who of my organisation may promise money or takes formal decisions; an administrator proposes, others accept and confirm. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const today = dayAt(now);
		const all = await listMandates(tx, actor);
		const hands = listMyHands(all, actor, today);
		const administrator = actor.roles.includes('administrator');
		const wanted = (mandateId: string, among: readonly { mandateId: string }[]) => among.some((entry) => entry.mandateId === mandateId);
		const colleagues = await listColleagues(tx, actor, now);
		return {
			title: say(locale, 'mandate.title'),
			mandates: all
				.map((mandate) => ({
					...mandate,
					state: stateOfMandate(mandate, all, today),
					toAccept: wanted(mandate.mandateId, hands.toAccept),
					toConfirm: wanted(mandate.mandateId, hands.toConfirm)
				}))
				.map((mandate) => ({
					...mandate,
					mayEnd: ['proposed', 'coming', 'valid'].includes(mandate.state) && (administrator || mandate.personId === actor.personId)
				}))
				.toReversed(),
			names: await listNames(
				tx,
				actor,
				all.map((mandate) => mandate.membershipId)
			),
			givers: await listPeople(
				tx,
				actor,
				all.map((mandate) => mandate.givenBy)
			),
			colleagues: administrator ? colleagues.filter((colleague) => colleague.organisationId === actor.organisationId) : [],
			administrator,
			today,
			inAYear: addDays(addMonths(today, 12), -1),
			key: installation.world.id()
		};
	});
};

const input = (fields: Record<string, string>) => ({ mandateId: fields['mandateId'] });
const to = (event: { params: { network: string } }) => () => `/${event.params.network}/organisaties/mandaten`;

export const actions: Actions = {
	propose: (event) =>
		act(event, proposeMandate, {
			form: 'propose',
			input: (fields) =>
				present({
					membershipId: fields['membershipId'],
					kind: fields['kind'],
					caseAmount: optional(fields['caseAmount']),
					periodAmount: optional(fields['periodAmount']),
					validFrom: fields['validFrom'] ?? '',
					validUntil: fields['validUntil'] ?? ''
				}),
			to: to(event)
		}),
	accept: (event) => act(event, acceptMandate, { form: 'hand', input, to: to(event) }),
	decline: (event) => act(event, declineMandate, { form: 'hand', input, to: to(event) }),
	confirm: (event) => act(event, confirmMandate, { form: 'hand', input, to: to(event) }),
	end: (event) => act(event, endMandate, { form: 'hand', input, to: to(event) })
};
