import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { makeCard, nameOnCard, retireCard, reviewCard } from '#rooms/knowledge/cards/commands.server.ts';
import { findCard, searchCards } from '#rooms/knowledge/cards/read.server.ts';
import type { Card } from '#rooms/knowledge/cards/read.server.ts';
import { makeCardSchema, nameOnCardSchema } from '#rooms/knowledge/cards/schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const cardAnswer = z
	.object({
		...{ cardId: z.uuid(), scheme: z.string(), how: z.string(), who: z.string(), madeByMembershipId: z.uuid(), at: z.iso.datetime() },
		state: z.enum(['current', 'stale', 'retired']),
		checkedOn: z.iso.date(),
		reviewOn: z.iso.date().describe('From this day on it is stale.'),
		namedMembershipIds: z.array(z.uuid()).describe('Those who let their name stand on it.')
	})
	.openapi('KnowledgeCard');

const showCard = (card: Card): z.input<typeof cardAnswer> => ({
	...{ cardId: card.cardId, scheme: card.scheme, how: card.how, who: card.who, madeByMembershipId: card.membershipId },
	...{ at: card.at.toISOString(), state: card.state, checkedOn: card.checkedOn, reviewOn: card.reviewOn },
	namedMembershipIds: [...card.named]
});

export const cardOperations: readonly Operation[] = [
	reading({
		operationId: 'listCards',
		path: '/cards',
		tag: 'questions',
		summary: 'The knowledge cards of the network: what helped before',
		means: 'Those in which every word of `q` occurs, best first, then those that the thesaurus joins to it; without it the newest first.',
		refusals: [],
		query: z.strictObject({ q: z.string().max(1_000).default('') }),
		answer: z.object({ cards: z.array(cardAnswer) }).openapi('KnowledgeCards'),
		read: async ({ installation, actor, query }) =>
			ok({ body: { cards: (await read(installation, actor, (tx, now) => searchCards(tx, actor, now, query.q))).map(showCard) } })
	}),
	reading({
		operationId: 'getCard',
		path: '/cards/{cardId}',
		tag: 'questions',
		summary: 'One knowledge card',
		means: 'The card.',
		refusals: [],
		answer: cardAnswer,
		async read({ installation, actor, params }) {
			const card = await read(installation, actor, (tx, now) => findCard(tx, actor, now, params.cardId));
			return card ? ok({ body: showCard(card) }) : refuse('not_found');
		}
	}),
	act({
		operationId: 'makeCard',
		path: '/asks/{askId}/card',
		tag: 'questions',
		summary: 'Make a knowledge card of an answer that helped',
		description:
			'The whole network reads it: what looks like personal data is refused. Who answered is asked whether their name may stand on it.',
		status: 201,
		means: 'The card stands.',
		refusals: ['not_asker', 'not_helped_yet', 'already_marked', 'personal_data'],
		command: makeCard,
		body: makeCardSchema.omit({ askId: true }),
		answer: z.object({ cardId: z.uuid() }).openapi('MadeCard'),
		toAnswer: (value) => ({ body: value, location: `/cards/${value.cardId}` }),
		gives: ['Location']
	}),
	act({
		operationId: 'nameOnCard',
		path: '/cards/{cardId}/name',
		tag: 'questions',
		summary: 'Say whether your name may stand on a card that came from your answer',
		status: 204,
		means: 'It is said, once.',
		refusals: ['not_asked', 'wrong_state', 'already_answered'],
		command: nameOnCard,
		body: nameOnCardSchema.omit({ cardId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'reviewCard',
		path: '/cards/{cardId}/reviews',
		tag: 'questions',
		summary: 'Say that a card is still right',
		status: 204,
		means: 'It is current for another year.',
		refusals: ['not_allowed', 'wrong_state'],
		command: reviewCard,
		toAnswer: nothing
	}),
	act({
		operationId: 'retireCard',
		path: '/cards/{cardId}/retirement',
		tag: 'questions',
		summary: 'Put a card away that is no longer right',
		status: 204,
		means: 'It is not found any more.',
		refusals: ['not_allowed', 'wrong_state'],
		command: retireCard,
		toAnswer: nothing
	})
];
