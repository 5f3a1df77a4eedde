import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import {
	addConcept,
	addWord,
	restoreConcept,
	restoreFieldWord,
	retireConcept,
	retireFieldWord,
	retireWord
} from '#rooms/knowledge/words/commands.server.ts';
import { fieldThesaurus, getOwnThesaurus, joinWords } from '#rooms/knowledge/words/read.server.ts';
import { conceptKinds, registers } from '#rooms/knowledge/words/rules.ts';
import type { Label } from '#rooms/knowledge/words/rules.ts';
import { addConceptSchema, addWordSchema, fieldWordSchema } from '#rooms/knowledge/words/schema.ts';
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
						/** Null for a thing of the field. */
						conceptId: z.uuid().nullable(),
						retired: z.boolean(),
						...{ labels: z.array(z.object(label)), labelsAside: z.array(z.object(label)) },
						ownWords: z.array(z.object({ wordId: z.uuid(), ...label, addedByMembershipId: z.uuid(), at: z.iso.datetime() })),
						turnTo: z.object({ who: z.string(), url: z.url(), asOf: z.iso.date() }).nullable()
					})
				)
			})
			.openapi('Thesaurus'),
		async read({ installation, actor }) {
			const own = await read(installation, actor, (tx) => getOwnThesaurus(tx, actor));
			const labelOf = ({ text, register }: Label) => ({ label: text, register });
			return ok({
				body: {
					// The network's own words stand apart, each with who added it.
					concepts: joinWords(fieldThesaurus, { ...own, words: [] }).map(
						({ concept, conceptId, kind, broader, saysFor, retired, labels, aside, turnTo }) => ({
							...{ concept, conceptId, kind, broader: [...broader], saysFor, retired, turnTo },
							...{ labels: labels.map(labelOf), labelsAside: aside.map(labelOf) },
							ownWords: own.words
								.filter((word) => word.concept === concept && !word.retired)
								.map((word) => ({
									...{ wordId: word.wordId, label: word.label, register: word.register },
									...{ addedByMembershipId: word.membershipId, at: word.at.toISOString() }
								}))
						})
					)
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
		description: 'Who added it does, or the facilitator.',
		status: 204,
		means: 'Nothing is found by it any more.',
		refusals: ['not_allowed', 'wrong_state'],
		command: retireWord,
		toAnswer: nothing
	}),
	act({
		operationId: 'addConcept',
		path: '/words/concepts',
		tag: 'questions',
		summary: 'Add a thing that the thesaurus of the field lacks',
		status: 201,
		means: 'From now on it is found by its name; more words are added to it with its code, `own_` and the id without dashes.',
		refusals: ['not_allowed', 'needs_acknowledgement'],
		command: addConcept,
		body: addConceptSchema,
		answer: z.object({ conceptId: z.uuid() }).openapi('AddedConcept'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'retireConcept',
		path: '/words/concepts/{conceptId}/retirement',
		tag: 'questions',
		summary: 'Put a thing of the network aside',
		description: 'Who added it does, or the facilitator.',
		status: 204,
		means: 'Nothing is found by its words any more; what was written with them stays.',
		refusals: ['not_allowed', 'wrong_state'],
		command: retireConcept,
		toAnswer: nothing
	}),
	act({
		operationId: 'restoreConcept',
		path: '/words/concepts/{conceptId}/restoration',
		tag: 'questions',
		summary: 'Set a thing of the network back',
		status: 204,
		means: 'It is found by its words again.',
		refusals: ['not_allowed', 'wrong_state'],
		command: restoreConcept,
		toAnswer: nothing
	}),
	act({
		operationId: 'retireFieldWord',
		path: '/field-words/retirement',
		tag: 'questions',
		summary: 'Put a word of the field aside in this network',
		description: 'The facilitator does. For a word that means something else here.',
		status: 204,
		means: 'Nothing is found by it for this thing any more.',
		refusals: ['not_allowed', 'wrong_state'],
		command: retireFieldWord,
		body: fieldWordSchema,
		toAnswer: nothing
	}),
	act({
		operationId: 'restoreFieldWord',
		path: '/field-words/restoration',
		tag: 'questions',
		summary: 'Set a word of the field back',
		status: 204,
		means: 'The thing is found by it again.',
		refusals: ['not_allowed', 'wrong_state'],
		command: restoreFieldWord,
		body: fieldWordSchema,
		toAnswer: nothing
	})
];
