import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { uuid } from '#foundation/text/free-text.schema.ts';
import { listBeforeSecretariat, listDecided } from '#rooms/fund/requests/judging/read.server.ts';
import { conflicts } from '#rooms/fund/requests/rules.ts';
import { moment } from './case-table.schema.ts';
import { pageLimit, reading } from './operation.ts';
import type { Operation } from './operation.ts';

/** What waits for the secretariat, and what it decided. */
export const judgingOperations: readonly Operation[] = [
	reading({
		operationId: 'listRequestsToJudge',
		path: '/pot/requests',
		tag: 'requests',
		summary: 'What waits for the secretariat, oldest first',
		description: 'For the secretariat, and for whom was asked along; empty for others. Never sorted by what it returns.',
		means: 'The requests.',
		refusals: [],
		answer: z
			.object({
				requests: z.array(
					z.object({
						...{ requestId: z.uuid(), amountCents: z.int(), acute: z.boolean(), term: moment(), late: z.boolean(), mine: z.boolean() },
						conflict: z.enum(conflicts).nullable().openapi({ description: 'Why you do not decide on it.' })
					})
				)
			})
			.openapi('RequestsToJudge'),
		read: ({ installation, actor }) =>
			read(installation, actor, async (tx, now) =>
				ok({
					body: {
						requests: (await listBeforeSecretariat(tx, actor, now)).map(({ request, term, late, mine, conflict }) => ({
							...{ requestId: request.requestId, amountCents: request.amountCents, acute: request.acute },
							...{ term: term.toISOString(), late, mine, conflict }
						}))
					}
				})
			)
	}),
	reading({
		operationId: 'listDecidedRequests',
		path: '/pot/requests/decided',
		tag: 'requests',
		summary: 'What the secretariat decided, newest first',
		description: 'For the secretariat, and for whom was asked along of what they were asked; empty for others.',
		means: 'A page of requests.',
		refusals: [],
		query: z.strictObject({
			before: uuid().optional().openapi({ description: 'Only what was decided before this request: the key of the next page.' }),
			limit: pageLimit.openapi({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
		}),
		answer: z
			.object({
				requests: z.array(
					z.object({
						...{ requestId: z.uuid(), amountCents: z.int(), acute: z.boolean(), outcome: z.enum(['granted', 'partly', 'refused']) },
						grantedCents: z.int().nullable().openapi({ description: 'Null when it was refused.' }),
						...{ at: moment(), term: moment(), late: z.boolean(), state: z.string() }
					})
				)
			})
			.openapi('DecidedRequests'),
		gives: ['Link'],
		async read({ installation, actor, query: { before, limit } }) {
			const found = await read(installation, actor, (tx) =>
				listDecided(tx, actor, { limit: limit + 1, ...(before === undefined ? {} : { before }) })
			);
			const page = found.slice(0, limit);
			const last = page.at(-1);
			return ok({
				body: {
					requests: page.map(({ request, kind, grantedCents, at, term, late }) => ({
						...{ requestId: request.requestId, amountCents: request.amountCents, acute: request.acute, outcome: kind },
						...{ grantedCents, at: at.toISOString(), term: term.toISOString(), late, state: request.state }
					}))
				},
				...(found.length > limit && last ? { next: `/pot/requests/decided?before=${last.request.requestId}&limit=${limit}` } : {})
			});
		}
	})
];
