import { fieldThesaurus } from '../../../src/rooms/knowledge/words/read.server.ts';
import { idIn } from '../colleague.ts';
import { opensCase } from '../story.ts';
import type { Cast, Story } from '../story.ts';

async function asks({ holder, partner }: Cast, caseId: string): Promise<{ questionId: string; askId: string }> {
	const wish = { text: 'Wie weet hoe dit kan?', asked: [partner.person.membershipId] };
	const asked = await holder.does('question.ask', `/cases/${caseId}/questions`, wish);
	return { questionId: idIn(asked, 'questionId'), askId: idIn({ askId: (asked['asks'] as string[])[0] }, 'askId') };
}

/** Of the words of the field each story puts another aside: what one did stands in the way of nobody. */
const wordsOfTheField = fieldThesaurus.flatMap(({ concept, labels }) => labels.map(({ text }) => ({ concept, label: text })));
const wordOfTheField = (number: number): { concept: string; label: string } => {
	const word = wordsOfTheField[number % wordsOfTheField.length];
	if (!word) throw new RangeError('the thesaurus is empty');
	return word;
};

/** A question without a name: declined, taken back, answered, spoken about; what helped becomes a card until it is put away. */
const aQuestion: Story = {
	name: 'a question',
	acts: [
		...(['case.open', 'question.ask', 'question.answer', 'question.withdraw', 'conversation.write', 'answer.helped'] as const),
		...(['card.make', 'card.name', 'card.review', 'card.retire', 'word.add', 'word.retire'] as const),
		...(['concept.add', 'concept.retire', 'concept.restore', 'field_word.retire', 'field_word.restore'] as const)
	],
	async play(cast) {
		const { holder, partner, third, office } = cast;
		const caseId = await opensCase(cast);
		const first = await asks(cast, caseId);
		await partner.does('question.answer', `/asks/${first.askId}/answer`, { answer: 'declined' });
		await holder.does('question.withdraw', `/questions/${first.questionId}/withdrawal`);
		const { askId } = await asks(cast, caseId);
		await partner.does('question.answer', `/asks/${askId}/answer`, { answer: 'other_way', text: 'Vraag bijzondere bijstand.' });
		await holder.does('conversation.write', `/asks/${askId}/messages`, { text: 'Waar begin ik?' });
		await partner.does('conversation.write', `/asks/${askId}/messages`, { text: 'Bij het loket.' });
		await holder.does('answer.helped', `/asks/${askId}/helped`);
		const card = { scheme: 'Bijzondere bijstand', how: 'Vraag het aan voor de ontruiming.', who: 'Het wijkteam' };
		const cardId = idIn(await holder.does('card.make', `/asks/${askId}/card`, card), 'cardId');
		await partner.does('card.name', `/cards/${cardId}/name`, { name: 'yes' });
		await third.does('card.review', `/cards/${cardId}/reviews`);
		await holder.does('card.retire', `/cards/${cardId}/retirement`);
		const word = { concept: 'huurachterstand', label: `Achter ${cast.next()}`, register: 'everyday' };
		const wordId = idIn(await holder.does('word.add', '/words', word), 'wordId');
		await holder.does('word.retire', `/words/${wordId}/retirement`);
		const thing = { kind: 'scheme', name: `Fonds ${cast.next()}`, saysFor: 'Een fonds van hier.', broader: 'inkomen' };
		const conceptId = idIn(await holder.does('concept.add', '/words/concepts', thing), 'conceptId');
		await holder.does('concept.retire', `/words/concepts/${conceptId}/retirement`);
		await partner.does('concept.restore', `/words/concepts/${conceptId}/restoration`);
		const ofTheField = wordOfTheField(cast.next());
		await office.facilitator.does('field_word.retire', '/field-words/retirement', ofTheField);
		await holder.does('field_word.restore', '/field-words/restoration', ofTheField);
	}
};

export const knowledgeStories: readonly Story[] = [aQuestion];
