import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { nameOnCard, retireCard, reviewCard } from '#rooms/knowledge/cards/commands.server.ts';
import { findCard, listMyCardOffers } from '#rooms/knowledge/cards/read.server.ts';
import { looksAfterCards, mayRetire } from '#rooms/knowledge/cards/rules.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** One card: what it was about, how it went, whom to ask. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	if (!isId(event.params.id)) error(404);
	return await read(installation, actor, async (tx, now) => {
		const card = await findCard(tx, actor, now, event.params.id);
		if (!card) error(404);
		const offers = await listMyCardOffers(tx, actor);
		return {
			title: card.scheme,
			now,
			card,
			offered: offers.some((offer) => offer.cardId === card.cardId),
			mayReview: looksAfterCards(actor),
			mayRetire: mayRetire(card, actor),
			names: await listNames(tx, actor, [card.membershipId, ...card.named]),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/kennis/${event.params.id}`;
const cardOf = (event: { params: { id: string } }) => ({ cardId: event.params.id });

export const actions: Actions = {
	name: (event) =>
		act(event, nameOnCard, { form: 'name', input: (fields) => ({ ...cardOf(event), name: fields['name'] }), to: () => here(event) }),
	review: (event) => act(event, reviewCard, { form: 'review', input: () => cardOf(event), to: () => here(event) }),
	retire: (event) => act(event, retireCard, { form: 'retire', input: () => cardOf(event), to: () => `/${event.params.network}/kennis` })
};
