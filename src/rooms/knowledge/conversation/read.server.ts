import type { Actor } from '#foundation/actor.ts';
import { read, readLogged } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { findCaseOfWords, findQuestion, isQuestionOpen } from '../read.server.ts';
import type { Ask, Question } from '../read.server.ts';

export interface Message {
	readonly messageId: string;
	readonly askId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
	/** Null: the key was destroyed, and with it the words. */
	readonly text: string | null;
}

/** A question with its words, as far as the actor may read them. */
export interface QuestionPage {
	readonly question: Question;
	/** Null when it was taken back and the actor does not sit at the table, or when the words are gone. */
	readonly text: string | null;
	/** The ask that was made to the actor. */
	readonly myAsk: Ask | null;
	/** Whether the actor asked it. */
	readonly mine: boolean;
	/** Whether its case is still under way. */
	readonly open: boolean;
	/** The case, only for who sits at its table. */
	readonly caseId: string | null;
	/** By ask: what was said with the answer. */
	readonly answers: ReadonlyMap<string, string | null>;
	/** In order of time. */
	readonly messages: readonly Message[];
	readonly names: Awaited<ReturnType<typeof listNames>>;
}

/** Looks at a question: for who is asked, and for the table. It leaves a line in the log of the case: who looked. */
export async function getQuestionPage(installation: Installation, actor: Actor, questionId: string): Promise<Outcome<QuestionPage>> {
	// The line names the case, for "who has seen this"; whoever is asked does not get to see which.
	const caseId = await read(installation, actor, (tx) => findCaseOfWords(tx, actor, questionId));
	return readLogged(
		installation,
		actor,
		{ act: 'question.read', kind: 'question', id: questionId, ...(caseId === null ? {} : { caseId }) },
		(tx) => (caseId === null ? Promise.resolve(null) : readQuestion(tx, installation, actor, questionId, caseId))
	);
}

async function readQuestion(
	tx: Tx,
	installation: Installation,
	actor: Actor,
	questionId: string,
	caseId: string
): Promise<QuestionPage | null> {
	const question = await findQuestion(tx, actor, questionId);
	if (!question) return null;
	const table = await tx
		.selectFrom('caseQuestion')
		.select('caseId')
		.where('networkId', '=', actor.networkId)
		.where('questionId', '=', questionId)
		.executeTakeFirst();
	const myAsk = question.asks.find((ask) => ask.personId === actor.personId) ?? null;
	const facts = await tx
		.selectFrom('conversationMessage')
		.select(['messageId', 'askId', 'personId', 'membershipId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('questionId', '=', questionId)
		.orderBy('at')
		.orderBy('messageId')
		.execute();
	const words = await openWords(tx, installation, actor, caseId, [
		questionId,
		...question.asks.map((ask) => ask.askId),
		...facts.map((message) => message.messageId)
	]);
	const answers = new Map<string, string | null>();
	for (const ask of question.asks) if (words.has(ask.askId)) answers.set(ask.askId, words.get(ask.askId) ?? null);
	return {
		question,
		text: question.withdrawnAt !== null && !table ? null : (words.get(questionId) ?? null),
		myAsk,
		mine: question.askedBy === actor.personId,
		open: await isQuestionOpen(tx, questionId),
		caseId: table?.caseId ?? null,
		answers,
		messages: facts.map((message) => ({ ...message, text: words.get(message.messageId) ?? null })),
		names: await listNames(tx, actor, [
			question.membershipId,
			...question.asks.map((ask) => ask.membershipId),
			...facts.map((message) => message.membershipId)
		])
	};
}

/** The words of questions, answers and messages that the actor may read, by what they are about; null when the key is gone. */
export async function openWords(
	tx: Tx,
	{ keyring }: Pick<Installation, 'keyring'>,
	actor: Actor,
	caseId: string,
	aboutIds: readonly string[]
): Promise<Map<string, string | null>> {
	const rows = await tx
		.selectFrom('caseWords')
		.select(['wordsId', 'aboutId', 'part', 'ciphertext'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.where('aboutId', 'in', [...aboutIds])
		.where('part', 'in', ['question', 'answer', 'message'])
		.orderBy('at')
		.orderBy('wordsId')
		.execute();
	const words = new Map<string, string | null>();
	for (const { wordsId, aboutId, part, ciphertext } of rows)
		words.set(aboutId, await keyring.openWords({ networkId: actor.networkId, caseId }, { aboutId, part, wordsId }, ciphertext));
	return words;
}
