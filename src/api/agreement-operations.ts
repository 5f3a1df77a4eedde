import { z } from '@hono/zod-openapi';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { answerSchema, makeAgreementSchema, reportSchema } from '#rooms/agreements/schema.ts';
import { act, nothing } from './operation.ts';
import type { Operation } from './operation.ts';

export const agreementOperations: readonly Operation[] = [
	act({
		operationId: 'makeAgreement',
		path: '/cases/{caseId}/agreements',
		tag: 'agreements',
		summary: 'Promise to do something for a colleague at the table',
		description: 'It binds you, at once, and no one else.',
		status: 201,
		means: 'The agreement stands.',
		refusals: ['wrong_state', 'receiver_not_at_table', 'needs_acknowledgement'],
		command: makeAgreement,
		body: makeAgreementSchema.omit({ caseId: true }),
		answer: z.object({ agreementId: z.uuid() }).openapi('MadeAgreement'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'reportAgreement',
		path: '/agreements/{agreementId}/reports',
		tag: 'agreements',
		summary: 'Say how your agreement went: kept, late, changed or impossible',
		status: 201,
		means: 'It is reported; the receiver is asked.',
		refusals: ['not_promiser', 'wrong_state', 'already_reported', 'needs_acknowledgement'],
		command: reportAgreement,
		body: reportSchema.omit({ agreementId: true }),
		answer: z.object({ reportId: z.uuid() }).openapi('MadeReport'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'answerReport',
		path: '/agreements/{agreementId}/answers',
		tag: 'agreements',
		summary: 'Confirm or dispute what was reported of an agreement made to you',
		status: 204,
		means: 'The newest report is answered.',
		refusals: ['not_receiver', 'wrong_state', 'already_answered'],
		command: answerReport,
		body: answerSchema.omit({ agreementId: true }),
		toAnswer: nothing
	})
];
