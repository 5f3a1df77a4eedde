import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { acceptMandate, confirmMandate, declineMandate, endMandate, proposeMandate } from '#rooms/people/mandates/commands.server.ts';
import { listMandates } from '#rooms/people/mandates/read.server.ts';
import { mandateKinds, stateOfMandate } from '#rooms/people/mandates/rules.ts';
import { proposeMandateSchema } from '#rooms/people/mandates/schema.ts';
import { stateRoom } from '#rooms/people/room/commands.server.ts';
import { listRooms } from '#rooms/people/room/read.server.ts';
import { stateRoomSchema } from '#rooms/people/room/schema.ts';
import { day, moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const hand = (
	operationId: string,
	word: string,
	summary: string,
	command: typeof acceptMandate,
	refusals: Operation['refusals']
): Operation =>
	act({
		...{ operationId, path: `/mandates/{mandateId}/${word}` as '/mandates/{mandateId}', tag: 'mandates', summary, status: 204 },
		...{ means: 'It is recorded.', refusals, command, toAnswer: nothing }
	});

export const mandateOperations: readonly Operation[] = [
	reading({
		operationId: 'listRooms',
		path: '/rooms-to-agree',
		tag: 'mandates',
		summary: 'What the people of each organisation may not agree by themselves, where it said so',
		means: 'The newest sentence of each.',
		refusals: [],
		answer: z
			.object({ rooms: z.array(z.object({ organisationId: z.uuid(), sentence: z.string(), at: moment() })) })
			.openapi('RoomsToAgree'),
		async read({ installation, actor }) {
			const rooms = await read(installation, actor, (tx) => listRooms(tx, actor));
			return ok({
				body: { rooms: [...rooms.values()].map(({ organisationId, sentence, at }) => ({ organisationId, sentence, at: at.toISOString() })) }
			});
		}
	}),
	act({
		operationId: 'stateRoom',
		path: '/rooms-to-agree',
		tag: 'mandates',
		summary: 'Say what the people of your own organisation may not agree by themselves',
		status: 201,
		means: 'The sentence counts from now on.',
		refusals: ['not_allowed', 'needs_acknowledgement'],
		command: stateRoom,
		body: stateRoomSchema,
		answer: z.object({ statementId: z.uuid() }).openapi('StatedRoom'),
		toAnswer: (value) => ({ body: value })
	}),
	reading({
		operationId: 'listMandates',
		path: '/mandates',
		tag: 'mandates',
		summary: 'Every version of every mandate in your own organisation, oldest first',
		means: 'All of them.',
		refusals: [],
		answer: z
			.object({
				mandates: z.array(
					z.object({
						mandateId: z.uuid(),
						membershipId: z.uuid(),
						personId: z.uuid(),
						kind: z.enum(mandateKinds),
						caseCents: z.int().nullable(),
						periodCents: z.int().nullable(),
						periodMonths: z.int(),
						validFrom: day(),
						validUntil: day(),
						givenBy: z.uuid(),
						state: z.enum(['proposed', 'declined', 'coming', 'valid', 'replaced', 'ended', 'over'])
					})
				)
			})
			.openapi('Mandates'),
		async read({ installation, actor }) {
			const { all, today } = await read(installation, actor, async (tx, now) => ({
				all: await listMandates(tx, actor),
				today: dayAt(now)
			}));
			return ok({
				body: {
					mandates: all.map((mandate) => {
						const { mandateId, membershipId, personId, kind, caseCents, periodCents, periodMonths, validFrom, validUntil, givenBy } =
							mandate;
						const limits = { kind, caseCents, periodCents, periodMonths, validFrom, validUntil };
						return { mandateId, membershipId, personId, ...limits, givenBy, state: stateOfMandate(mandate, all, today) };
					})
				}
			});
		}
	}),
	act({
		operationId: 'proposeMandate',
		path: '/mandates',
		tag: 'mandates',
		summary: 'Propose what a colleague of your organisation may promise or decide',
		description: 'It works once they accept it and, where there is one, a second administrator or a governor confirms it.',
		status: 201,
		means: 'It is proposed.',
		refusals: ['not_allowed', 'four_eyes'],
		command: proposeMandate,
		body: proposeMandateSchema,
		answer: z.object({ mandateId: z.uuid() }).openapi('ProposedMandate'),
		toAnswer: (value) => ({ body: value })
	}),
	hand('acceptMandate', 'acceptance', 'Accept a mandate that was proposed for you', acceptMandate, ['not_asked', 'mandate_settled']),
	hand('declineMandate', 'decline', 'Decline a mandate that was proposed for you', declineMandate, ['not_asked', 'mandate_settled']),
	hand('confirmMandate', 'confirmation', 'Confirm a mandate as the second', confirmMandate, [
		'not_allowed',
		'four_eyes',
		'mandate_settled'
	]),
	hand('endMandate', 'end', 'End a mandate', endMandate, ['not_allowed', 'mandate_settled'])
];
