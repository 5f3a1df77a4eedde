import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { confirmReturn, proposeReturn, withdrawReturn } from '#rooms/people/coming-back/commands.server.ts';
import { listLeft } from '#rooms/people/coming-back/read.server.ts';
import { proposeReturnSchema } from '#rooms/people/coming-back/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

/** An organisation that left comes back, by two people. */
export const comingBackOperations: readonly Operation[] = [
	reading({
		operationId: 'listLeftOrganisations',
		path: '/organisation-returns',
		tag: 'network',
		summary: 'The organisations that left the network and can come back',
		means: 'The last that left first, each with the proposal that waits, if any.',
		refusals: [],
		answer: z
			.object({
				left: z.array(
					z.object({
						organisationId: z.uuid(),
						name: z.string(),
						leftAt: moment(),
						proposal: z.object({ returnId: z.uuid(), proposedBy: z.uuid(), at: moment() }).nullable()
					})
				)
			})
			.openapi('LeftOrganisations'),
		async read({ installation, actor }) {
			const left = await read(installation, actor, (tx, now) => listLeft(tx, actor, now));
			return ok({
				body: {
					left: left.map(({ organisationId, name, leftAt, proposal }) => ({
						...{ organisationId, name, leftAt: leftAt.toISOString() },
						proposal: proposal && { returnId: proposal.returnId, proposedBy: proposal.proposedBy, at: proposal.at.toISOString() }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'proposeReturn',
		path: '/organisation-returns',
		tag: 'network',
		summary: 'Propose that an organisation that left comes back',
		description: 'By who binds an organisation, or the facilitator.',
		status: 201,
		means: 'It waits for another, for thirty days at most.',
		refusals: ['not_found', 'not_allowed', 'wrong_state', 'already_proposed'],
		command: proposeReturn,
		body: proposeReturnSchema,
		answer: z.object({ returnId: z.uuid() }).openapi('ProposedReturn'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmReturn',
		path: '/organisation-returns/{returnId}/confirmation',
		tag: 'network',
		summary: 'Confirm that an organisation comes back',
		description:
			'By another person, who binds an organisation. It begins anew: what had lapsed stays so, and its people are invited as every colleague is.',
		status: 201,
		means: 'It is in the network again, by the id that is given, with nobody in it yet.',
		refusals: ['not_found', 'not_allowed', 'four_eyes', 'wrong_state'],
		command: confirmReturn,
		answer: z.object({ organisationId: z.uuid() }).openapi('ConfirmedReturn'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'withdrawReturn',
		path: '/organisation-returns/{returnId}/withdrawal',
		tag: 'network',
		summary: 'Take back that an organisation comes back, while it waits',
		status: 204,
		means: 'It is taken back.',
		refusals: ['not_found', 'not_allowed', 'not_yours', 'wrong_state'],
		command: withdrawReturn,
		toAnswer: nothing
	})
];
