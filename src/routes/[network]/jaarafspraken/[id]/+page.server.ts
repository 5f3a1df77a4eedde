import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { acceptYearly, declineYearly, lookBackYearly, recordYearly, withdrawYearly } from '#rooms/causes/yearly/commands.server.ts';
import { listYearly, waitsForMe } from '#rooms/causes/yearly/read.server.ts';
import { isOpen, mayBring, mayGoOn, maySay, yearlySayings } from '#rooms/causes/yearly/rules.ts';
import type { YearlySaying } from '#rooms/causes/yearly/rules.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf, optional, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

/** One agreement for a year: what each party offers, who accepted, how it goes, what came of it, and what was learned. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx) => {
		const item = (await listYearly(tx, actor.networkId, { itemId: event.params.id }))[0];
		if (!item) error(404);
		const mine = item.parties.some(({ organisationId }) => organisationId === actor.organisationId) && mayBring(actor.roles);
		const after = await listYearly(tx, actor.networkId, { previousId: item.itemId });
		const before = item.previousId === null ? [] : await listYearly(tx, actor.networkId, { itemId: item.previousId });
		const next = after.find(({ state }) => state !== 'withdrawn' && state !== 'ended');
		return {
			title: item.title,
			live: `/${event.params.network}/live?jaarafspraak=${item.itemId}`,
			item,
			/** The agreement of the year before, and the one that goes on from this. */
			before: before.map(({ itemId, year }) => ({ itemId, year }))[0] ?? null,
			next: next ? { itemId: next.itemId, year: next.year } : null,
			mayGoOn: mine && next === undefined && mayGoOn(item.state),
			mayLookBack: mine && binds(actor.roles) && item.lookBack !== null && !item.lookBack.said.has(actor.organisationId),
			own: actor.organisationId,
			waits: waitsForMe(item, actor),
			// Once the year is over how it goes is no question any more: what came of it is.
			says: mine ? yearlySayings.filter((kind) => maySay(kind, item.state) && (kind !== 'looked' || item.lookBack === null)) : [],
			mayDecline: mine && isOpen(item.state) && binds(actor.roles),
			mayWithdraw: isOpen(item.state) && item.personId === actor.personId && item.organisationId === actor.organisationId,
			names: await listNames(
				tx,
				actor,
				[item, ...item.steps, ...(item.lookBack?.said.values() ?? [])].map(({ membershipId }) => membershipId)
			),
			key: installation.world.id()
		};
	});
};

const here = (event: RequestEvent) => `/${event.params.network}/jaarafspraken/${event.params.id}`;
const says = (kind: YearlySaying) => (event: RequestEvent) =>
	act(event, recordYearly, {
		form: kind,
		input: (fields) => present({ itemId: event.params.id, kind, how: optional(fields['how']), words: fields['words'] ?? '' }),
		to: () => here(event)
	});

export const actions: Actions = {
	offer: says('offer'),
	looked: says('looked'),
	evaluated: says('evaluated'),
	accept: (event) =>
		act(event, acceptYearly, {
			form: 'accept',
			input: (fields) => ({ itemId: event.params.id, stepId: fields['stepId'] }),
			to: () => here(event)
		}),
	lookBack: (event) =>
		act(event, lookBackYearly, {
			form: 'lookBack',
			input: (fields) =>
				present({
					itemId: event.params.id,
					how: optional(fields['how']),
					words: fields['words'] ?? '',
					goesOn: optional(fields['goesOn'])
				}),
			to: () => here(event)
		}),
	decline: (event) => act(event, declineYearly, { form: 'decline', input: () => ({ itemId: event.params.id }), to: () => here(event) }),
	withdraw: (event) => act(event, withdrawYearly, { form: 'withdraw', input: () => ({ itemId: event.params.id }), to: () => here(event) })
};
