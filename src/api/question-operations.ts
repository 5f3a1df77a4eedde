import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { findCase } from '#rooms/cases/read.server.ts';
import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { markHelped, writeMessage } from '#rooms/knowledge/conversation/commands.server.ts';
import { getQuestionPage } from '#rooms/knowledge/conversation/read.server.ts';
import type { QuestionPage } from '#rooms/knowledge/conversation/read.server.ts';
import { listDecidedQuestions } from '#rooms/fund/requests/votes/read.server.ts';
import { listMyAsks } from '#rooms/knowledge/mine/read.server.ts';
import { proposeColleagues } from '#rooms/knowledge/proposals/read.server.ts';
import { profileKinds } from '#rooms/knowledge/proposals/rules.ts';
import { askReasons, questionAnswers } from '#rooms/knowledge/rules.ts';
import { answerQuestionFields, askQuestionFields, messageSchema } from '#rooms/knowledge/schema.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const text = () => z.string().nullable().describe('Null: the key of the case was destroyed, or the question was taken back.');
const moment = () => z.iso.datetime();
const who = { membershipId: z.uuid(), displayName: z.string(), organisationName: z.string() };

const questionAnswer = z
	.object({
		questionId: z.uuid(),
		caseId: z.uuid().nullable().describe('Only for who sits at the table of the case.'),
		text: text(),
		askedBy: z.object(who),
		amountCents: z.int().nullable(),
		at: moment(),
		withdrawnAt: moment().nullable(),
		open: z.boolean(),
		state: z
			.enum(['open', 'answered', 'nobody_left', 'withdrawn'])
			.describe('As far as you may know: of the others asked you see nothing unless you sit at the table.'),
		asks: z.array(
			z.object({
				...{ askId: z.uuid(), ...who, reason: z.enum(askReasons), round: z.int(), at: moment(), dueAt: moment() },
				...{ answer: z.enum(questionAnswers).nullable(), answeredAt: moment().nullable(), text: text(), helped: z.boolean() },
				cardId: z.uuid().nullable()
			})
		),
		messages: z.array(z.object({ messageId: z.uuid(), askId: z.uuid(), ...who, at: moment(), text: text() }))
	})
	.openapi('Question');

function showQuestion(page: QuestionPage): z.input<typeof questionAnswer> {
	const { question } = page;
	const named = (membershipId: string) => ({
		membershipId,
		displayName: page.names.get(membershipId)?.displayName ?? '',
		organisationName: page.names.get(membershipId)?.organisationName ?? ''
	});
	return {
		...{ questionId: question.questionId, caseId: page.caseId, text: page.text, amountCents: question.amountCents, open: page.open },
		...{ askedBy: named(question.membershipId), at: question.at.toISOString(), state: question.state },
		withdrawnAt: question.withdrawnAt?.toISOString() ?? null,
		asks: question.asks.map((ask) => ({
			...{ askId: ask.askId, ...named(ask.membershipId), reason: ask.reason, round: ask.round, answer: ask.answer },
			...{ at: ask.at.toISOString(), dueAt: ask.dueAt.toISOString(), answeredAt: ask.answeredAt?.toISOString() ?? null },
			...{ text: page.answers.get(ask.askId) ?? null, helped: ask.helped, cardId: ask.cardId }
		})),
		messages: page.messages.map(({ messageId, askId, membershipId, at, text: said }) => ({
			...{ messageId, askId, ...named(membershipId), at: at.toISOString(), text: said }
		}))
	};
}

