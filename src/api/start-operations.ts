import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { lookBackOnSign, stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { recordEarlierYears, sayExisting } from '#rooms/network/start/earlier/commands.server.ts';
import { listEarlierYears } from '#rooms/network/start/earlier/read.server.ts';
import { recordYearsSchema, sayExistingSchema } from '#rooms/network/start/earlier/schema.ts';
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
				),
				since: z
					.int()
					.nullable()
					.openapi({ description: 'Since which year the network works together, when it was there before; else null.' })
			})
			.openapi('NetworkStart'),
		async read({ installation, actor }) {
			const { sentences, signs, interests, since } = await read(installation, actor, (tx) => getNetworkStart(tx, actor));
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
					interests: interests.map((interest) => ({ ...interest, at: interest.at.toISOString() })),
					since
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
		operationId: 'sayExisting',
		path: '/start/existing',
		tag: 'start',
		summary: 'Say since which year the network works together: its start is then written in any order',
		status: 201,
		means: 'It stands.',
		refusals: ['not_allowed'],
		command: sayExisting,
		body: sayExistingSchema,
		answer: z.object({ existingId: z.uuid() }).openapi('SaidExisting'),
		toAnswer: (value) => ({ body: value })
	}),
	reading({
		operationId: 'listEarlierYears',
		path: '/start/earlier-years',
		tag: 'start',
		summary: 'What the network counted itself in the years before it worked here, the newest year first; never part of any other figure',
		means: 'The years, each as it was recorded last.',
		refusals: [],
		answer: z
			.object({
				years: z.array(
					z.object({
						recordId: z.uuid(),
						year: z.int(),
						cases: z.int().nullable(),
						grantedCents: z.int().nullable(),
						paidBackCents: z.int().nullable(),
						source: z.string(),
						personId: z.uuid(),
						at: moment(),
						versions: z.int().min(1)
					})
				)
			})
			.openapi('EarlierYears'),
		async read({ installation, actor }) {
			const years = await read(installation, actor, (tx) => listEarlierYears(tx, actor));
			return ok({ body: { years: years.map((year) => ({ ...year, at: year.at.toISOString() })) } });
		}
	}),
	act({
		operationId: 'recordEarlierYears',
		path: '/start/earlier-years',
		tag: 'start',
		summary: 'Record earlier years, all or none, each with its source; of a year the newest record counts and the earlier ones are kept',
		status: 201,
		means: 'They stand.',
		refusals: ['not_allowed'],
		command: recordEarlierYears,
		body: recordYearsSchema,
		answer: z.object({ recordIds: z.array(z.uuid()) }).openapi('RecordedYears'),
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
