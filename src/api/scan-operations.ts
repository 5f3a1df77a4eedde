import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { closeScan, handInScan, openScan } from '#rooms/network/conditions/commands.server.ts';
import { findScan, listScans } from '#rooms/network/conditions/read.server.ts';
import type { ScanRound } from '#rooms/network/conditions/read.server.ts';
import { conditions, talksToHave } from '#rooms/network/conditions/rules.ts';
import { handInScanSchema, openScanSchema } from '#rooms/network/conditions/schema.ts';
import { moment } from './case-table.schema.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';

const round = {
	roundId: z.uuid(),
	closesOn: z.iso.date(),
	at: moment(),
	isOver: z.boolean(),
	handedIn: z.boolean().openapi({ description: 'Whether you handed a sheet in.' })
};
const toRound = ({ roundId, closesOn, at, isOver, handedIn }: ScanRound) => ({ roundId, closesOn, at: at.toISOString(), isOver, handedIn });

export const scanOperations: readonly Operation[] = [
	reading({
		operationId: 'listScans',
		path: '/scans',
		tag: 'start',
		summary: 'The rounds of the scan of five conditions, the newest first',
		means: 'The rounds.',
		refusals: [],
		answer: z.object({ scans: z.array(z.object(round)) }).openapi('Scans'),
		async read({ installation, actor }) {
			const scans = await read(installation, actor, (tx) => listScans(tx, actor));
			return ok({ body: { scans: scans.map(toRound) } });
		}
	}),
	reading({
		operationId: 'getScan',
		path: '/scans/{roundId}',
		tag: 'start',
		summary: 'One round with what may be told of it: nothing while it is open, nor of fewer than three',
		means: 'The round.',
		refusals: [],
		answer: z
			.object({
				...round,
				statements: z.array(
					z.object({
						statement: z.int().min(1).max(20),
						condition: z.enum(conditions),
						answers: z.int().min(3),
						mean: z.number(),
						spread: z.number(),
						gap: z.number().nullable(),
						organisations: z.array(z.object({ organisationId: z.uuid(), answers: z.int().min(3), mean: z.number() }))
					})
				),
				talks: z.array(z.int()).openapi({ description: 'The statements that are worth a talk.' })
			})
			.openapi('Scan'),
		async read({ installation, actor, params }) {
			const scan = await read(installation, actor, (tx) => findScan(tx, actor, params.roundId));
			if (!scan) return refuse('not_found');
			return ok({
				body: {
					...toRound(scan),
					statements: scan.lines.map(({ groups, key: _, ...line }) => ({ ...line, organisations: [...groups] })),
					talks: talksToHave(scan.lines).map(({ statement }) => statement)
				}
			});
		}
	}),
	act({
		operationId: 'openScan',
		path: '/scans',
		tag: 'start',
		summary: 'Open a round of the scan, until the end of a day',
		status: 201,
		means: 'It can be filled in.',
		refusals: ['not_allowed', 'scan_open'],
		command: openScan,
		body: openScanSchema,
		gives: ['Location'],
		answer: z.object({ roundId: z.uuid() }).openapi('OpenedScan'),
		toAnswer: (value) => ({ body: value, location: `/scans/${value.roundId}` })
	}),
	act({
		operationId: 'handInScan',
		path: '/scans/{roundId}/sheets',
		tag: 'start',
		summary: 'Hand your sheet in, once a round; it names nobody',
		status: 204,
		means: 'It counts.',
		refusals: ['not_allowed', 'scan_closed', 'already_handed_in'],
		command: handInScan,
		body: handInScanSchema.omit({ roundId: true }),
		toAnswer: nothing
	}),
	act({
		operationId: 'closeScan',
		path: '/scans/{roundId}/closing',
		tag: 'start',
		summary: 'Close a round before its day is over',
		status: 204,
		means: 'It can be read.',
		refusals: ['not_allowed', 'scan_closed'],
		command: closeScan,
		toAnswer: nothing
	})
];
