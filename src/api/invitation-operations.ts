import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { acceptInvitation, declineInvitation, withdrawInvitation } from '#rooms/cases/commands.server.ts';
import { listMyInvitations } from '#rooms/cases/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { getMyInvitation } from '#rooms/table/read.server.ts';
import { invitationState, moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const invitation = {
	invitationId: z.uuid(),
	at: moment(),
	invitedBy: z.uuid(),
	inviterName: z.string(),
	inviterOrganisation: z.string(),
	message: z
		.string()
		.nullable()
		.openapi({ description: 'What the holder wrote; null when the key of the case was destroyed, or the invitation was answered.' })
};

export const invitationOperations: readonly Operation[] = [
	reading({
		operationId: 'listInvitations',
		path: '/invitations',
		tag: 'invitations',
		summary: 'Invitations to you that wait for an answer',
		means: 'All of them, newest first.',
		refusals: [],
		answer: z
			.object({
				invitations: z.array(
					z.object({
						...invitation,
						membershipId: z.uuid().openapi({ description: 'The membership of yours that was asked: accept it with a token of that one.' })
					})
				)
			})
			.openapi('Invitations'),
		async read({ installation, actor }) {
			const invitations = await read(installation, actor, async (tx) => {
				const waiting = await listMyInvitations(tx, installation.keyring, actor);
				const people = await listPeople(
					tx,
					actor,
					waiting.map((one) => one.invitedBy)
				);
				return waiting.map((one) => ({ ...one, at: one.at.toISOString(), ...inviterOf(people.get(one.invitedBy)) }));
			});
			return ok({ body: { invitations } });
		}
	}),
	reading({
		operationId: 'getInvitation',
		path: '/invitations/{invitationId}',
		tag: 'invitations',
		summary: 'An invitation to you: who asks, and why',
		description: 'Shows nothing of the case. Leaves a line in the log.',
		means: 'The invitation.',
		refusals: [],
		answer: z
			.object({
				...invitation,
				state: invitationState,
				asAsked: z.boolean().openapi({ description: 'Whether it was made to the membership you act with.' })
			})
			.openapi('Invitation'),
		async read({ installation, actor, params }) {
			const outcome = await getMyInvitation(installation, actor, params.invitationId);
			if (!outcome.ok) return outcome;
			const { invitation: found, inviter, message, asAsked } = outcome.value;
			return ok({
				body: {
					invitationId: found.invitationId,
					at: found.at.toISOString(),
					invitedBy: found.invitedBy,
					...inviterOf(inviter),
					message,
					state: found.state,
					asAsked
				}
			});
		}
	}),
	act({
		operationId: 'acceptInvitation',
		path: '/invitations/{invitationId}/acceptance',
		tag: 'invitations',
		summary: 'Accept: you sit at the table from now on',
		status: 201,
		means: 'The seat is yours, and the case there to see.',
		refusals: ['not_invited', 'invitation_over'],
		command: acceptInvitation,
		gives: ['Location'],
		answer: z.object({ caseId: z.uuid() }).openapi('Acceptance'),
		toAnswer: (value) => ({ body: value, location: `/cases/${value.caseId}` })
	}),
	act({
		operationId: 'declineInvitation',
		path: '/invitations/{invitationId}/refusal',
		tag: 'invitations',
		summary: 'Decline; no reason is asked',
		status: 204,
		means: 'The invitation is over.',
		refusals: ['not_invited', 'invitation_over'],
		command: declineInvitation,
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawInvitation',
		path: '/invitations/{invitationId}/withdrawal',
		tag: 'invitations',
		summary: 'Take back an invitation to a case that you hold',
		status: 204,
		means: 'The invitation is over.',
		refusals: ['not_allowed', 'not_holder', 'invitation_over'],
		command: withdrawInvitation,
		toAnswer: nothing
	})
];

function inviterOf(person: { displayName: string; organisationName: string } | undefined): {
	inviterName: string;
	inviterOrganisation: string;
} {
	if (person === undefined) throw new Error('Who invited stands in the network.');
	return { inviterName: person.displayName, inviterOrganisation: person.organisationName };
}
