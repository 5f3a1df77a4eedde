import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { answerPublication, proposePublication, tellOutside, withdrawPublication } from '#rooms/causes/publication/commands.server.ts';
import { findPublishing, listPublicCauses } from '#rooms/causes/publication/read.server.ts';
import { publicationEventKinds, waits } from '#rooms/causes/publication/rules.ts';
import { answerPublicationSchema, tellOutsideSchema } from '#rooms/causes/publication/schema.ts';
import { confirmRelease, writeRelease } from '#rooms/causes/releases/commands.server.ts';
import { declineReasons, releaseHands, releaseKinds } from '#rooms/causes/releases/rules.ts';
import { confirmReleaseSchema, writeReleaseSchema } from '#rooms/causes/releases/schema.ts';
import { causeKinds, outsideResponsibles, responsibleColumns } from '#rooms/causes/rules.ts';
import { signalStates } from '#rooms/causes/signals/rules.ts';
import { day, moment } from './case-table.schema.ts';
import { publicExceptions } from './public-page.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const who = {
	organisationId: z.uuid().nullable(),
	outside: z.enum(outsideResponsibles).nullable(),
	gone: z.boolean().openapi({ description: 'That organisation left the network.' })
};

export const publicationOperations: readonly Operation[] = [
	reading({
		operationId: 'getRegister',
		path: '/register',
		tag: 'causes',
		summary: 'The causes that are public',
		description: 'Never under five cases, in figures frozen by quarter; words only where two people of two organisations released them.',
		means: 'The register as it stands.',
		refusals: [],
		answer: z
			.object({
				causes: z.array(
					z.object({
						...{ causeId: z.uuid(), kind: z.enum(causeKinds), ...who, state: z.enum(signalStates), changedOn: day().nullable() },
						...{ sinceYear: z.int(), quarter: day(), cases: z.int().min(5), exceptions: publicExceptions },
						...{ title: z.string().nullable(), rule: z.string().nullable(), answer: z.string().nullable() },
						answerWithheld: z
							.boolean()
							.openapi({ description: 'Who goes about it gave an answer that another organisation did not release.' })
					})
				)
			})
			.openapi('Register'),
		async read({ installation, actor }) {
			const causes = await read(installation, actor, (tx) => listPublicCauses(tx));
			return ok({
				body: {
					causes: causes.map(({ responsible, exceptions, ...cause }) => ({
						...{ ...cause, exceptions: [...exceptions] },
						...responsibleColumns(responsible),
						gone: responsible.kind === 'gone'
					}))
				}
			});
		}
	}),
	reading({
		operationId: 'getPublication',
		path: '/causes/{causeId}/publication',
		tag: 'causes',
		summary: 'Where making a cause public stands',
		means: 'What was proposed, until when can be answered, and the words for outside.',
		refusals: ['not_found'],
		answer: z
			.object({
				publication: z
					.object({
						publicationId: z.uuid(),
						state: z.enum(['asked', 'public', 'withdrawn']),
						at: moment(),
						until: day().nullable().openapi({ description: 'The last day to answer; null while who is outside was not told.' }),
						waitsFor: z.enum(waits).nullable(),
						events: z.array(z.object({ kind: z.enum(publicationEventKinds), at: moment(), proof: z.string(), onBehalf: z.boolean() }))
					})
					.nullable(),
				releases: z.array(
					z.object({
						...{ releaseId: z.uuid(), kind: z.enum(releaseKinds), words: z.string(), organisationId: z.uuid(), at: moment() },
						hand: z.enum(releaseHands).nullable(),
						reason: z
							.enum(declineReasons)
							.nullable()
							.openapi({ description: 'Why another declined it; null where its writer took it back.' }),
						reasonWords: z.string().nullable()
					})
				)
			})
			.openapi('Publication'),
		async read({ installation, actor, params }) {
			const found = await read(installation, actor, (tx, now) => findPublishing(tx, actor, now, params.causeId));
			if (!found) return refuse('not_found');
			const { publication, until, waits: waitsFor, releases } = found;
			return ok({
				body: {
					publication: publication && {
						...{ publicationId: publication.publicationId, state: publication.state, at: publication.at.toISOString(), until },
						waitsFor,
						events: publication.events.map(({ kind, at, proof, onBehalf }) => ({ kind, at: at.toISOString(), proof, onBehalf }))
					},
					releases: releases.map(({ releaseId, kind, body, organisationId, at, hand, reason, reasonWords }) => ({
						...{ releaseId, kind, words: body, organisationId, at: at.toISOString(), hand },
						...{ reason, reasonWords: reason === null ? null : reasonWords }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'proposePublication',
		path: '/causes/{causeId}/publications',
		tag: 'causes',
		summary: 'Propose to make a cause public',
		description:
			'By a facilitator, who governs, a secretariat, or who answers for the organisation that goes about it. From five cases on.',
		status: 201,
		means: 'Who goes about it is asked, and has thirty days. Nothing is public yet.',
		refusals: ['not_allowed', 'wrong_state', 'already_proposed', 'too_few_cases'],
		command: proposePublication,
		answer: z.object({ publicationId: z.uuid() }).openapi('ProposedPublication'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerPublication',
		path: '/publications/{publicationId}/answers',
		tag: 'causes',
		summary: 'Answer for who goes about a cause that may become public',
		description: 'By who governs or administers it; of one outside the network on its behalf, with where it can be read.',
		status: 201,
		means: 'It stands beside the cause once someone of another organisation released it.',
		refusals: ['not_allowed', 'not_responsible', 'wrong_state'],
		command: answerPublication,
		body: answerPublicationSchema.omit({ publicationId: true }),
		answer: z.object({ releaseId: z.uuid() }).openapi('AnsweredPublication'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'tellOutside',
		path: '/publications/{publicationId}/tellings',
		tag: 'causes',
		summary: 'Record how and when who is outside the network was told',
		status: 204,
		means: 'From now on they have their thirty days.',
		refusals: ['not_allowed', 'wrong_state', 'already_answered'],
		command: tellOutside,
		body: tellOutsideSchema.omit({ publicationId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawPublication',
		path: '/publications/{publicationId}/withdrawal',
		tag: 'causes',
		summary: 'Take back that a cause becomes or is public',
		status: 204,
		means: 'It is not, or no longer, in the register.',
		refusals: ['not_allowed', 'not_yours', 'wrong_state'],
		command: withdrawPublication,
		toAnswer: nothing
	}),
	act({
		operationId: 'writeRelease',
		path: '/causes/{causeId}/releases',
		tag: 'causes',
		summary: 'Write words for outside: what a cause is called, or its changed rule',
		status: 201,
		means: 'It waits for someone of another organisation.',
		refusals: ['not_allowed', 'wrong_state'],
		command: writeRelease,
		body: writeReleaseSchema.omit({ causeId: true }),
		answer: z.object({ releaseId: z.uuid() }).openapi('WrittenRelease'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmRelease',
		path: '/releases/{releaseId}/hand',
		tag: 'causes',
		summary: 'Release words for outside, or decline them with why',
		description:
			'Words of another organisation are declined with a reason and words. Who wrote them, and who they answer for, is told and may say it anew.',
		status: 204,
		means: 'Answered; what was released may be read in the register.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered'],
		command: confirmRelease,
		body: confirmReleaseSchema.omit({ releaseId: true }),
		toAnswer: nothing
	})
];
