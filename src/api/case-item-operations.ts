import { z } from '@hono/zod-openapi';
import { read, readLogged } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { bringCase, chooseCaseTime, noteCase, takeOffCase } from '#rooms/meetings/case-table/commands.server.ts';
import { findCaseItem, openCaseItem } from '#rooms/meetings/case-table/read.server.ts';
import { bringCaseSchema, caseTimeSchema, noteCaseSchema, takeOffCaseSchema } from '#rooms/meetings/case-table/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

/** A case at a case table: seen by who sits at the case alone. */
export const caseItemOperations: readonly Operation[] = [
	act({
		operationId: 'bringCaseToTable',
		path: '/meetings/{meetingId}/cases',
		tag: 'meetings',
		summary: 'Bring a case that you hold to a case table; only who sits at the case sees it there',
		status: 201,
		means: 'It is on the table.',
		refusals: ['not_holder', 'wrong_state', 'needs_acknowledgement'],
		command: bringCase,
		body: bringCaseSchema.omit({ meetingId: true }),
		answer: z.object({ itemId: z.uuid() }).openapi('BroughtCase'),
		toAnswer: ({ itemId }) => ({ body: { itemId } })
	}),
	reading({
		operationId: 'getCaseItem',
		path: '/case-items/{itemId}',
		tag: 'meetings',
		summary: 'What was said of a case at a case table; leaves a line in the log of the case',
		means: 'What was said.',
		refusals: [],
		answer: z
			.object({
				caseId: z.uuid(),
				startsAt: moment().nullable(),
				text: z.string().nullable(),
				decision: z.string().nullable(),
				reason: z.string().nullable()
			})
			.openapi('CaseItem'),
		async read({ installation, actor, params }) {
			const seen = await read(installation, actor, (tx) => findCaseItem(tx, actor, params.itemId));
			const subject = seen ? { id: seen.caseId, caseId: seen.caseId } : { id: params.itemId };
			const found = await readLogged(
				installation,
				actor,
				{ act: 'case.read', kind: seen ? 'case' : 'agenda_item', ...subject },
				async (tx) => {
					const one = await findCaseItem(tx, actor, params.itemId);
					return (
						one && {
							...{ caseId: one.caseId, startsAt: one.startsAt?.toISOString() ?? null },
							...(await openCaseItem(tx, installation.keyring, actor, one))
						}
					);
				}
			);
			return found.ok ? ok({ body: found.value }) : found;
		}
	}),
	act({
		operationId: 'chooseCaseTime',
		path: '/case-items/{itemId}/times',
		tag: 'meetings',
		summary:
			'Choose another time for a case that you brought, within the meeting as it is now or at another meeting of the same case table',
		status: 204,
		means: 'It comes at that time.',
		refusals: ['not_holder', 'item_closed', 'wrong_state'],
		command: chooseCaseTime,
		body: caseTimeSchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'takeCaseOff',
		path: '/case-items/{itemId}/removal',
		tag: 'meetings',
		summary: 'Take a case that you hold off the case table, and why',
		status: 204,
		means: 'It is off the case table.',
		refusals: ['not_holder', 'item_closed', 'needs_acknowledgement'],
		command: takeOffCase,
		body: takeOffCaseSchema.omit({ itemId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'noteCaseItem',
		path: '/case-items/{itemId}/minutes',
		tag: 'meetings',
		summary: 'Note what was agreed about a case that you hold, and why',
		status: 204,
		means: 'It is noted.',
		refusals: ['not_holder', 'item_closed', 'needs_acknowledgement'],
		command: noteCase,
		body: noteCaseSchema.omit({ itemId: true }),
		toAnswer: nothing
	})
];
