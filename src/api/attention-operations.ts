import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { remindOrganisation } from '#rooms/table/attention/commands.server.ts';
import { listMyAttention } from '#rooms/table/attention/read.server.ts';
import { remindSchema } from '#rooms/table/attention/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const ofCase = { caseId: z.uuid(), pseudonym: z.string() };

export const attentionOperations: readonly Operation[] = [
	reading({
		operationId: 'listMyAttention',
		path: '/my-attention',
		tag: 'roles',
		summary: 'What asks for your attention, for you alone',
		means: 'Your cases that lie still, your agreements of which the day went by, and where one organisation alone promises.',
		refusals: [],
		answer: z
			.object({
				silent: z.array(z.object({ ...ofCase, since: moment() })),
				overdue: z.array(z.object({ caseId: z.uuid(), pseudonym: z.string().nullable(), agreementId: z.uuid(), dueOn: z.iso.date() })),
				open: z.int().min(0).nullable().openapi({ description: 'How many of your agreements are open, when that may be too much.' }),
				oneSided: z.array(z.object({ ...ofCase, organisationName: z.string(), promises: z.int().min(3) }))
			})
			.openapi('MyAttention'),
		async read({ installation, actor }) {
			const found = await read(installation, actor, (tx, now) => listMyAttention(tx, installation.keyring, actor, now));
			return ok({
				body: {
					...{ open: found.open, oneSided: [...found.oneSided] },
					silent: found.silent.map(({ since, ...one }) => ({ ...one, since: since.toISOString() })),
					overdue: found.overdue.map(({ caseId, pseudonym, agreementId, dueOn }) => ({ caseId, pseudonym, agreementId, dueOn }))
				}
			});
		}
	}),
	act({
		operationId: 'remindOrganisation',
		path: '/facilitation/reminders',
		tag: 'roles',
		summary: 'Have the people of an organisation reminded whom something concerns',
		description: 'For the facilitator, who learns neither who nor how many those are. Once in fourteen days for the same thing.',
		status: 201,
		means: 'The product tells those whom it concerns.',
		refusals: ['not_found', 'not_allowed', 'nothing_to_nudge', 'already_nudged'],
		command: remindOrganisation,
		body: remindSchema,
		answer: z.object({ reminderId: z.uuid() }).openapi('FacilitationReminded'),
		toAnswer: (value) => ({ body: value })
	})
];
