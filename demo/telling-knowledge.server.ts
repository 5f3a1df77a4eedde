import { makeCard, nameOnCard } from '#rooms/knowledge/cards/commands.server.ts';
import { answerQuestion, askQuestion } from '#rooms/knowledge/commands.server.ts';
import { markHelped } from '#rooms/knowledge/conversation/commands.server.ts';
import { done } from './cast.ts';
import type { Step } from './stories/story.ts';
import type { Told } from './telling.server.ts';

type Asking = Extract<Step, { act: 'ask' }>;

/** The holder asks colleagues. Answers who was asked, in the order of the story. */
export async function ask({ cast, holder, caseId }: Told, step: Asking): Promise<readonly string[]> {
	const { installation, actor } = cast;
	const { asks } = done(
		await askQuestion(installation, actor(holder), {
			...{ caseId: caseId(), text: step.text, asked: step.to.map((who) => actor(who).membershipId) }
		})
	);
	return asks;
}

/** Someone answers; when it helped, that is said, and perhaps kept on a card. */
export async function answer(
	{ cast, holder }: Told,
	step: Asking,
	one: Asking['answers'][number],
	askId: string | undefined
): Promise<void> {
	const { installation, actor, clock } = cast;
	done(
		await answerQuestion(installation, actor(one.who), { askId, answer: one.answer, ...(one.text === undefined ? {} : { text: one.text }) })
	);
	if (one.helped !== true) return;
	clock.on(one.day);
	done(await markHelped(installation, actor(holder), { askId }));
	if (step.card === undefined) return;
	const { title, how } = step.card;
	const { cardId } = done(
		await makeCard(installation, actor(holder), {
			askId,
			scheme: title,
			how,
			who: 'Wie het antwoord gaf, of de balie van die organisatie.'
		})
	);
	clock.on(one.day);
	done(await nameOnCard(installation, actor(one.who), { cardId, name: 'yes' }));
}
