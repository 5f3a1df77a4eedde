import { z } from '@hono/zod-openapi';
import { ok } from '#foundation/outcome.ts';
import { askRequest, prepareRequest, sendRequest, withdrawRequest } from '#rooms/fund/requests/commands.server.ts';
import { askAgain } from '#rooms/fund/requests/again/commands.server.ts';
import { judgeRequest, standAside } from '#rooms/fund/requests/judging/commands.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import { askMoreSchema, askSchema, judgeSchema, prepareSchema } from '#rooms/fund/requests/schema.ts';
import { askMore, voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { confirmRule, proposeRule } from '#rooms/fund/rules-in-force/commands.server.ts';
import { settingNames } from '#rooms/fund/rules-in-force/rules.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const requestAnswer = z
	.object({
		requestId: z.uuid(),
		kind: z.string(),
		lane: z.string(),
		state: z.string(),
		amountCents: z.int(),
		grantedCents: z.int().nullable(),
		acute: z.boolean(),
		votes: z.int(),
		missing: z.array(z.string()),
		words: z.record(z.string(), z.string().nullable())
	})
	.openapi('Request');

/** Money asked of the pot, and the rules that hold for it. */
export const requestOperations: readonly Operation[] = [
	act({
		operationId: 'askRequest',
		path: '/cases/{caseId}/small-requests',
		tag: 'requests',
		summary: 'Ask a small amount of a team: everyone in it but you is asked at once',
		status: 201,
		means: 'The team is asked.',
		refusals: ['wrong_state', 'above_limit', 'above_household', 'team_too_small', 'needs_acknowledgement'],
		command: askRequest,
		body: z.strictObject(askSchema.shape).omit({ caseId: true }),
		answer: z.object({ requestId: z.uuid(), questionId: z.uuid() }).openapi('AskedRequest'),
		toAnswer: (value) => ({ body: value, location: `/requests/${value.requestId}` }),
		gives: ['Location']
	}),
	act({
		operationId: 'prepareRequest',
		path: '/cases/{caseId}/requests',
		tag: 'requests',
		summary: 'Begin a larger request; nothing is asked of anyone yet',
		status: 201,
		means: 'The request is being prepared.',
		refusals: ['wrong_state', 'needs_acknowledgement'],
		command: prepareRequest,
		body: z.strictObject(prepareSchema.shape).omit({ caseId: true }),
		answer: z.object({ requestId: z.uuid() }).openapi('PreparedRequest'),
		toAnswer: (value) => ({ body: value, location: `/requests/${value.requestId}` }),
		gives: ['Location']
	}),
	reading({
		operationId: 'getRequest',
		path: '/requests/{requestId}',
		tag: 'requests',
		summary: 'A request that you may see, and its words as far as you may read them',
		means: 'The request. It does not say of which case it is.',
		refusals: [],
		answer: requestAnswer,
		read: async ({ installation, actor, params }) => {
			const found = await getRequestPaper(installation, actor, params.requestId);
			if (!found.ok) return found;
			const { request, missing, words } = found.value;
			return ok({
				body: {
					...{ requestId: request.requestId, kind: request.kind, lane: request.lane, state: request.state },
					...{ amountCents: request.amountCents, grantedCents: request.decision?.grantedCents ?? null, acute: request.acute },
					...{ votes: request.votes.length, missing: [...missing], words: Object.fromEntries(words.get(request.requestId) ?? []) }
				}
			});
		}
	}),
	act({
		operationId: 'sendRequest',
		path: '/requests/{requestId}/submission',
		tag: 'requests',
		summary: 'Send a request to the secretariat',
		status: 204,
		means: 'The secretariat is asked; its term runs.',
		refusals: ['not_asker', 'not_allowed', 'wrong_state', 'steps_missing'],
		command: sendRequest,
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawRequest',
		path: '/requests/{requestId}/withdrawal',
		tag: 'requests',
		summary: 'Take your request back',
		description: 'Once who asked works there no more, who sits at the table of its case can take it back.',
		status: 204,
		means: 'It is taken back; money that was set aside is free again.',
		refusals: ['not_asker', 'wrong_state'],
		command: withdrawRequest,
		toAnswer: nothing
	}),
	act({
		operationId: 'askAgain',
		path: '/requests/{requestId}/again',
		tag: 'requests',
		summary: 'Ask again what lapsed: a new request for what went back, with the same words and steps',
		status: 201,
		means: 'Whoever decides is asked anew; `preparing` when steps are missing.',
		refusals: ['not_asker', 'not_allowed', 'wrong_state', 'above_limit', 'above_household', 'team_too_small'],
		command: askAgain,
		answer: z.object({ requestId: z.uuid(), state: z.enum(['asked', 'preparing']) }).openapi('AskedAgain'),
		toAnswer: (value) => ({ body: value, location: `/requests/${value.requestId}` }),
		gives: ['Location']
	}),
	act({
		operationId: 'voteOnRequest',
		path: '/asks/{askId}/vote',
		tag: 'requests',
		summary: 'Agree to a small request that you are asked about',
		status: 201,
		means: 'Your vote counts while you are of the team; the one that decides sets the money aside.',
		refusals: ['not_asked', 'wrong_state', 'already_answered', 'not_in_team', 'one_hand', 'question_withdrawn', 'question_over'],
		command: voteOnRequest,
		answer: z.object({ requestId: z.uuid(), outcome: z.enum(['waits', 'granted', 'waits_for_money']) }).openapi('Voted'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'askMore',
		path: '/asks/{askId}/more',
		tag: 'requests',
		summary: 'Say that a small request deserves more: it goes to the secretariat',
		status: 201,
		means: 'Who asked is told, and completes it.',
		refusals: [
			'not_asked',
			'wrong_state',
			'already_answered',
			'not_in_team',
			'one_hand',
			'needs_acknowledgement',
			'question_withdrawn',
			'question_over'
		],
		command: askMore,
		body: askMoreSchema.omit({ askId: true }),
		answer: z.object({ requestId: z.uuid() }).openapi('AskedMore'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'judgeRequest',
		path: '/requests/{requestId}/judgements',
		tag: 'requests',
		summary: 'Say what you find of a request, as one of the secretariat',
		status: 201,
		means: 'When two of different organisations find the same, it is decided.',
		refusals: ['not_allowed', 'conflict_of_interest', 'wrong_state', 'not_durable', 'reason_needed', 'needs_acknowledgement'],
		command: judgeRequest,
		body: z.strictObject(judgeSchema.shape).omit({ requestId: true }),
		answer: z
			.object({ judgementId: z.uuid(), outcome: z.enum(['waits', 'granted', 'partly', 'refused', 'waits_for_money']) })
			.openapi('Judged'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'standAside',
		path: '/requests/{requestId}/standing-aside',
		tag: 'requests',
		summary: 'Say that you have an interest in a request and do not decide on it',
		status: 204,
		means: 'You do not decide; what you found does not count.',
		refusals: ['not_allowed', 'wrong_state', 'already_answered'],
		command: standAside,
		toAnswer: nothing
	}),
	act({
		operationId: 'proposeRule',
		path: '/pot/rules',
		tag: 'requests',
		summary: 'Propose another value for a rule of the pot',
		status: 201,
		means: 'It waits for someone of another organisation.',
		refusals: ['not_allowed'],
		command: proposeRule,
		body: z.strictObject({ setting: z.enum(settingNames), value: z.string(), fromDay: z.string() }),
		answer: z.object({ ruleId: z.uuid() }).openapi('ProposedRule'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmRule',
		path: '/pot/rules/{ruleId}/answer',
		tag: 'requests',
		summary: 'Confirm or decline a proposed rule of the pot',
		status: 204,
		means: 'Answered. A confirmed rule holds from its day.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered'],
		command: confirmRule,
		body: z.strictObject({ answer: z.enum(['confirmed', 'declined']) }),
		toAnswer: nothing
	})
];
