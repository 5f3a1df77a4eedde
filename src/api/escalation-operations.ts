import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { answerRung, askRung } from '#rooms/agreements/escalation/commands.server.ts';
import { findLadder, getMyAskedRung, peopledRungs } from '#rooms/agreements/escalation/read.server.ts';
import { nextRungs, outsides, rungAnswers, rungs, wishes } from '#rooms/agreements/escalation/rules.ts';
import { answerRungSchema, askRungSchema } from '#rooms/agreements/escalation/schema.ts';
import { confirmTerms, proposeTerms } from '#rooms/agreements/escalation/terms/commands.server.ts';
import { getTerms, listTermsProposals } from '#rooms/agreements/escalation/terms/read.server.ts';
import { didMore } from '#rooms/agreements/more/commands.server.ts';
import { didMoreSchema } from '#rooms/agreements/more/schema.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const step = z.object({
	escalationId: z.uuid(),
	rung: z.enum(rungs),
	wish: z.enum(wishes),
	organisationId: z.uuid().nullable(),
	outside: z.enum(outsides).nullable(),
	amountCents: z.int().nullable(),
	words: z.string().nullable(),
	askedBy: z.uuid(),
	at: moment(),
	dueAt: moment(),
	asked: z.array(z.uuid()).openapi({ description: 'The persons who were asked.' }),
	answer: z.enum(rungAnswers).nullable(),
	answeredBy: z.uuid().nullable(),
	answeredAt: moment().nullable(),
	reply: z.string().nullable(),
	proof: z.string().nullable()
});

/** Working days, per rung. */
const termsOf = {
	colleagues: z.int().min(1).max(20),
	secretariat: z.int().min(1).max(20),
	governors: z.int().min(1).max(20),
	outside: z.int().min(1).max(60)
};

