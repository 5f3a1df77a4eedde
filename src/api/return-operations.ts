import { z } from '@hono/zod-openapi';
import { read } from '#foundation/command/reading.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listStated } from '#rooms/returns/assumptions/read.server.ts';
import { movedBy, triedFacts } from '#rooms/returns/assumptions/rules.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { byOrganisation } from '#rooms/returns/organisations/rules.ts';
import { findPrices } from '#rooms/returns/price-search/rules.ts';
import { findCaseReturn, findValueMapFile, getPriceListId, listPrices, tryCaseReturn } from '#rooms/returns/read.server.ts';
import { findRealised } from '#rooms/returns/realised/read.server.ts';
import { attachStudy, withdrawStudy } from '#rooms/returns/studies/commands.server.ts';
import { listStudies } from '#rooms/returns/studies/read.server.ts';
import { grades } from '#rooms/returns/studies/rules.ts';
import { recordValueMapSchema } from '#rooms/returns/schema.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, nothing, reading } from './operation.ts';
import type { Operation } from './operation.ts';
import { priceListSchema, returnSchema } from './return.schema.ts';

/** As the schema of the command reads it, for who reads the document. */
function attachStudyBody() {
	return z.strictObject({
		...{ title: z.string().max(200), source: z.string().max(200), year: z.int().min(1950).max(2100), says: z.string().max(1000) },
		...{ url: z.url(), grade: z.enum(grades).optional() }
	});
}

/** A share in percent in a query. */
const percent = () => z.coerce.number().int().min(0).max(100).optional();

const studySchema = z
	.object({
		...{ studyId: z.uuid(), title: z.string(), source: z.string(), year: z.int(), says: z.string(), url: z.string() },
		grade: z.int().min(1).max(5).nullable().openapi({ description: 'Of the design, 1 (before and after) to 5 (by lot); null: not known.' }),
		...{ membershipId: z.uuid(), at: z.iso.datetime(), withdrawnAt: z.iso.datetime().nullable() }
	})
	.openapi('Study');

export const returnOperations: readonly Operation[] = [
	reading({
		operationId: 'listStudies',
		path: '/studies',
		tag: 'returns',
		summary: 'Studies that the network sets beside its own returns',
		means: 'All of them, the newest first; those that were taken away too.',
		refusals: [],
		answer: z.object({ studies: z.array(studySchema) }).openapi('Studies'),
		async read({ installation, actor }) {
			const studies = await read(installation, actor, (tx) => listStudies(tx, actor));
			return ok({
				body: {
					studies: studies.map((study) => ({
						...study,
						at: study.at.toISOString(),
						withdrawnAt: study.withdrawnAt?.toISOString() ?? null
					}))
				}
			});
		}
	}),
	act({
		operationId: 'attachStudy',
		path: '/studies',
		tag: 'returns',
		summary: 'Set a study beside the returns of the network',
		description: 'By the facilitator. It is about an approach, never about a person.',
		status: 201,
		means: 'It stands beside the returns.',
		refusals: ['not_allowed'],
		command: attachStudy,
		body: attachStudyBody(),
		answer: z.object({ studyId: z.uuid() }).openapi('AttachedStudy'),
		toAnswer: (value) => ({ body: value })
	}),
	act({
		operationId: 'withdrawStudy',
		path: '/studies/{studyId}/withdrawals',
		tag: 'returns',
		summary: 'Take a study away',
		status: 204,
		means: 'It no longer stands beside the returns; it can still be read.',
		refusals: ['not_allowed', 'wrong_state'],
		command: withdrawStudy,
		toAnswer: nothing
	}),
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
			'Counted from the newest value map. Reading it reads the case, and leaves a line in its log. 404 when no value map was recorded. With other assumptions in the query it is counted with those, and nothing is stored.',
		means: 'The figures, open down to their sources.',
		refusals: [],
		query: z.strictObject({
			chance: percent(),
			years: z.coerce.number().int().min(1).max(10).optional(),
			deadweight: percent(),
			attribution: percent()
		}),
		answer: returnSchema,
		async read({ installation, actor, params, query }) {
			const table = await getCaseTable(installation, actor, params.caseId);
			if (!table.ok) return table;
			const recorded = table.value.valueMap;
			if (recorded === null) return refuse('not_found');
			const tried = movedBy(recorded.facts, query).length > 0;
			const { counted, assumptions, realised, organisations } = await read(installation, actor, async (tx, now) => ({
				organisations: await listOrganisations(tx, actor, now),
				counted: tried ? await tryCaseReturn(tx, actor, recorded, query) : await findCaseReturn(tx, actor, recorded),
				assumptions: await listStated(tx, actor, params.caseId, table.value.words),
				realised: await findRealised(tx, actor, params.caseId)
			}));
			if (counted === null) return refuse('not_found');
			return ok({
				body: {
					valueMapId: recorded.valueMapId,
					priceListId: recorded.priceListId,
					version: recorded.version,
					personId: recorded.personId,
					at: recorded.at.toISOString(),
					assumptions: assumptions.map(({ name, value, membershipId, at, why }) => ({
						name,
						value,
						membershipId,
						at: at.toISOString(),
						why
					})),
					realised: realised === null ? null : { ...realised, at: realised.at.toISOString() },
					tried,
					organisations: byOrganisation(counted.figures.parties, organisations),
					facts: { ...triedFacts(recorded.facts, query) },
					figures: { ...counted.figures, conventions: { ...counted.figures.conventions }, reference: { ...counted.figures.reference } },
					byHorizon: counted.byHorizon
				}
			});
		}
	}),
	reading({
		operationId: 'getValueMap',
		path: '/cases/{caseId}/value-map',
		tag: 'returns',
		summary: 'The newest value map as an open file, from which `loopplank return` counts the same cents',
		description: 'Reading it reads the case, and leaves a line in its log. 404 when no value map was recorded.',
		means: 'The file: codes and numbers, prices with their sources, no words of the case.',
		refusals: [],
		answer: z.looseObject({ format: z.literal('social-return/value-map'), version: z.literal(1) }).openapi('ValueMapFile'),
		async read({ installation, actor, params }) {
			const table = await getCaseTable(installation, actor, params.caseId);
			if (!table.ok) return table;
			const recorded = table.value.valueMap;
			if (recorded === null) return refuse('not_found');
			const file = await read(installation, actor, (tx) => findValueMapFile(tx, actor, recorded));
			return ok({ body: { ...file, format: 'social-return/value-map' as const, version: 1 as const } });
		}
	}),
	reading({
		operationId: 'listPrices',
		path: '/prices',
		tag: 'returns',
		summary: 'The newest price list of the network: no price without a source',
		description: 'With `words`: those in which every word occurs.',
		means: 'All prices, by code, or those found.',
		refusals: [],
		query: z.strictObject({ words: z.string().max(100).optional() }),
		answer: priceListSchema,
		async read({ installation, actor, query }) {
			return ok({
				body: await read(installation, actor, async (tx) => {
					const priceListId = await getPriceListId(tx, actor);
					const prices = await listPrices(tx, actor, priceListId);
					return { priceListId, prices: query.words === undefined ? prices : findPrices(prices, query.words) };
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
