import { z } from '@hono/zod-openapi';
import { ok } from '#foundation/outcome.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import { verdicts } from '#rooms/fund/requests/rules.ts';
import {
	dropEntry,
	recordDurability,
	recordEffects,
	recordGoal,
	recordPrecedents,
	recordProblem,
	recordReply,
	recordScheme,
	recordTriangle
} from '#rooms/fund/requests/steps/commands.server.ts';
import {
	corners,
	effectTasks,
	objectionOf,
	outlooks,
	paths,
	problemKinds,
	schemeAnswers,
	stepNames
} from '#rooms/fund/requests/steps/rules.ts';
import {
	durabilitySchema,
	effectsSchema,
	goalSchema,
	precedentsSchema,
	problemSchema,
	replySchema,
	schemeSchema,
	triangleSchema
} from '#rooms/fund/requests/steps/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const entryAnswer = z.object({ entryId: z.uuid() }).openapi('RequestEntry');
const words = z.string().nullable().openapi({ description: 'Null when nothing was written, or the key of the case was destroyed.' });
const scores = z.object({ legitimacy: z.int(), involvement: z.int(), return: z.int() } satisfies Record<
	(typeof corners)[number],
	z.ZodInt
>);

const stepsAnswer = z
	.object({
		requestId: z.uuid(),
		missing: z.array(z.enum(stepNames)).openapi({ description: 'What must be filled in before it is asked.' }),
		goal: z.object({ ownWords: z.boolean(), horizonMonths: z.int(), goal: words, noWordsBecause: words, residentDoes: words }).nullable(),
		problems: z.array(z.object({ entryId: z.uuid(), kind: z.enum(problemKinds), place: z.int(), problem: words })),
		schemes: z.array(
			z.object({
				...{ entryId: z.uuid(), answer: z.enum(schemeAnswers), askedOn: z.string().nullable(), answeredOn: z.string().nullable() },
				objectUntil: z.string().nullable().openapi({ description: 'The last day on which one may object to the decision.' }),
				...{ scheme: words, why: words }
			})
		),
		triangle: z
			.object({
				...({ present: scores, looming: scores, proposed: scores } satisfies Record<(typeof paths)[number], typeof scores>),
				better: z.boolean().openapi({ description: 'The proposal is at least as good everywhere, and better on one side.' }),
				...{ presentBecause: words, loomingBecause: words, proposedBecause: words }
			})
			.nullable(),
		durability: z.object({ outlook: z.enum(outlooks), because: words }).nullable(),
		effects: z
			.object({
				...{ socialAssistance: z.string(), giftsCents: z.int(), writtenWord: z.boolean(), residentTold: z.boolean() },
				...{ administration: z.string(), administratorAgrees: z.boolean(), toReport: words },
				toDo: z.array(z.enum(effectTasks)).openapi({ description: 'What has to be done before it is paid.' })
			})
			.nullable(),
		precedents: z.object({
			...{ seen: z.boolean(), because: words },
			alike: z.array(
				z.object({
					...{ cause: z.string(), outcome: z.string() },
					cases: z.int().nullable().openapi({ description: 'Null: fewer than three, which is not told.' })
				})
			)
		}),
		reasonsNeeded: z.array(z.enum(['triangle', 'precedents'])).openapi({ description: 'Why a grant needs a written reason.' }),
		judgements: z.array(
			z.object({
				...{ judgementId: z.uuid(), at: moment(), verdict: z.enum(verdicts), grantedCents: z.int().nullable() },
				...{ organisation: z.string().nullable(), reason: words, condition: words, whoHelps: words }
			})
		),
		replies: z.array(z.object({ entryId: z.uuid(), at: moment(), reply: words }))
	})
	.openapi('RequestSteps');

const refusals = ['not_allowed', 'wrong_state', 'needs_acknowledgement'] as const;
const filling = {
	tag: 'requests',
	status: 201,
	refusals,
	answer: entryAnswer,
	toAnswer: (value: { entryId: string }) => ({ body: value })
} as const;
const means = 'It is written; what stood there before stays, and the newest counts.';