export const escalationOperations: readonly Operation[] = [
	reading({
		operationId: 'getLadderTerms',
		path: '/ladder-terms',
		tag: 'agreements',
		summary: 'How many working days each rung of the ladder has to answer',
		means: 'What holds for what is asked now, and what was proposed.',
		refusals: [],
		answer: z
			.object({
				...termsOf,
				since: moment().nullable().openapi({ description: 'Null: what every network begins with.' }),
				proposals: z.array(
					z.object({
						...{ termsId: z.uuid(), ...termsOf, organisationId: z.uuid(), at: moment() },
						answer: z.enum(['confirmed', 'declined']).nullable()
					})
				)
			})
			.openapi('LadderTerms'),
		async read({ installation, actor }) {
			const { terms, proposals } = await read(installation, actor, async (tx) => ({
				terms: await getTerms(tx, actor),
				proposals: await listTermsProposals(tx, actor)
			}));
			return ok({
				body: {
					...{ ...terms, since: terms.since?.toISOString() ?? null },
					proposals: proposals.map(({ termsId, colleagues, secretariat, governors, outside, organisationId, at, answer }) => ({
						...{ termsId, colleagues, secretariat, governors, outside, organisationId, at: at.toISOString(), answer }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'proposeLadderTerms',
		path: '/ladder-terms/proposals',
		tag: 'agreements',
		summary: 'Propose how many working days each rung of the ladder has to answer',
		description: 'By who governs or administers an organisation.',
		status: 201,
		means: 'It waits for someone of another organisation.',
		refusals: ['not_allowed'],
		command: proposeTerms,
		body: z.strictObject(termsOf),
		answer: z.object({ termsId: z.uuid() }).openapi('ProposedLadderTerms'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmLadderTerms',
		path: '/ladder-terms/proposals/{termsId}/answer',
		tag: 'agreements',
		summary: 'Confirm or decline proposed terms of the ladder',
		status: 204,
		means: 'Answered. What is asked from now on has the terms that were confirmed.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered'],
		command: confirmTerms,
		body: z.strictObject({ answer: z.enum(['confirmed', 'declined']) }),
		toAnswer: nothing
	}),
	reading({
		operationId: 'getLadder',
		path: '/cases/{caseId}/escalations',
		tag: 'agreements',
		summary: 'The ladder of a case: which rungs were asked, what they answered, and which can be asked now',
		means: 'The ladder.',
		refusals: [],
		answer: z.object({ steps: z.array(step), next: z.array(z.enum(rungs)) }).openapi('Ladder'),
		async read({ installation, actor, params }) {
			const found = await getCaseTable(installation, actor, params.caseId);
			if (!found.ok) return found;
			const { ladder, words, state } = found.value;
			const next = await read(installation, actor, async (tx, now) =>
				isUnderWay(state) ? nextRungs(ladder, peopledRungs(await findLadder(tx, actor, now)), now) : []
			);
			const text = (id: string, part: string): string | null => words.get(id)?.get(part)?.text ?? null;
			return ok({
				body: {
					next: [...next],
					steps: ladder.map(({ escalationId, rung, wish, organisationId, outside, amountCents, answer, answeredBy, ...one }) => ({
						...{ escalationId, rung, wish, organisationId, outside, amountCents, answer, answeredBy, askedBy: one.personId },
						words: text(escalationId, 'escalation'),
						...{ at: one.at.toISOString(), dueAt: one.dueAt.toISOString(), answeredAt: one.answeredAt?.toISOString() ?? null },
						asked: one.asked.map(({ personId }) => personId),
						...{ reply: text(escalationId, 'escalation_reply'), proof: text(escalationId, 'escalation_proof') }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'askRung',
		path: '/cases/{caseId}/escalations',
		tag: 'agreements',
		summary: 'Ask the next rung of the ladder: colleagues, the secretariat, governors, or outside',
		description:
			'By who holds the case. Who is asked sees the question and no case. `membershipIds` for colleagues, `organisationId` for governors, `outside` for someone outside the network, whose answer you record yourself.',
		status: 201,
		means: 'The rung is asked; it has a term in working days.',
		refusals: ['not_holder', 'wrong_state', 'rung_open', 'not_next_rung', 'needs_acknowledgement'],
		command: askRung,
		body: askRungSchema.omit({ caseId: true }),
		answer: z.object({ escalationId: z.uuid() }).openapi('AskedRung'),
		toAnswer: (value) => ({ body: value })
	}),
	reading({
		operationId: 'getAskedRung',
		path: '/escalations/{escalationId}',
		tag: 'agreements',
		summary: 'What you are asked on a ladder: the question, nothing of its case',
		means: 'The question. Its words are given while it waits for you, or when you said that you do it.',
		refusals: [],
		answer: z
			.object({
				escalationId: z.uuid(),
				rung: z.enum(rungs),
				wish: z.enum(wishes),
				words: z.string().nullable(),
				amountCents: z.int().nullable(),
				askedBy: z.uuid(),
				at: moment(),
				dueAt: moment(),
				answer: z.enum(rungAnswers).nullable(),
				open: z.boolean().openapi({ description: 'Whether it can still be answered.' })
			})
			.openapi('QuestionOnLadder'),
		async read({ installation, actor, params }) {
			const found = await getMyAskedRung(installation, actor, params.escalationId);
			if (!found.ok) return found;
			const { escalationId, rung, wish, words, amountCents, askedBy, at, dueAt, answer, isOpen } = found.value;
			return ok({
				body: {
					...{ escalationId, rung, wish, words, askedBy, answer, open: isOpen, amountCents },
					...{ at: at.toISOString(), dueAt: dueAt.toISOString() }
				}
			});
		}
	}),
	act({
		operationId: 'answerRung',
		path: '/escalations/{escalationId}/answer',
		tag: 'agreements',
		summary: 'Answer what you are asked on a ladder, or record what someone outside answered',
		description:
			'`will`, `time_out`, `no` (with why) or `next`: the first answer counts for all who were asked. `outside_said`, with `words` and `proof`, by who holds the case.',
		status: 204,
		means: 'It is answered, and who holds the case is told.',
		refusals: ['not_asked', 'not_holder', 'wrong_state', 'already_answered', 'ask_over', 'needs_acknowledgement'],
		command: answerRung,
		body: answerRungSchema.omit({ escalationId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'didMore',
		path: '/agreements/{agreementId}/did-more',
		tag: 'agreements',
		summary: 'Say that the other did more than agreed',
		description: 'By the receiver, once it was reported. Only the promiser is told, and it counts nowhere.',
		status: 204,
		means: 'It is said.',
		refusals: ['not_receiver', 'wrong_state', 'not_reported', 'already_said', 'needs_acknowledgement'],
		command: didMore,
		body: didMoreSchema.omit({ agreementId: true }),
		toAnswer: nothing
	})
];
