import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { queryWords } from '#foundation/search/search-words.ts';
import { ask, findCandidates, mostCompared } from '../matching/read.server.ts';
import type { Asked } from '../matching/read.server.ts';
import { answered, fitOf, leastFit } from '../matching/rules.ts';
import { phrasesOf } from '../proposals/rules.ts';
import { tokenizer } from '../words/read.server.ts';
import { standingOf } from './rules.ts';
import type { CardStanding, CardVerdict } from './rules.ts';

/** A card of what helped once. Of which case or answer it came, it does not say. */
export interface Card extends CardStanding {
	readonly cardId: string;
	readonly scheme: string;
	readonly how: string;
	readonly who: string;
	readonly madeBy: string;
	readonly membershipId: string;
	readonly at: Date;
	/** Memberships of those whose name may stand on it. */
	readonly named: readonly string[];
	readonly reviews: readonly { readonly verdict: CardVerdict; readonly at: Date; readonly membershipId: string }[];
}

async function select(tx: Tx, actor: Actor, now: Date, cardIds: readonly string[] | null): Promise<Card[]> {
	const { rows } = await sql<{
		cardId: string;
		scheme: string;
		how: string;
		who: string;
		madeBy: string;
		membershipId: string;
		at: Date;
		named: string[];
		reviews: { verdict: CardVerdict; at: string; membershipId: string }[];
	}>`
		select c.card_id, c.scheme, c.how, c.who, c.made_by, c.membership_id, c.at,
			array(select n.membership_id from card_name n where n.network_id = c.network_id and n.card_id = c.card_id and n.accepted order by n.at) as named,
			(select coalesce(json_agg(json_build_object('verdict', r.verdict, 'at', r.at, 'membershipId', r.membership_id) order by r.at, r.review_id), '[]')
				from card_review r where r.network_id = c.network_id and r.card_id = c.card_id) as reviews
		from knowledge_card c
		where c.network_id = ${actor.networkId} and (${cardIds === null} or c.card_id = any(${[...(cardIds ?? [])]}::uuid[]))
		order by c.at desc, c.card_id desc`.execute(tx);
	return rows.map((row) => {
		const reviews = row.reviews.map((review) => ({ ...review, at: new Date(review.at) }));
		return { ...row, reviews, ...standingOf(row.at, reviews, now) };
	});
}

/** One card, or null. */
export const findCard = async (tx: Tx, actor: Actor, now: Date, cardId: string): Promise<Card | null> =>
	(await select(tx, actor, now, [cardId]))[0] ?? null;

/** Cards of a few, in the order asked. */
async function listByIds(tx: Tx, actor: Actor, now: Date, cardIds: readonly string[]): Promise<Card[]> {
	if (cardIds.length === 0) return [];
	const byId = new Map((await select(tx, actor, now, cardIds)).map((card) => [card.cardId, card]));
	return cardIds.flatMap((cardId) => byId.get(cardId) ?? []);
}

/** Most cards that one list shows. */
const mostCards = 200;

/** The cards of the network that were not retired: those in which every word of the query occurs, best first; without a query the newest first. */
export async function listCards(tx: Tx, actor: Actor, now: Date, query = ''): Promise<Card[]> {
	const words = queryWords(query);
	const { rows } = await sql<{ cardId: string }>`
		select c.card_id
		from knowledge_card c
		cross join lateral (
			select count(*) as words, count(*) filter (where a.exact or (length(a.word) > 3 and a.part >= 0.5)) as found, coalesce(sum(case when a.exact then 2 else 0 end + a.part), 0) as score
			from (
				select u.word, c.terms @@ to_tsquery('dutch', '''' || u.word || ''':*') as exact, word_similarity(u.word, c.folded) as part
				from unnest(${words}::text[]) u(word)
			) a
		) s
		where c.network_id = ${actor.networkId} and s.found = s.words
			and not exists (select from card_review r where r.network_id = c.network_id and r.card_id = c.card_id and r.verdict = 'retired')
		order by s.score desc, c.at desc, c.card_id desc
		limit ${mostCards}`.execute(tx);
	return listByIds(
		tx,
		actor,
		now,
		rows.map(({ cardId }) => cardId)
	);
}

/** Cards that share more than this with a question are shown beside it. */
const leastOfCard = leastFit;

/** "Zo lukte het eerder": the cards that answer most of a question, best first. */
export async function matchCards(tx: Tx, actor: Actor, now: Date, asked: Asked, most = 3): Promise<Card[]> {
	const { docIds, query } = await findCandidates(tx, actor, 'card', asked);
	const cards = await listByIds(tx, actor, now, docIds.slice(0, mostCompared));
	const tokensOf = await tokenizer(
		tx,
		cards.flatMap(({ scheme, how }) => [scheme, how])
	);
	return cards
		.map((card) => {
			const pieces = [
				...phrasesOf(card.scheme).map((phrase) => ({ kind: 'scheme' as const, phrase, weight: 1 })),
				...phrasesOf(card.how).map((phrase) => ({ kind: 'how' as const, phrase, weight: 0.6 }))
			];
			const fits = pieces.flatMap((piece) => fitOf(query, { ...piece, tokens: tokensOf(piece.phrase) }, asked.lexicon) ?? []);
			return {
				card,
				score: answered(fits)
					.values()
					.reduce((sum, strength) => sum + strength, 0)
			};
		})
		.filter(({ score }) => score >= leastOfCard)
		.toSorted((a, b) => b.score - a.score || (a.card.cardId < b.card.cardId ? -1 : 1))
		.slice(0, most)
		.map(({ card }) => card);
}

/** What is looked for in the cards: first those in which every word occurs, then those that the thesaurus joins to it. */
export async function searchCards(tx: Tx, actor: Actor, now: Date, query: string): Promise<Card[]> {
	const exact = await listCards(tx, actor, now, query);
	if (query === '') return exact;
	const more = await matchCards(tx, actor, now, await ask(tx, actor, [query]), 20);
	return [...exact, ...more.filter((card) => !exact.some(({ cardId }) => cardId === card.cardId))];
}

/** The cards on which the actor was asked whether their name may stand, and did not answer yet. */
export async function listMyCardOffers(tx: Tx, actor: Actor): Promise<{ cardId: string; scheme: string; madeBy: string; at: Date }[]> {
	const { rows } = await sql<{ cardId: string; scheme: string; madeBy: string; at: Date }>`
		select o.card_id, c.scheme, c.made_by, o.at
		from card_offer o
		join knowledge_card c on c.network_id = o.network_id and c.card_id = o.card_id
		left join card_name n on n.network_id = o.network_id and n.card_id = o.card_id and n.person_id = o.person_id
		where o.network_id = ${actor.networkId} and o.person_id = ${actor.personId} and o.membership_id = ${actor.membershipId} and n.at is null
			and not exists (select from card_review r where r.network_id = o.network_id and r.card_id = o.card_id and r.verdict = 'retired')
		order by o.at, o.card_id`.execute(tx);
	return rows;
}