export const questionOperations: readonly Operation[] = [
	reading({
		operationId: 'listProposals',
		path: '/cases/{caseId}/proposals',
		tag: 'questions',
		summary: 'Who may know what to do in a case, best first, each with the reason why',
		description:
			'From any organisation: at least half from others than your own, where there are any. Organisation and rank do not count for the order.',
		means: 'Up to six people; the first three are proposed to be asked at once.',
		refusals: [],
		answer: z
			.object({
				proposals: z.array(
					z.object({
						...who,
						why: z.array(
							z.object({
								kind: z.enum(profileKinds),
								phrases: z.array(
									z.object({
										phrase: z.string(),
										said: z.string().nullable().describe('Your word, where the thesaurus joins it to this phrase.')
									})
								)
							})
						)
					})
				)
			})
			.openapi('Proposals'),
		async read({ installation, actor, params }) {
			const proposals = await read(installation, actor, async (tx, now) => {
				if (!(await findCase(tx, actor, params.caseId))) return null;
				const found = await proposeColleagues(tx, installation.keyring, actor, now, params.caseId);
				const names = await listNames(
					tx,
					actor,
					found.map((entry) => entry.membershipId)
				);
				return found.map(({ membershipId, why }) => ({
					membershipId,
					displayName: names.get(membershipId)?.displayName ?? '',
					organisationName: names.get(membershipId)?.organisationName ?? '',
					why: why.map(({ kind, phrases }) => ({ kind, phrases: [...phrases] }))
				}));
			});
			return proposals === null ? refuse('not_found') : ok({ body: { proposals } });
		}
	}),
	act({
		operationId: 'askQuestion',
		path: '/cases/{caseId}/questions',
		tag: 'questions',
		summary: 'Ask a question without a name: to at most three people, or to a team',
		description: 'Who is asked sees the question and who asks, and not the case. Without an answer in four working hours it is passed on.',
		status: 201,
		means: 'It is asked; each of them gets a letter with a link to answer.',
		refusals: ['wrong_state', 'needs_acknowledgement'],
		command: askQuestion,
		body: askQuestionFields.omit({ caseId: true }),
		answer: z.object({ questionId: z.uuid(), asks: z.array(z.uuid()) }).openapi('AskedQuestion'),
		toAnswer: (value) => ({ body: { questionId: value.questionId, asks: [...value.asks] }, location: `/questions/${value.questionId}` }),
		gives: ['Location']
	}),
	reading({
		operationId: 'listMyAsks',
		path: '/asks',
		tag: 'questions',
		summary: 'The questions that wait for your answer, soonest first',
		means: 'All of them.',
		refusals: [],
		answer: z
			.object({
				asks: z.array(
					z.object({
						...{ askId: z.uuid(), questionId: z.uuid(), reason: z.enum(askReasons), amountCents: z.int().nullable() },
						...{ at: moment(), dueAt: moment(), askedByMembershipId: z.uuid(), text: text() }
					})
				)
			})
			.openapi('MyAsks'),
		async read({ installation, actor }) {
			const asks = await read(installation, actor, async (tx) =>
				listMyAsks(tx, installation.keyring, actor, await listDecidedQuestions(tx, actor))
			);
			return ok({
				body: {
					asks: asks.map(({ askId, questionId, reason, amountCents, at, dueAt, membershipId, text: asked }) => ({
						...{ askId, questionId, reason, amountCents, at: at.toISOString(), dueAt: dueAt.toISOString() },
						...{ askedByMembershipId: membershipId, text: asked }
					}))
				}
			});
		}
	}),
	reading({
		operationId: 'getQuestion',
		path: '/questions/{questionId}',
		tag: 'questions',
		summary: 'A question, for who is asked and for the table of its case',
		description: 'It leaves a line in the log of the case. Who only is asked does not learn which case it is.',
		means: 'The question, with what you may see of its answers.',
		refusals: [],
		answer: questionAnswer,
		async read({ installation, actor, params }) {
			const outcome = await getQuestionPage(installation, actor, params.questionId);
			return outcome.ok ? ok({ body: showQuestion(outcome.value) }) : outcome;
		}
	}),
	act({
		operationId: 'withdrawQuestion',
		path: '/questions/{questionId}/withdrawal',
		tag: 'questions',
		summary: 'Take your question back',
		status: 204,
		means: 'Nobody is asked any more; the links that were sent are over.',
		refusals: ['not_asker', 'not_allowed', 'question_withdrawn'],
		command: withdrawQuestion,
		toAnswer: nothing
	}),
	act({
		operationId: 'answerQuestion',
		path: '/asks/{askId}/answer',
		tag: 'questions',
		summary: 'Answer a question that was put to you: another way, call me, or decline',
		description: 'Once. A decline needs no reason. To agree with an amount is a vote, and is given on the request.',
		status: 201,
		means: 'The answer stands; who asked is told.',
		refusals: ['not_asked', 'question_withdrawn', 'question_over', 'already_answered', 'needs_acknowledgement'],
		command: answerQuestion,
		body: answerQuestionFields.omit({ askId: true }),
		answer: z.object({ questionId: z.uuid() }).openapi('AnsweredQuestion'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'writeMessage',
		path: '/asks/{askId}/messages',
		tag: 'questions',
		summary: 'Talk on about an answer, as asker or answerer',
		status: 201,
		means: 'The message stands; the other is told.',
		refusals: ['not_asked', 'no_conversation', 'question_over', 'needs_acknowledgement'],
		command: writeMessage,
		body: messageSchema.omit({ askId: true }),
		answer: z.object({ messageId: z.uuid() }).openapi('WrittenMessage'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'markHelped',
		path: '/asks/{askId}/helped',
		tag: 'questions',
		summary: 'Say that an answer to your question helped',
		status: 204,
		means: 'It is said; from there it can become a knowledge card.',
		refusals: ['not_asker', 'no_conversation', 'already_marked'],
		command: markHelped,
		toAnswer: nothing
	})
];
