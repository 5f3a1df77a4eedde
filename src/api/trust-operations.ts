import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { endPair, openPair } from '#rooms/chain/pairs/commands.server.ts';
import { getPair, listMyPairs } from '#rooms/chain/pairs/read.server.ts';
import type { PairTable, RoundTold } from '#rooms/chain/pairs/read.server.ts';
import { pairStates } from '#rooms/chain/pairs/rules.ts';
import { openPairSchema } from '#rooms/chain/pairs/schema.ts';
import { answerTrust, openRound } from '#rooms/chain/trust/commands.server.ts';
import { roundStates, trustQuestions } from '#rooms/chain/trust/rules.ts';
import { answerTrustSchema } from '#rooms/chain/trust/schema.ts';
import { day, moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const round = z.object({
	...{ roundId: z.uuid(), quarter: day(), state: z.enum(roundStates), at: moment() },
	together: z
		.object({
			...{ level: z.number(), gap: z.int() },
			questions: z.array(z.object({ question: z.enum(trustQuestions), yours: z.int(), theirs: z.int() }))
		})
		.nullable()
		.openapi({ description: 'Null until both answered: then what both said, to the two of you alone.' }),
	yourAgreementId: z.uuid().nullable(),
	theirAgreementId: z.uuid().nullable()
});
const pair = z
	.object({
		...{ pairId: z.uuid(), state: z.enum(pairStates), at: moment() },
		other: z.object({ personId: z.uuid(), membershipId: z.uuid(), works: z.boolean() }),
		rounds: z.array(round),
		agreements: z.array(z.object({ agreementId: z.uuid(), personId: z.uuid(), state: z.string(), dueOn: day() }))
	})
	.openapi('Pair');

const showRound = ({ roundId, quarter, state, at, told, things }: RoundTold): z.input<typeof round> => ({
	...{ roundId, quarter, state, at: at.toISOString() },
	together: told && {
		...{ level: told.level, gap: told.gap },
		questions: told.lines.map(({ question, mine, theirs }) => ({ question, yours: mine, theirs }))
	},
	yourAgreementId: things.mine?.agreementId ?? null,
	theirAgreementId: things.theirs?.agreementId ?? null
});

const show = ({ pairId, state, at, other, rounds, agreements }: PairTable): z.input<typeof pair> => ({
	...{ pairId, state, at: at.toISOString(), other, rounds: rounds.map(showRound) },
	agreements: agreements.map((one) => ({ agreementId: one.agreementId, personId: one.personId, state: one.state, dueOn: one.dueOn }))
});

export const trustOperations: readonly Operation[] = [
	reading({
		operationId: 'listMyPairs',
		path: '/pairs',
		tag: 'trust',
		summary: 'With whom you look at trust',
		means: 'The newest first.',
		refusals: [],
		answer: z
			.object({ pairs: z.array(z.object({ pairId: z.uuid(), state: z.enum(pairStates), at: moment(), organisation: z.string() })) })
			.openapi('Pairs'),
		async read({ installation, actor }) {
			const found = await read(installation, actor, (tx, now) => listMyPairs(tx, actor, now));
			const pairs = found.map(({ pairId, state, at, otherOrganisation }) => ({
				pairId,
				state,
				at: at.toISOString(),
				organisation: otherOrganisation
			}));
			return ok({ body: { pairs } });
		}
	}),
	act({
		operationId: 'openPair',
		path: '/pairs',
		tag: 'trust',
		summary: 'Ask someone of another organisation to look at the trust between the two',
		description:
			'They are invited as to a table: they see nothing until they accept the invitation. Two organisations have one pair at a time.',
		status: 201,
		means: 'They are asked.',
		refusals: ['not_allowed', 'both_sides', 'already_paired', 'needs_acknowledgement'],
		command: openPair,
		body: openPairSchema,
		gives: ['Location'],
		answer: z.object({ pairId: z.uuid(), invitationId: z.uuid() }).openapi('OpenedPair'),
		toAnswer: (value) => ({ body: value, location: `/pairs/${value.pairId}` })
	}),
	reading({
		operationId: 'getPair',
		path: '/pairs/{pairId}',
		tag: 'trust',
		summary: 'A pair of which you are a side; to everyone else it does not exist',
		means: 'The pair with its rounds, as you may see them.',
		refusals: [],
		answer: pair,
		async read({ installation, actor, params }) {
			const found = await getPair(installation, actor, params.pairId);
			return found.ok ? ok({ body: show(found.value) }) : found;
		}
	}),
	act({
		operationId: 'endPair',
		path: '/pairs/{pairId}/end',
		tag: 'trust',
		summary: 'End a pair, for good',
		description: 'Either of the two can. Who takes it over opens a new one, and does not see what was answered here.',
		status: 204,
		means: 'It is ended.',
		refusals: ['wrong_state'],
		command: endPair,
		toAnswer: nothing
	}),
	act({
		operationId: 'openTrustRound',
		path: '/pairs/{pairId}/rounds',
		tag: 'trust',
		summary: 'Open the five questions about each other for this quarter',
		status: 201,
		means: 'Both can answer until the quarter is over.',
		refusals: ['wrong_state', 'round_open'],
		command: openRound,
		answer: z.object({ roundId: z.uuid(), pairId: z.uuid() }).openapi('OpenedTrustRound'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerTrustRound',
		path: '/trust-rounds/{roundId}/answers',
		tag: 'trust',
		summary: 'Answer the five questions about the other, from 1 (not at all) to 5 (wholly)',
		description: `In this order: ${trustQuestions.join(', ')}. The other side learns nothing of it until it answered too. Then each promises the other one thing: an agreement by \`/cases/{pairId}/agreements\`.`,
		status: 204,
		means: 'Answered.',
		refusals: ['wrong_state', 'already_answered'],
		command: answerTrust,
		body: answerTrustSchema.omit({ roundId: true }),
		toAnswer: nothing
	})
];
