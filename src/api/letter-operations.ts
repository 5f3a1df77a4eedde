import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { answerLetter, recordLetter } from '#rooms/causes/letters/commands.server.ts';
import { findLetter, listLetters } from '#rooms/causes/letters/read.server.ts';
import { addressees, letterAnswers } from '#rooms/causes/letters/rules.ts';
import { answerLetterSchema, recordLetterSchema } from '#rooms/causes/letters/schema.ts';
import { day } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

export const letterOperations: readonly Operation[] = [
	reading({
		operationId: 'getCauseLetter',
		path: '/causes/{causeId}/letter',
		tag: 'causes',
		summary: 'What a letter about a law that leaves no local room may say, and what became of it',
		description: 'Only of a cause of that kind that came back. Nothing is sent from here.',
		means:
			'At least so many cases, in fives, null under five; what it is called, where two released that; the letters that were written down as sent.',
		refusals: ['not_found'],
		answer: z
			.object({
				...{ cases: z.int().min(5).nullable(), sinceYear: z.int(), title: z.string().nullable() },
				letters: z.array(
					z.object({
						...{ letterId: z.uuid(), addressee: z.enum(addressees), sentOn: day() },
						state: z.enum(['waits', ...letterAnswers]),
						answers: z.array(z.object({ answer: z.enum(letterAnswers), answeredOn: day(), words: z.string() }))
					})
				)
			})
			.openapi('CauseLetter'),
		async read({ installation, actor, params }) {
			return await read(installation, actor, async (tx, now) => {
				const found = await findLetter(tx, actor, now, params.causeId);
				if (!found) return refuse('not_found');
				const letters = await listLetters(tx, actor.networkId, { causeId: found.cause.causeId });
				return ok({
					body: {
						...{ cases: found.cases, sinceYear: found.sinceYear, title: found.title },
						letters: letters.map(({ letterId, addressee, sentOn, state, answers }) => ({
							...{ letterId, addressee, sentOn, state },
							answers: answers.map(({ answer, answeredOn, words }) => ({ answer, answeredOn, words }))
						}))
					}
				});
			});
		}
	}),
	act({
		operationId: 'recordLetter',
		path: '/causes/{causeId}/letters',
		tag: 'causes',
		summary: 'Write down that the letter was sent: to which kind of addressee, and when',
		description: 'By whoever works in the network, from five cases on. The letter itself is not kept.',
		status: 201,
		means: 'It waits for an answer, and who governs reads that it does.',
		refusals: ['not_allowed', 'too_few_cases'],
		command: recordLetter,
		body: recordLetterSchema.omit({ causeId: true }),
		answer: z.object({ letterId: z.uuid() }).openapi('RecordedLetter'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerLetter',
		path: '/letters/{letterId}/answers',
		tag: 'causes',
		summary: 'Write down what came back on a letter, or that it was not sent after all',
		status: 204,
		means: 'Written down; the newest counts. Who wrote down that it was sent is told.',
		refusals: ['not_allowed', 'wrong_state'],
		command: answerLetter,
		body: answerLetterSchema.omit({ letterId: true }),
		toAnswer: nothing
	})
];
