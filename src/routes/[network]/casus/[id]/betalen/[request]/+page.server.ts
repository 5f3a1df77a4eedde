import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { keepsPot } from '#rooms/fund/ledger/rules.ts';
import { proposeClaim } from '#rooms/fund/claims/commands.server.ts';
import { listRequestClaims } from '#rooms/fund/claims/read.server.ts';
import { releasePayment, submitPayment, withdrawPayment } from '#rooms/fund/payments/commands.server.ts';
import { findPurse, listPayments } from '#rooms/fund/payments/read.server.ts';
import { findRequest } from '#rooms/fund/requests/read.server.ts';
import { getFundRules } from '#rooms/fund/rules-in-force/read.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { actWithFile, sendReceipt } from '../../../../../receipt-form.server.ts';
import { act, actorOf, optional, present } from '../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { request: requestId, id: caseId } = event.params;
	const page = await read(installation, actor, async (tx, now) => {
		const request = await findRequest(tx, actor, requestId);
		const purse = request && (await findPurse(tx, actor, requestId));
		if (!request || !purse) return null;
		const payments = await listPayments(tx, actor, requestId);
		const rules = await getFundRules(tx, actor);
		const today = dayAt(now);
		return {
			title: say(locale, 'pay.title'),
			...{ request, purse, payments, today, now, caseId, inAMonth: addDays(today, 30) },
			needsRelease: purse.amountCents > rules.release_threshold_cents && !purse.released,
			yearCents: rules.household_year_cents,
			names: await listPeople(tx, actor, [actor.personId, ...payments.map((payment) => payment.personId)]),
			claims: await listRequestClaims(tx, actor, requestId),
			organisations: await listOrganisations(tx, actor, now),
			me: actor.personId,
			mayRelease: keepsPot(actor),
			key: installation.world.id()
		};
	});
	if (page === null) error(404);
	return page;
};

const here = (params: { network: string; id: string; request: string }): string =>
	`/${params.network}/casus/${params.id}/betalen/${params.request}`;

export const actions: Actions = {
	pay: (event) =>
		actWithFile(event, submitPayment, {
			form: 'pay',
			file: 'receipt',
			input: (fields, receipt) =>
				present({
					...{ requestId: event.params.request, amount: fields['amount'] ?? '', way: fields['way'] ?? '' },
					...{ postcode: fields['postcode'] ?? '', houseNumber: fields['houseNumber'] ?? '', birthDate: fields['birthDate'] ?? '' },
					...{ payee: optional(fields['payee']), iban: optional(fields['iban']), reference: optional(fields['reference']) },
					...{ because: optional(fields['because']), toResident: fields['toResident'] === 'yes', lastOne: fields['lastOne'] === 'yes' },
					receipt
				}),
			to: () => here(event.params)
		}),
	receipt: (event) => sendReceipt(event, () => here(event.params)),
	release: (event) =>
		act(event, releasePayment, { form: 'release', input: () => ({ requestId: event.params.request }), to: () => here(event.params) }),
	withdraw: (event) =>
		act(event, withdrawPayment, {
			form: 'withdraw',
			input: (fields) => ({ paymentId: fields['paymentId'] }),
			to: () => here(event.params)
		}),
	claim: (event) =>
		act(event, proposeClaim, {
			form: 'claim',
			input: (fields) => ({
				...{ requestId: event.params.request, organisationId: fields['organisationId'] ?? '' },
				...{ amount: fields['claimAmount'] ?? '', dueOn: fields['dueOn'] ?? '', why: fields['why'] ?? '' },
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: () => `${here(event.params)}#terug`
		})
};
