import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listBookings } from '#rooms/fund/ledger/read.server.ts';
import { listPayments } from '#rooms/fund/payments/read.server.ts';
import { judgeRequest, standAside } from '#rooms/fund/requests/judging/commands.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { sendReceipt } from '../../../../receipt-form.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A request for who decides on it: everything that was filled in, what was paid, and nothing of the case. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { atCase, ...paper } = found(await getRequestPaper(installation, actor, event.params.id));
	const { payments, payers, bookings } = await read(installation, actor, async (tx) => {
		const listed = await listPayments(tx, actor, event.params.id);
		return {
			payments: listed,
			payers: await listPeople(
				tx,
				actor,
				listed.map((payment) => payment.personId)
			),
			bookings: await listBookings(
				tx,
				actor,
				listed.map((payment) => payment.paymentId)
			)
		};
	});
	return {
		...{ payments, payers, bookings },
		mayAdd: atCase !== null || actor.roles.includes('treasurer') || paper.request.askedBy === actor.personId,
		title: say(locale, 'request.title'),
		paper: { ...paper, atCase: null },
		me: actor.personId,
		now: installation.world.now(),
		key: installation.world.id()
	};
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/pot/aanvraag/${event.params.id}`;

export const actions: Actions = {
	receipt: (event) => sendReceipt(event, () => here(event)),
	judge: (event) =>
		act(event, judgeRequest, {
			form: 'judge',
			input: (fields) =>
				present({
					...{ requestId: event.params.id, verdict: fields['verdict'], reason: optional(fields['reason']) },
					...{ amount: fields['verdict'] === 'partly' ? optional(fields['amount']) : undefined },
					...{ condition: optional(fields['condition']), whoHelps: optional(fields['whoHelps']) },
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: () => here(event)
		}),
	aside: (event) => act(event, standAside, { form: 'aside', input: () => ({ requestId: event.params.id }), to: () => here(event) })
};
