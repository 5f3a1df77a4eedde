import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { answerFollowUp } from '#rooms/returns/follow-up/commands.server.ts';
import { listFollowUps, listMyFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import type { FollowUp } from '#rooms/returns/follow-up/read.server.ts';
import { followUpOutcomes, happenedAnswers } from '#rooms/returns/follow-up/rules.ts';
import { answerFollowUpSchema } from '#rooms/returns/follow-up/schema.ts';
import { getNetworkReturn } from '#rooms/returns/realised/read.server.ts';
import { tellSuccess } from '#rooms/returns/success/commands.server.ts';
import { listMyThanks } from '#rooms/returns/success/read.server.ts';
import { tellSuccessSchema } from '#rooms/returns/success/schema.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { moment } from './case-table.schema.ts';
import { act, reading } from './operation.ts';
import type { Operation } from './operation.ts';
import { summedWaysSchema } from './return.schema.ts';

const day = () => z.iso.date();

const followUpSchema = z
	.object({
		followUpId: z.uuid(),
		kind: z.enum(['6', '3_6_12']),
		month: z.int(),
		dueOn: day(),
		state: z.enum(['planned', 'due', 'answered', 'dropped']),
		answerable: z.boolean(),
		outcome: z.enum(followUpOutcomes).nullable(),
		answeredAt: moment().nullable(),
		answeredByMembershipId: z.uuid().nullable(),
		droppedAt: moment().nullable(),
		findings: z.array(z.object({ flow: z.int(), price: z.string(), happened: z.enum(happenedAnswers) })).readonly()
	})
	.openapi('FollowUp');

const show = (followUp: FollowUp): z.input<typeof followUpSchema> => {
	const { caseId: _, droppedByMembershipId: __, ...shown } = followUp;
	return { ...shown, answeredAt: followUp.answeredAt?.toISOString() ?? null, droppedAt: followUp.droppedAt?.toISOString() ?? null };
};

const sumSchema = z.object({ cases: z.int(), ways: z.union([summedWaysSchema, z.null()]) });

/** The command's schema is refined, and a refined schema cannot leave a field out. */
const { followUpId: _, ...answerFields } = answerFollowUpSchema.shape;

export const followUpOperations: readonly Operation[] = [
	reading({
		operationId: 'listFollowUps',
		path: '/cases/{caseId}/follow-ups',
		tag: 'returns',
		summary: 'When a case is looked at again, and what was found',
		description: 'Reading it reads the case, and leaves a line in its log.',
		means: 'The checks, in order of months.',
		refusals: [],
		answer: z.object({ followUps: z.array(followUpSchema) }),
		async read({ installation, actor, params }) {
			const table = await getCaseTable(installation, actor, params.caseId);
			if (!table.ok) return table;
			const followUps = await read(installation, actor, (tx, now) => listFollowUps(tx, actor, now, params.caseId));
			return ok({ body: { followUps: followUps.map(show) } });
		}
	}),
	reading({
		operationId: 'listMyFollowUps',
		path: '/follow-ups',
		tag: 'returns',
		summary: 'The checks that are due in the cases you hold',
		means: 'Oldest first.',
		refusals: [],
		answer: z.object({
			followUps: z.array(z.object({ followUpId: z.uuid(), caseId: z.uuid(), pseudonym: z.string(), month: z.int(), dueOn: day() }))
		}),
		async read({ installation, actor }) {
			return ok({ body: { followUps: await read(installation, actor, (tx, now) => listMyFollowUps(tx, actor, now)) } });
		}
	}),
	act({
		operationId: 'answerFollowUp',
		path: '/follow-ups/{followUpId}/answers',
		tag: 'returns',
		summary: 'Say how it is now in a case you hold, and whether what loomed has happened',
		description:
			'Findings replace assumptions in what was realised. What is left out is not known, and counts for nothing. When the goal was reached, wholly or in part, everyone who helped is told.',
		status: 201,
		means: 'It is noted, once.',
		refusals: ['not_holder', 'too_early', 'already_answered', 'wrong_state'],
		command: answerFollowUp,
		body: z.strictObject(answerFields).openapi('FollowUpAnswer'),
		answer: z.object({ caseId: z.uuid(), told: z.int().nullable() }).openapi('AnsweredFollowUp'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'tellSuccess',
		path: '/cases/{caseId}/success',
		tag: 'returns',
		summary: 'Tell everyone who helped that it worked out',
		description: 'Once for each outcome. The letter says nothing of the case.',
		status: 201,
		means: 'So many were told.',
		refusals: ['not_holder', 'already_told'],
		command: tellSuccess,
		body: tellSuccessSchema.omit({ caseId: true }),
		answer: z.object({ told: z.int() }).openapi('ToldSuccess'),
		toAnswer: (value) => ({ body: value })
	}),
	reading({
		operationId: 'listThanks',
		path: '/thanks',
		tag: 'returns',
		summary: 'What worked out with your help',
		means: 'Newest first; the case only where you sit at its table.',
		refusals: [],
		answer: z.object({
			thanks: z.array(
				z.object({
					toldId: z.uuid(),
					kinds: z.array(z.enum(['answered', 'agreed'])).readonly(),
					at: moment(),
					caseId: z.uuid().nullable(),
					pseudonym: z.string().nullable()
				})
			)
		}),
		async read({ installation, actor }) {
			const thanks = await read(installation, actor, (tx) => listMyThanks(tx, actor));
			return ok({ body: { thanks: thanks.map((one) => ({ ...one, at: one.at.toISOString() })) } });
		}
	}),
	reading({
		operationId: 'getNetworkReturn',
		path: '/return',
		tag: 'returns',
		summary: 'What the network returned so far, and how much of it nobody knows',
		description:
			'Realised counts followed-up cases only; missing never counts as a success. No amounts under three cases. Ends of ranges are added up, which is wider than the range of the sum.',
		means: 'Counts and sums; no case, no organisation.',
		refusals: [],
		answer: z
			.object({
				helped: z.int(),
				followed: z.int(),
				missing: z.int(),
				notDue: z.int(),
				outcomes: z.object({ reached: z.int(), partly: z.int(), not: z.int() }),
				estimate: sumSchema,
				realised: sumSchema,
				foreseen: sumSchema,
				headline: z.object({ kind: z.enum(['count', 'ratio']), needed: z.int() })
			})
			.openapi('NetworkReturn'),
		async read({ installation, actor }) {
			return ok({ body: await read(installation, actor, (tx) => getNetworkReturn(tx)) });
		}
	})
];
