import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { confirmLeave, proposeLeave, withdrawLeave } from '#rooms/people/leaving/commands.server.ts';
import { countOpen, listLeaving } from '#rooms/people/leaving/read.server.ts';
import { leavingKinds } from '#rooms/people/leaving/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { proposeLeaveSchema } from '#rooms/people/leaving/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

/** An organisation leaves the network, by two that bind. */
export const leavingOperations: readonly Operation[] = [
	reading({
		operationId: 'listLeaving',
		path: '/organisation-leaves',
		tag: 'network',
		summary: 'The organisations that want to leave the network',
		means: 'Those that wait for another organisation, and those that wait for their day; the oldest first.',
		refusals: [],
		answer: z
			.object({
				leaves: z.array(
					z.object({
						leaveId: z.uuid(),
						organisationId: z.uuid(),
						organisationName: z.string(),
						leavesOn: z.iso.date(),
						proposedBy: z.uuid(),
						at: moment(),
						state: z.enum(['waiting', 'confirmed'])
					})
				)
			})
			.openapi('OrganisationLeaves'),
		async read({ installation, actor }) {
			const leaving = await read(installation, actor, (tx, now) => listLeaving(tx, actor, now));
			return ok({
				body: {
					leaves: leaving.map(({ leaveId, organisationId, organisationName, leavesOn, proposedBy, at, state }) => ({
						...{ leaveId, organisationId, organisationName, leavesOn, proposedBy, at: at.toISOString() },
						state: state === 'confirmed' ? ('confirmed' as const) : ('waiting' as const)
					}))
				}
			});
		}
	}),
	reading({
		operationId: 'countOpenOfOrganisation',
		path: '/organisations/{organisationId}/leave-counts',
		tag: 'network',
		summary: 'What is open of an organisation that leaves, counted by kind',
		means: 'Counts alone: for who binds it, and for who binds another while it asks to leave.',
		refusals: ['not_found'],
		answer: z.object({ open: z.array(z.object({ what: z.enum(leavingKinds), amount: z.int().min(0) })) }).openapi('OpenOfOrganisation'),
		async read({ installation, actor, params }) {
			const open = binds(actor.roles) ? await read(installation, actor, (tx) => countOpen(tx, params.organisationId)) : [];
			return open.length === 0 ? refuse('not_found') : ok({ body: { open } });
		}
	}),
	act({
		operationId: 'proposeLeave',
		path: '/organisation-leaves',
		tag: 'network',
		summary: 'Propose that your organisation leaves the network on a day',
		description:
			'From that day nobody of it acts or reads in the network. It happens when someone who binds another organisation confirms it.',
		status: 201,
		means: 'It waits for another organisation, for thirty days at most.',
		refusals: ['not_allowed', 'already_proposed', 'last_organisation'],
		command: proposeLeave,
		body: proposeLeaveSchema,
		answer: z.object({ leaveId: z.uuid() }).openapi('ProposedLeave'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmLeave',
		path: '/organisation-leaves/{leaveId}/confirmation',
		tag: 'network',
		summary: 'Confirm that another organisation leaves',
		status: 201,
		means: 'It leaves on its day: now, or later.',
		refusals: ['not_found', 'not_allowed', 'other_eyes', 'four_eyes', 'wrong_state', 'last_organisation'],
		command: confirmLeave,
		answer: z.object({ left: z.boolean() }).openapi('ConfirmedLeave'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'withdrawLeave',
		path: '/organisation-leaves/{leaveId}/withdrawal',
		tag: 'network',
		summary: 'Take back that your organisation leaves, as long as it has not left',
		status: 204,
		means: 'The organisation stays.',
		refusals: ['not_found', 'not_allowed', 'not_yours', 'wrong_state'],
		command: withdrawLeave,
		toAnswer: nothing
	})
];