/** The steps of a larger request, and what was written in them. */
export const requestStepOperations: readonly Operation[] = [
	reading({
		operationId: 'getRequestSteps',
		path: '/requests/{requestId}/steps',
		tag: 'requests',
		summary: 'What was filled in of a larger request, as far as you may read it; leaves a line in the log',
		means: 'The steps. They do not say of which case they are.',
		refusals: [],
		answer: stepsAnswer,
		async read({ installation, actor, params }) {
			const found = await getRequestPaper(installation, actor, params.requestId);
			if (!found.ok) return found;
			const paper = found.value;
			const { requestId } = paper.request;
			const { goal, problems, schemes, triangle, durability, effects, precedents, replies } = paper.filled;
			const said = (aboutId: string, part: string): string | null => paper.words.get(aboutId)?.get(part) ?? null;
			const own = (part: string) => said(requestId, part);
			return ok({
				body: {
					...{ requestId, missing: [...paper.missing] },
					goal: goal && {
						...{ ownWords: goal.ownWords, horizonMonths: goal.horizonMonths, goal: own('request_goal') },
						...{ noWordsBecause: own('request_no_words'), residentDoes: own('request_resident_does') }
					},
					problems: problems.map(({ entryId, kind, place }) => ({ entryId, kind, place, problem: said(entryId, 'request_problem') })),
					schemes: schemes.map((scheme) => ({
						...{ entryId: scheme.entryId, answer: scheme.answer, askedOn: scheme.askedOn, answeredOn: scheme.answeredOn },
						...{ objectUntil: objectionOf(scheme), scheme: said(scheme.entryId, 'request_scheme') },
						why: said(scheme.entryId, 'request_scheme_why')
					})),
					triangle: triangle && {
						...{ present: triangle.present, looming: triangle.looming, proposed: triangle.proposed, better: paper.better === true },
						...{ presentBecause: own('request_present'), loomingBecause: own('request_looming') },
						proposedBecause: own('request_proposed')
					},
					durability: durability && { outlook: durability.outlook, because: own('request_durability') },
					effects: effects && {
						...{ socialAssistance: effects.socialAssistance, giftsCents: effects.giftsCents, writtenWord: effects.writtenWord },
						...{ residentTold: effects.residentTold, administration: effects.administration },
						...{ administratorAgrees: effects.administratorAgrees, toReport: own('request_effects'), toDo: [...paper.tasks] }
					},
					precedents: {
						...{ seen: precedents, because: own('request_departs') },
						alike: paper.precedents.map(({ cause, outcome, cases }) => ({ cause, outcome, cases }))
					},
					reasonsNeeded: [...paper.reasons],
					judgements: paper.judgements.map(({ judgementId, at, verdict, grantedCents, membershipId }) => ({
						...{ judgementId, at: at.toISOString(), verdict, grantedCents },
						organisation: paper.names.get(membershipId)?.organisationName ?? null,
						...{ reason: said(judgementId, 'request_judgement'), condition: said(judgementId, 'request_condition') },
						whoHelps: said(judgementId, 'request_who_helps')
					})),
					replies: replies.map(({ entryId, at }) => ({ entryId, at: at.toISOString(), reply: said(entryId, 'request_reply') }))
				}
			});
		}
	}),
	act({
		...{ ...filling, operationId: 'recordGoal', path: '/requests/{requestId}/goal', means, command: recordGoal },
		summary: 'Write the goal in the resident’s own words, and what they do themselves',
		description: 'Without `goal`, `noWordsBecause` says why the words cannot be had.',
		body: z.strictObject(goalSchema.shape).omit({ requestId: true })
	}),
	act({
		...{ ...filling, operationId: 'recordProblem', path: '/requests/{requestId}/problems', means, command: recordProblem },
		summary: 'Write a problem, whose it is, and its place in the resident’s own order',
		description: 'With `entryId`: another version of one that stands.',
		body: problemSchema.omit({ requestId: true })
	}),
	act({
		...{ ...filling, operationId: 'recordScheme', path: '/requests/{requestId}/schemes', means, command: recordScheme },
		summary: 'Write which scheme goes before the pot, when it was asked, and what came of it',
		description:
			'`askedOn` is needed when it was asked, `answeredOn` when it was refused or given in part. With `entryId`: another version of one that stands.',
		body: z.strictObject(schemeSchema.shape).omit({ requestId: true })
	}),
	act({
		operationId: 'dropRequestEntry',
		method: 'delete',
		path: '/requests/{requestId}/entries/{entryId}',
		tag: 'requests',
		summary: 'Take a problem or a scheme off the list',
		status: 204,
		means: 'It is off the list.',
		refusals: ['not_allowed', 'wrong_state'],
		command: dropEntry,
		toAnswer: nothing
	}),
	act({
		...{ ...filling, operationId: 'recordTriangle', path: '/requests/{requestId}/triangle', means, command: recordTriangle },
		summary: 'Score the three paths on legitimacy, involvement and return, from 1 to 5, with reasons',
		body: triangleSchema.omit({ requestId: true })
	}),
	act({
		...{ ...filling, operationId: 'recordDurability', path: '/requests/{requestId}/durability', means, command: recordDurability },
		summary: 'Say whether it lasts, and why',
		description: '`no` blocks money, not other help.',
		body: durabilitySchema.omit({ requestId: true })
	}),
	act({
		...{ ...filling, operationId: 'recordEffects', path: '/requests/{requestId}/effects', means, command: recordEffects },
		summary: 'Write what the money may set off: social assistance, administration',
		description: 'What has to be done before payment follows from it (`toDo` in the steps).',
		body: effectsSchema.omit({ requestId: true })
	}),
	act({
		...{ ...filling, operationId: 'recordPrecedents', path: '/requests/{requestId}/precedents', means, command: recordPrecedents },
		summary: 'Say that you looked at what worked before, and why this goes another way',
		body: precedentsSchema.omit({ requestId: true })
	}),
	act({
		...{ ...filling, operationId: 'recordReply', path: '/requests/{requestId}/replies', means, command: recordReply },
		summary: 'Answer what the secretariat asked',
		body: replySchema.omit({ requestId: true })
	})
];
