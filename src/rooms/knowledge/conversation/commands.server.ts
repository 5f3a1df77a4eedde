import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findAnswerForAsker } from '../commands.server.ts';
import { findAsk, findCaseOfWords, isQuestionOpen } from '../read.server.ts';
import { isHelp, opensConversation } from '../rules.ts';
import { helpedSchema, messageSchema } from '../schema.ts';

/** Asker and answerer talk on, once the answer was "another way" or "call me". Who sits at the table of the case reads along. */
export const writeMessage = command({
	act: 'conversation.write',
	schema: messageSchema,
	async run(deed, input): Promise<Outcome<{ messageId: string }>> {
		deed.about('question', input.askId);
		const found = await findAsk(deed.tx, deed.actor, input.askId);
		const caseId = found && (await findCaseOfWords(deed.tx, deed.actor, found.question.questionId));
		if (!found || !caseId) return refuse('not_found');
		const { question, ask } = found;
		deed.about('question', question.questionId, caseId);
		const { networkId, personId, membershipId } = deed.actor;
		const other = personId === ask.personId ? question.askedBy : personId === question.askedBy ? ask.personId : null;
		if (other === null) return refuse('not_asked', { lift: { kind: 'person', personId: question.askedBy } });
		if (!opensConversation(ask.answer)) return refuse('no_conversation', { lift: { kind: 'person', personId: ask.personId } });
		if (!(await isQuestionOpen(deed.tx, question.questionId)))
			return refuse('question_over', { lift: { kind: 'person', personId: question.askedBy } });
		const doubts = findDoubts({ text: input.text });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const messageId = deed.id();
		await deed.tx
			.insertInto('conversationMessage')
			.values({ networkId, messageId, askId: ask.askId, questionId: question.questionId, personId, membershipId, at: deed.now })
			.execute();
		await deed.write({ caseId, aboutId: messageId, part: 'message', text: input.text });
		await deed.tell('mail.message_written', { questionId: question.questionId, personId: other });
		return ok({ messageId });
	}
});

/** Who asked says that an answer helped (B6): from there it can become a card. */
export const markHelped = command({
	act: 'answer.helped',
	schema: helpedSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findAnswerForAsker(deed, input.askId);
		if (!found.ok) return found;
		const { question, ask } = found.value;
		if (ask.answer === null || !isHelp(ask.answer)) return refuse('no_conversation', { lift: { kind: 'person', personId: ask.personId } });
		if (ask.helped) return refuse('already_marked');
		await deed.tx
			.insertInto('answerHelped')
			.values({
				...{ networkId: deed.actor.networkId, askId: ask.askId, questionId: question.questionId },
				...{ personId: deed.actor.personId, at: deed.now }
			})
			.execute();
		await deed.tell('mail.answer_helped', { questionId: question.questionId, personId: ask.personId });
		return ok(null);
	}
});
