import { evaluate } from '#social-return';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { listCaseRequests } from '#rooms/fund/requests/read.server.ts';
import { triedFacts } from './assumptions/rules.ts';
import type { Trial } from './assumptions/rules.ts';
import { headlineOf } from './figures/rules.ts';
import { countFollowedUp } from './realised/read.server.ts';
import { figuresOf, valueMapOf } from './rules.ts';
import type { CaseValueFacts, Figures, Price } from './rules.ts';

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
		.select([
			'code',
			'nameNl',
			'nameEn',
			'unit',
			'amountCents',
			'lowCents',
			'highCents',
			'year',
			'payer',
			'contains',
			'frees',
			'freesWhyNl',
			'freesWhyEn',
			'freesBy',
			'freesOn',
			'source',
			'url'
		])
		.where('networkId', '=', actor.networkId)
		.where('priceListId', '=', priceListId)
		.orderBy('code')
		.execute()) as Price[];

/** What a recorded value map comes to, and how much it hangs on the years that are counted. */
export interface CaseReturn {
	readonly figures: Figures;
	/** The same map with another number of years counted: what lasts is cut there. */
	readonly byHorizon: readonly { readonly years: number; readonly ways: Figures['ways'] }[];
}

/** Figures follow from a map that never changes, so they may be kept: the map's id is their key. Bounded. */
const kept = new Map<string, CaseReturn>();
const keptAtMost = 500;

/** Horizons shown beside each other; more than the case's own years only where something lasts so long. */
const horizons = [1, 2, 3, 4, 5];

/** The share of what is prevented that only moved elsewhere, where someone estimated it. */
export const displacementOf = ({ displacementPercent }: CaseValueFacts): number | null =>
	displacementPercent === undefined ? null : displacementPercent / 100;

/** Counts a recorded value map with other assumptions, with the prices it used. Nothing is stored. */
export async function tryCaseReturn(tx: Tx, actor: Actor, recorded: RecordedValueMap, trial: Trial): Promise<CaseReturn> {
	const facts = triedFacts(recorded.facts, trial);
	const prices = await listPrices(tx, actor, recorded.priceListId);
	const built = valueMapOf(facts, prices, { id: recorded.valueMapId, title: recorded.valueMapId });
	if (!built.ok) throw new Error(`A recorded value map no longer counts: ${JSON.stringify(built.fields)}`);
	return {
		figures: withHeadline(figuresOf(evaluate(built.map), prices, 0, displacementOf(facts)), await countFollowedUp(tx)),
		byHorizon: []
	};
}

/** The open file of a recorded value map: `loopplank return` counts the same cents from it. */
export async function findValueMapFile(tx: Tx, actor: Actor, recorded: RecordedValueMap): Promise<object> {
	const prices = await listPrices(tx, actor, recorded.priceListId);
	const built = valueMapOf(recorded.facts, prices, { id: recorded.valueMapId, title: recorded.valueMapId });
	if (!built.ok) throw new Error(`A recorded value map no longer counts: ${JSON.stringify(built.fields)}`);
	return built.file;
}

/** A version of the price list, as it is named under a figure. */
export interface PriceList {
	readonly name: string;
	readonly madeAt: Date;
}

export const getPriceList = (tx: Tx, actor: Actor, priceListId: string): Promise<PriceList> =>
	tx
		.selectFrom('priceList')
		.select(['name', 'madeAt'])
		.where('networkId', '=', actor.networkId)
		.where('priceListId', '=', priceListId)
		.executeTakeFirstOrThrow();

const withHeadline = (figures: Figures, followedUp: number): Figures => ({ ...figures, headline: headlineOf(followedUp) });

/** Counts a recorded value map with the prices of the version it used. Null when there is none. */
export async function findCaseReturn(tx: Tx, actor: Actor, recorded: RecordedValueMap | null): Promise<CaseReturn | null> {
	if (recorded === null) return null;
	const counted = await countOnce(tx, actor, recorded);
	return { ...counted, figures: withHeadline(counted.figures, await countFollowedUp(tx)) };
}

async function countOnce(tx: Tx, actor: Actor, recorded: RecordedValueMap): Promise<CaseReturn> {
	const known = kept.get(recorded.valueMapId);
	if (known) return known;
	const prices = await listPrices(tx, actor, recorded.priceListId);
	const figuresAt = (facts: CaseValueFacts): Figures => {
		const built = valueMapOf(facts, prices, { id: recorded.valueMapId, title: recorded.valueMapId });
		if (!built.ok) throw new Error(`A recorded value map no longer counts: ${JSON.stringify(built.fields)}`);
		return figuresOf(evaluate(built.map), prices, 0, displacementOf(facts));
	};
	const { facts } = recorded;
	const figures = figuresAt(facts);
	const longest = Math.max(1, ...facts.looming.map((flow) => flow.years));
	const counted: CaseReturn = {
		figures,
		byHorizon:
			longest === 1
				? []
				: horizons.map((years) => ({
						years,
						ways: figuresAt({
							...facts,
							horizonYears: years,
							looming: facts.looming.map((flow) => (flow.years > 1 ? { ...flow, years } : flow))
						}).ways
					}))
	};
	if (kept.size >= keptAtMost) kept.delete(kept.keys().next().value ?? '');
	kept.set(recorded.valueMapId, counted);
	return counted;
}

/** What the pot granted for a case, paid or not yet, in cents; null when nothing was granted. */
export async function findGranted(tx: Tx, actor: Actor, caseId: string): Promise<number | null> {
	const granted = (await listCaseRequests(tx, actor, caseId)).filter(
		({ state }) => state === 'granted' || state === 'partly' || state === 'paid'
	);
	return granted.length === 0 ? null : granted.reduce((total, { decision }) => total + (decision?.grantedCents ?? 0), 0);
}
