import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { confirmMembership, proposeMembership, withdrawMembership } from '#rooms/people/joining/commands.server.ts';
import { listWaitingProposals } from '#rooms/people/joining/read.server.ts';
import { proposeMembershipSchema } from '#rooms/people/joining/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

/** A colleague joins, by four eyes. */
export const joiningOperations: readonly Operation[] = [
	reading({
		operationId: 'listMembershipProposals',
		path: '/membership-proposals',
		tag: 'people',
		summary: 'Colleagues who were proposed and wait for a second person; none for who keeps no access',
		means: 'All of them, oldest first.',
		refusals: [],
		answer: z
			.object({
				proposals: z.array(
					z.object({
						proposalId: z.uuid(),
						name: z.string(),
						email: z.string().nullable(),
						functionTitle: z.string(),
						roles: z.array(z.string()),
						organisationId: z.uuid(),
						proposedBy: z.uuid(),
						at: moment()
					})
				)
			})
			.openapi('MembershipProposals'),
		async read({ installation, actor }) {
			const waiting = await read(installation, actor, (tx, now) => listWaitingProposals(tx, actor, now));
			return ok({
				body: {
					proposals: waiting.map(({ proposalId, name, email, functionTitle, roles, organisationId, proposedBy, at }) => ({
						...{ proposalId, name, email, functionTitle, roles: [...roles], organisationId, proposedBy, at: at.toISOString() }
					}))
				}
			});
		}
	}),
	act({
		operationId: 'proposeMembership',
		path: '/membership-proposals',
		tag: 'people',
		summary: 'Propose that a colleague joins an organisation; it begins when another confirms',
		status: 201,
		means: 'It waits for a second person.',
		refusals: ['not_allowed', 'four_eyes', 'already_proposed'],
		command: proposeMembership,
		body: proposeMembershipSchema,
		answer: z.object({ proposalId: z.uuid() }).openapi('ProposedMembership'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmMembership',
		path: '/membership-proposals/{proposalId}/confirmation',
		tag: 'people',
		summary: 'Confirm what another proposed: the colleague joins, and gets a letter',
		status: 204,
		means: 'The membership begins within moments.',
		refusals: ['not_allowed', 'four_eyes', 'wrong_state'],
		command: confirmMembership,
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawMembership',
		path: '/membership-proposals/{proposalId}/withdrawal',
		tag: 'people',
		summary: 'Take back what you proposed',
		status: 204,
		means: 'The proposal is over.',
		refusals: ['not_allowed', 'not_yours', 'wrong_state'],
		command: withdrawMembership,
		toAnswer: nothing
	})
];
