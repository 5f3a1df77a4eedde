import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { lookBackOnSign, stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { startParts } from '#rooms/network/start/rules.ts';
import { lookBackSchema, stateInterestSchema, writeStartSchema } from '#rooms/network/start/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

export const startOperations: readonly Operation[] = [
	reading({
		operationId: 'getStart',
		path: '/start',
		tag: 'start',
		summary: 'How the network began, as it stands now',
		means: 'The sentences that were written, in order.',
		refusals: [],
		answer: z
			.object({
				sentences: z.array(
					z.object({
						part: z.enum([...startParts, 'rules_early_because']),
						startId: z.uuid(),
						text: z.string(),
						personId: z.uuid(),
						at: moment(),
						versions: z.int().min(1),
						looks: z
							.array(z.object({ seen: z.boolean(), onDay: z.iso.date(), personId: z.uuid() }))
							.openapi({ description: 'Of a sign: how it was looked back on, newest first.' })
					})
				),
				interests: z.array(
					z.object({
						interestId: z.uuid(),
						organisationId: z.uuid(),
						gains: z.string(),
						brings: z.string(),
						keeps: z.string().nullable(),
						personId: z.uuid(),
						at: moment(),
						versions: z.int().min(1)
					})
				)
			})
			.openapi('NetworkStart'),
		async read({ installation, actor }) {
			const { sentences, signs, interests } = await read(installation, actor, (tx) => getNetworkStart(tx, actor));
			const order: readonly string[] = startParts;
			return ok({
				body: {
					sentences: [...sentences]
						.map(([part, sentence]) => ({
							...sentence,
							part,
							at: sentence.at.toISOString(),
							looks: [...(signs.find((sign) => sign.startId === sentence.startId)?.looks ?? [])]
						}))
						.toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part)),
					interests: interests.map((interest) => ({ ...interest, at: interest.at.toISOString() }))
				}
			});
		}
	}),
	act({
		operationId: 'writeStart',
		path: '/start',
		tag: 'start',
		summary: 'Write a part of the start, in order; the earlier sentence is kept',
		status: 201,
		means: 'It stands.',
		refusals: ['not_allowed', 'start_in_order', 'rules_come_last', 'changed_meanwhile', 'needs_acknowledgement'],
		command: writeStart,
		body: writeStartSchema,
		answer: z.object({ startId: z.uuid() }).openapi('WrittenStart'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'stateInterest',
		path: '/start/interests',
		tag: 'start',
		summary: 'State what your organisation is in it for; what it stated before is kept',
		status: 201,
		means: 'It stands.',
		refusals: ['not_allowed', 'start_in_order', 'changed_meanwhile'],
		command: stateInterest,
		body: stateInterestSchema,
		answer: z.object({ interestId: z.uuid() }).openapi('StatedInterest'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'lookBackOnSign',
		path: '/start/{startId}/looks',
		tag: 'start',
		summary: 'Look back on a sign: seen, or not yet',
		status: 204,
		means: 'It is recorded.',
		refusals: ['not_allowed'],
		command: lookBackOnSign,
		body: lookBackSchema.omit({ startId: true }),
		toAnswer: nothing
	})
];
