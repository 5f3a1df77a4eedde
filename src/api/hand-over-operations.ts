import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { declineHandOver, offerHandOver, takeOver, withdrawHandOver } from '#rooms/cases/hand-over/commands.server.ts';
import { listMyCasesToHold } from '#rooms/cases/hand-over/read.server.ts';
import { offerHandOverSchema } from '#rooms/cases/hand-over/schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

export const handOverOperations: readonly Operation[] = [
	reading({
		operationId: 'listCasesToHold',
		path: '/hand-overs',
		tag: 'cases',
		summary: 'Cases that you may take over: offered to you, or left by their holder',
		means: 'All of them.',
		refusals: [],
		answer: z
			.object({
				cases: z.array(z.object({ caseId: z.uuid(), pseudonym: z.string(), holderPersonId: z.uuid(), why: z.enum(['offered', 'left']) }))
			})
			.openapi('CasesToHold'),
		read: async ({ installation, actor }) => ok({ body: { cases: await read(installation, actor, (tx) => listMyCasesToHold(tx, actor)) } })
	}),
	act({
		operationId: 'offerHandOver',
		path: '/cases/{caseId}/hand-overs',
		tag: 'cases',
		summary: 'Offer a case that you hold to someone at its table',
		description: 'You hold it until they accept. `membershipId` is that of the colleague; `stays` says whether you keep an ordinary seat.',
		status: 201,
		means: 'It is offered; the colleague is told.',
		refusals: ['not_holder', 'already_offered', 'needs_acknowledgement'],
		command: offerHandOver,
		body: offerHandOverSchema.omit({ caseId: true }),
		answer: z.object({ handOverId: z.uuid() }).openapi('MadeHandOver'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'takeOver',
		path: '/cases/{caseId}/hand-overs/acceptance',
		tag: 'cases',
		summary: 'Hold a case that was offered to you, or whose holder has left their organisation',
		status: 204,
		means: 'You hold the case.',
		refusals: ['not_offered', 'already_holder', 'not_allowed'],
		command: takeOver,
		toAnswer: nothing
	}),
	act({
		operationId: 'declineHandOver',
		path: '/cases/{caseId}/hand-overs/refusal',
		tag: 'cases',
		summary: 'Say no to holding a case; no reason is asked',
		status: 204,
		means: 'The holder is told.',
		refusals: ['not_offered'],
		command: declineHandOver,
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawHandOver',
		method: 'delete',
		path: '/cases/{caseId}/hand-overs',
		tag: 'cases',
		summary: 'Take back the offer of a case',
		status: 204,
		means: 'It is offered no more.',
		refusals: ['not_holder', 'not_offered'],
		command: withdrawHandOver,
		toAnswer: nothing
	})
];
