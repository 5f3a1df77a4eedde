import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { searchableText } from '#foundation/search/search-words.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findAnswerForAsker } from '../commands.server.ts';
import { findCard } from './read.server.ts';
import type { Card } from './read.server.ts';
import { looksAfterCards, mayRetire } from './rules.ts';
import type { CardVerdict } from './rules.ts';
import { cardSchema, makeCardSchema, nameOnCardSchema } from './schema.ts';

/** What helped becomes a card that the whole network reads (B6): nothing of a person may stand on it. Who answered is asked for their name. */
export const makeCard = command({
	act: 'card.make',
	schema: makeCardSchema,
	async run(deed, input): Promise<Outcome<{ cardId: string }>> {
		const found = await findAnswerForAsker(deed, input.askId);
		if (!found.ok) return found;
		const { question, ask, caseId } = found.value;
		if (!ask.helped) return refuse('not_helped_yet');
		if (ask.cardId !== null) return refuse('already_marked');
		const { scheme, how, who } = input;
		const doubts = findDoubts({ scheme, how, who });
		if (doubts.length > 0) return refuse('personal_data', { fields: doubts });
		const cardId = deed.id();
		deed.about('card', cardId, caseId);
		const { networkId, personId, membershipId } = deed.actor;
		const { text, folded } = searchableText(`${scheme}\n${how}\n${who}`);
		await deed.tx
			.insertInto('knowledgeCard')
			.values({
				...{ networkId, cardId, madeBy: personId, membershipId, scheme, how, who, folded, at: deed.now },
				terms: sql<string>`to_tsvector('dutch', ${text})`
			})
			.execute();
		await deed.tx.insertInto('cardSource').values({ networkId, cardId, askId: ask.askId, questionId: question.questionId }).execute();
		await deed.tx
			.insertInto('cardOffer')
			.values({ networkId, cardId, personId: ask.personId, membershipId: ask.membershipId, at: deed.now })
			.execute();
		await deed.tell('mail.card_offered', { cardId, personId: ask.personId });
		return ok({ cardId });
	}
});

/** Who answered says whether their name may stand on the card. Once. */
export const nameOnCard = command({
	act: 'card.name',
	schema: nameOnCardSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const card = await findForAct(deed, input.cardId);
		if (!card) return refuse('not_found');
		const { networkId, personId, membershipId } = deed.actor;
		const offer = await deed.tx
			.selectFrom('cardOffer')
			.select('membershipId')
			.where('networkId', '=', networkId)
			.where('cardId', '=', input.cardId)
			.where('personId', '=', personId)
			.where('membershipId', '=', membershipId)
			.executeTakeFirst();
		if (!offer) return refuse('not_asked', { lift: { kind: 'person', personId: card.madeBy } });
		if (card.state === 'retired') return refuse('wrong_state');
		const answered = await deed.tx
			.insertInto('cardName')
			.values({ networkId, cardId: input.cardId, personId, membershipId, accepted: input.name === 'yes', at: deed.now })
			.onConflict((conflict) => conflict.columns(['networkId', 'cardId', 'personId']).doNothing())
			.executeTakeFirst();
		return answered.numInsertedOrUpdatedRows === 1n ? ok(null) : refuse('already_answered');
	}
});

/** Someone who works with cases says that the card is still right: it is current for another year. */
export const reviewCard = command({
	act: 'card.review',
	schema: cardSchema,
	run: (deed, input) => look(deed, input.cardId, 'still_right', () => looksAfterCards(deed.actor))
});

/** Who made the card, whose name stands on it, or the facilitator puts it away: it is not found any more. */
export const retireCard = command({
	act: 'card.retire',
	schema: cardSchema,
	run: (deed, input) => look(deed, input.cardId, 'retired', (card) => mayRetire(card, deed.actor))
});

async function look(deed: Deed, cardId: string, verdict: CardVerdict, may: (card: Card) => boolean): Promise<Outcome<null>> {
	const card = await findForAct(deed, cardId);
	if (!card) return refuse('not_found');
	if (card.state === 'retired') return refuse('wrong_state');
	if (!may(card)) return refuse('not_allowed', { lift: { kind: 'person', personId: card.madeBy } });
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('cardReview')
		.values({ networkId, cardId, reviewId: deed.id(), verdict, personId, membershipId, at: deed.now })
		.execute();
	return ok(null);
}

/** The acts on one card wait for each other. */
async function findForAct(deed: Deed, cardId: string): Promise<Card | null> {
	deed.about('card', cardId);
	await sql`select pg_advisory_xact_lock(hashtextextended(${`card/${deed.actor.networkId}/${cardId}`}, 0))`.execute(deed.tx);
	return findCard(deed.tx, deed.actor, deed.now, cardId);
}
