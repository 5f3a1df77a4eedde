import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { findCaseReturn, getPriceListId, listPrices } from '#rooms/returns/read.server.ts';
import { recordValueMapSchema } from '#rooms/returns/schema.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, reading } from './operation.ts';
import type { Operation } from './operation.ts';
import { priceListSchema, returnSchema } from './return.schema.ts';

export const returnOperations: readonly Operation[] = [
	act({
		operationId: 'recordValueMap',
		path: '/cases/{caseId}/value-maps',
		tag: 'returns',
		summary: 'Record what looms beside what is proposed',
		description:
			'An estimate is never overwritten: a new version stands beside it. An adjustment left out is not estimated, and said so; 0 is an estimate.',
		status: 201,
		means: 'The version is recorded, and the newest counts.',
		refusals: ['wrong_state'],
		command: recordValueMap,
		body: valueMapBody(),
		gives: ['Location'],
		answer: z.object({ valueMapId: z.uuid() }).openapi('RecordedValueMap'),
		toAnswer: (value, { caseId }) => ({ body: value, location: `/cases/${caseId}/return` })
	}),
	reading({
		operationId: 'getReturn',
		path: '/cases/{caseId}/return',
		tag: 'returns',
		summary: 'What the case returns: break-even, the three ways together, ranges, rows and sources',
		description:
			'Counted from the newest value map. Reading it reads the case, and leaves a line in its log. 404 when no value map was recorded.',
		means: 'The figures, open down to their sources.',
		refusals: [],
		answer: returnSchema,
		async read({ installation, actor, params }) {
			const table = await getCaseTable(installation, actor, params.caseId);
			if (!table.ok) return table;
			const recorded = table.value.valueMap;
			const counted = await read(installation, actor, (tx) => findCaseReturn(tx, actor, recorded));
			if (recorded === null || counted === null) return refuse('not_found');
			return ok({
				body: {
					valueMapId: recorded.valueMapId,
					priceListId: recorded.priceListId,
					version: recorded.version,
					personId: recorded.personId,
					at: recorded.at.toISOString(),
					facts: { ...recorded.facts },
					figures: { ...counted.figures, conventions: { ...counted.figures.conventions }, reference: { ...counted.figures.reference } },
					byHorizon: counted.byHorizon
				}
			});
		}
	}),
	reading({
		operationId: 'listPrices',
		path: '/prices',
		tag: 'returns',
		summary: 'The newest price list of the network: no price without a source',
		means: 'All prices, by code.',
		refusals: [],
		answer: priceListSchema,
		async read({ installation, actor }) {
			return ok({
				body: await read(installation, actor, async (tx) => {
					const priceListId = await getPriceListId(tx, actor);
					return { priceListId, prices: await listPrices(tx, actor, priceListId) };
				})
			});
		}
	})
];

/** A refined schema cannot leave a field out, so the case's id goes and what is refined is left to the command. */
function valueMapBody(): z.ZodType {
	const { caseId: _, ...fields } = recordValueMapSchema.shape;
	return z.strictObject(fields).openapi('ValueMap');
}
