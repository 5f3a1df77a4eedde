import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { addWord, retireWord } from '#rooms/knowledge/words/commands.server.ts';
import { fieldThesaurus, listOwnWords } from '#rooms/knowledge/words/read.server.ts';
import { conceptKinds, registers } from '#rooms/knowledge/words/rules.ts';
import { addWordSchema } from '#rooms/knowledge/words/schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const label = { label: z.string(), register: z.enum(registers) };

export const wordOperations: readonly Operation[] = [
	reading({
		operationId: 'listWords',
		path: '/words',
		tag: 'questions',
		summary: 'The thesaurus: the words of the field, and those of this network',
		description: 'By these words who knows, and what helped before, is found when a case says it in other words.',
		means: 'All of it.',
		refusals: [],
		answer: z
			.object({
				concepts: z.array(
					z.object({
						...{ concept: z.string(), kind: z.enum(conceptKinds), broader: z.array(z.string()), saysFor: z.string() },
						labels: z.array(z.object(label)),
						ownWords: z.array(z.object({ wordId: z.uuid(), ...label, addedByMembershipId: z.uuid(), at: z.iso.datetime() })),
						turnTo: z.object({ who: z.string(), url: z.url(), asOf: z.iso.date() }).nullable()
					})
				)
			})
			.openapi('Thesaurus'),
		async read({ installation, actor }) {
			const own = await read(installation, actor, (tx) => listOwnWords(tx, actor));
			return ok({
				body: {
					concepts: fieldThesaurus.map(({ concept, kind, broader, saysFor, labels, turnTo }) => ({
						...{ concept, kind, broader: [...broader], saysFor, turnTo },
						labels: labels.map(({ text, register }) => ({ label: text, register })),
						ownWords: own
							.filter((word) => word.concept === concept)
							.map((word) => ({
								...{ wordId: word.wordId, label: word.label, register: word.register },
								...{ addedByMembershipId: word.membershipId, at: word.at.toISOString() }
							}))
					}))
				}
			});
		}
	}),
	act({
		operationId: 'addWord',
		path: '/words',
		tag: 'questions',
		summary: 'Add a word that people in this network use for something in the thesaurus',
		status: 201,
		means: 'From now on it is found by that word too.',
		refusals: ['not_allowed', 'needs_acknowledgement'],
		command: addWord,
		body: addWordSchema,
		answer: z.object({ wordId: z.uuid() }).openapi('AddedWord'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'retireWord',
		path: '/words/{wordId}/retirement',
		tag: 'questions',
		summary: 'Take a word of the network out again',
		description: 'Who added it does, or the facilitator. The words of the field stay.',
		status: 204,
		means: 'Nothing is found by it any more.',
		refusals: ['not_allowed', 'wrong_state'],
		command: retireWord,
		toAnswer: nothing
	})
];
