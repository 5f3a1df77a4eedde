import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { confirmPage, proposePage, withdrawPage } from '#rooms/table/public/commands.server.ts';
import { getPageStanding } from '#rooms/table/public/read.server.ts';
import { pageAnswers } from '#rooms/table/public/rules.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

export const publicPageOperations: readonly Operation[] = [
	reading({
		operationId: 'getPageStanding',
		path: '/public-page',
		tag: 'network',
		summary: 'Whether the network has a page for everyone',
		description: 'What stands there anyone reads at `/public/{slug}`.',
		means: 'Where it stands, and what was proposed or closed last.',
		refusals: [],
		answer: z
			.object({
				state: z.enum(['closed', 'proposed', 'open']),
				newest: z
					.object({
						...{ pageId: z.uuid(), wanted: z.boolean(), at: moment(), membershipId: z.uuid(), organisationId: z.uuid() },
						...{ answer: z.enum(pageAnswers).nullable(), answeredAt: moment().nullable(), answeredByMembership: z.uuid().nullable() }
					})
					.nullable()
			})
			.openapi('PageStanding'),
		async read({ installation, actor }) {
			const { state, newest } = await read(installation, actor, (tx) => getPageStanding(tx, actor));
			if (newest === undefined) return ok({ body: { state, newest: null } });
			const { personId: _, at, answeredAt, ...step } = newest;
			return ok({ body: { state, newest: { ...step, at: at.toISOString(), answeredAt: answeredAt?.toISOString() ?? null } } });
		}
	}),
	act({
		operationId: 'proposePage',
		path: '/public-page/proposals',
		tag: 'network',
		summary: 'Propose a page for everyone',
		description: 'For who governs or administers an organisation. It opens when another organisation confirms.',
		status: 201,
		means: 'It was proposed.',
		refusals: ['not_allowed', 'already_proposed', 'wrong_state'],
		command: proposePage,
		answer: z.object({ pageId: z.uuid() }).openapi('PageProposed'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'confirmPage',
		path: '/public-page/proposals/{pageId}/answer',
		tag: 'network',
		summary: 'Confirm the page, or decline it',
		description: 'For who governs or administers another organisation than the proposer.',
		status: 204,
		means: 'It was answered; confirmed, the page is open.',
		refusals: ['not_allowed', 'other_eyes', 'already_answered', 'wrong_state'],
		command: confirmPage,
		body: z.strictObject({ answer: z.enum(pageAnswers) }).openapi('PageAnswer'),
		toAnswer: nothing
	}),
	act({
		operationId: 'withdrawPage',
		path: '/public-page/closing',
		tag: 'network',
		summary: 'Close the page, or take the proposal back',
		description: 'At once, by one who governs or administers an organisation. What others kept of it is gone within an hour.',
		status: 204,
		means: 'It is closed.',
		refusals: ['not_allowed', 'wrong_state'],
		command: withdrawPage,
		toAnswer: nothing
	})
];
