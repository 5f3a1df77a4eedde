import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { CaseValueFacts, Price } from './rules.ts';

/** A value map as someone at the table recorded it, with the price list version it used. */
export interface RecordedValueMap {
	readonly valueMapId: string;
	readonly priceListId: string;
	readonly facts: CaseValueFacts;
	readonly personId: string;
	readonly at: Date;
	/** How many were recorded before it: an estimate is never overwritten. */
	readonly version: number;
}

/** The newest value map of a case, or null. */
export async function findValueMap(tx: Tx, actor: Actor, caseId: string): Promise<RecordedValueMap | null> {
	const row = await tx
		.selectFrom('valueMap')
		.select((e) => ['valueMapId', 'priceListId', 'document', 'personId', 'at', e.fn.countAll<number>().over().as('version')])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('at', 'desc')
		.orderBy('valueMapId', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!row) return null;
	const { document, ...map } = row;
	return { ...map, facts: document as unknown as CaseValueFacts };
}

/** The newest price list of the network: its id. Every network has one from its first day. */
export const getPriceListId = async (tx: Tx, actor: Actor): Promise<string> =>
	(
		await tx
			.selectFrom('priceList')
			.select('priceListId')
			.where('networkId', '=', actor.networkId)
			.orderBy('madeAt', 'desc')
			.orderBy('priceListId', 'desc')
			.limit(1)
			.executeTakeFirstOrThrow()
	).priceListId;

/** The prices of one version, by code. */
export const listPrices = async (tx: Tx, actor: Actor, priceListId: string): Promise<Price[]> =>
	(await tx
		.selectFrom('price')
		.select(['code', 'nameNl', 'nameEn', 'unit', 'amountCents', 'lowCents', 'highCents', 'year', 'payer', 'contains', 'frees', 'source', 'url'])
		.where('networkId', '=', actor.networkId)
		.where('priceListId', '=', priceListId)
		.orderBy('code')
		.execute()) as Price[];
