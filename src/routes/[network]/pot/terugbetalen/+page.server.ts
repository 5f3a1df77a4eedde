import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import {
	acceptClaim,
	acceptSplit,
	claimBySplit,
	declineClaim,
	payClaim,
	proposeSplit,
	writeOffClaim
} from '#rooms/fund/claims/commands.server.ts';
import { bindsOrganisation, listClaims, listPaidToShare, listSplits } from '#rooms/fund/claims/read.server.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What organisations are asked to pay back, and how they share what the pot paid. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const splits = await listSplits(tx, actor);
		const paid = await listPaidToShare(tx, actor, splits);
		const today = dayAt(now);
		return {
			title: say(locale, 'claims.title'),
			...{ splits, paid, today, inAMonth: addDays(today, 30) },
			askers: await listNames(
				tx,
				actor,
				paid.map((one) => one.membershipId)
			),
			claims: (await listClaims(tx, actor)).map((claim) => ({ ...claim, mine: bindsOrganisation(actor, claim.organisationId) })),
			organisations: await listOrganisations(tx, actor, now),
			treasurer: actor.roles.includes('treasurer'),
			keeps: ['treasurer', 'secretariat', 'governor'].some((role) => (actor.roles as readonly string[]).includes(role)),
			mayBind: actor.roles.includes('administrator') || actor.roles.includes('governor'),
			...{ organisationId: actor.organisationId, me: actor.personId, now, key: installation.world.id() }
		};
	});
};

const back = (params: { network: string }): string => `/${params.network}/pot/terugbetalen`;
const byId = (fields: Record<string, string>) => ({ claimId: fields['claimId'] ?? '' });

export const actions: Actions = {
	accept: (event) => act(event, acceptClaim, { form: 'claim', input: byId, to: () => back(event.params) }),
	decline: (event) => act(event, declineClaim, { form: 'claim', input: byId, to: () => back(event.params) }),
	paid: (event) =>
		act(event, payClaim, {
			form: `paid-${event.url.searchParams.get('id') ?? ''}`,
			input: (fields) => ({ ...byId(fields), amount: fields[`amount-${fields['claimId'] ?? ''}`] ?? '' }),
			to: () => back(event.params)
		}),
	writeOff: (event) => act(event, writeOffClaim, { form: 'claim', input: byId, to: () => back(event.params) }),
	split: (event) =>
		act(event, proposeSplit, { form: 'split', input: (fields) => ({ kind: fields['kind'] ?? '' }), to: () => back(event.params) }),
	share: (event) =>
		act(event, claimBySplit, {
			form: 'share',
			input: (fields) => ({
				...{ splitId: fields['splitId'] ?? '', requestId: fields['requestId'] ?? '' },
				...{ amount: fields['shareAmount'] ?? '', dueOn: fields['dueOn'] ?? '' }
			}),
			to: () => back(event.params)
		}),
	acceptSplit: (event) =>
		act(event, acceptSplit, { form: 'claim', input: (fields) => ({ splitId: fields['splitId'] ?? '' }), to: () => back(event.params) })
};
