import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { keepsPot } from '#rooms/fund/ledger/rules.ts';
import { releasePayment, tickTransfer, withdrawPayment } from '#rooms/fund/payments/commands.server.ts';
import { listToRelease, readTransfers } from '#rooms/fund/payments/read.server.ts';
import { showIban } from '#rooms/fund/payments/rules.ts';
import { listNames, listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What is to be let go and to be transferred. It says who is paid and never for which case; each reading leaves a line in the log of its case. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	if (!keepsPot(actor)) error(404);
	return read(installation, actor, async (tx, now, send) => {
		const lines = (await readTransfers(installation, { tx, send }, actor, now)).map(({ payee, ...transfer }) => ({
			...transfer,
			name: payee?.name ?? null,
			iban: payee?.iban ? showIban(payee.iban) : null,
			reference: payee?.reference ?? null,
			because: payee?.because ?? null
		}));
		const releases = await listToRelease(tx, actor);
		return {
			title: say(locale, 'transfers.title'),
			releases,
			askers: await listNames(
				tx,
				actor,
				releases.map((release) => release.membershipId)
			),
			transfers: lines,
			totalCents: lines.reduce((sum, line) => sum + line.amountCents, 0),
			names: await listPeople(
				tx,
				actor,
				lines.flatMap((line) => [line.personId, ...line.tickedBy])
			),
			...{ treasurer: actor.roles.includes('treasurer'), me: actor.personId, now, key: installation.world.id() }
		};
	});
};

export const actions: Actions = {
	release: (event) =>
		act(event, releasePayment, {
			form: 'release',
			input: (fields) => ({ requestId: fields['requestId'] }),
			to: () => `/${event.params.network}/pot/overboeken`
		}),
	tick: (event) =>
		act(event, tickTransfer, {
			form: 'tick',
			input: (fields) => ({ paymentId: fields['paymentId'] }),
			to: () => `/${event.params.network}/pot/overboeken`
		}),
	withdraw: (event) =>
		act(event, withdrawPayment, {
			form: 'withdraw',
			input: (fields) => ({ paymentId: fields['paymentId'] }),
			to: () => `/${event.params.network}/pot/overboeken`
		})
};
