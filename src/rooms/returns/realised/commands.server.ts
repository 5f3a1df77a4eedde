import { evaluate } from '#social-return';
import type { Deed } from '#foundation/command/command.server.ts';
import { displacementOf, findGranted, listPrices } from '../read.server.ts';
import type { RecordedValueMap } from '../read.server.ts';
import { figuresOf, valueMapOf } from '../rules.ts';
import type { CaseValueFacts, Figures, Price } from '../rules.ts';
import { countedOf, countedParties, realisedFacts } from './rules.ts';
import type { FlowFinding } from './rules.ts';

/** The format of the engine's results: with the seed and the version of the value map, a counted return can be counted again. */
const engine = 'social-return/1';

const insert = async (
	deed: Deed,
	counted: { caseId: string; valueMapId: string; followUpId: string | null; kind: 'estimate' | 'realised'; figures: Figures }
): Promise<void> => {
	const { figures, ...about } = counted;
	const { networkId, personId } = deed.actor;
	const countedId = deed.id();
	await deed.tx
		.insertInto('countedReturn')
		.values({
			...about,
			...{ networkId, countedId, engine, seed: figures.seed, draws: figures.draws, personId, at: deed.now },
			...countedOf(figures)
		})
		.execute();
	const parties = countedParties(figures);
	if (parties.length === 0) return;
	await deed.tx
		.insertInto('countedParty')
		.values(parties.map((party) => ({ networkId, countedId, caseId: counted.caseId, ...party })))
		.execute();
};

/** Keeps what a value map was counted to return when it was recorded, so that the network's figure is a sum over facts. */
export const keepEstimate = (deed: Deed, caseId: string, valueMapId: string, figures: Figures): Promise<void> =>
	insert(deed, { caseId, valueMapId, followUpId: null, kind: 'estimate', figures });

/** Counts a value map with findings in the place of assumptions. */
export function figuresRealised(
	facts: CaseValueFacts,
	findings: readonly FlowFinding[],
	months: number,
	prices: readonly Price[],
	potCents: number,
	label: string
): Figures {
	const built = valueMapOf(realisedFacts(facts, findings, months, prices, potCents), prices, { id: label, title: label });
	if (!built.ok) throw new Error(`A recorded value map no longer counts: ${JSON.stringify(built.fields)}`);
	return figuresOf(evaluate(built.map), prices, 0, displacementOf(facts));
}

/** Counts what was realised at a check, and keeps it as a fact (E7). */
export async function countRealised(
	deed: Deed,
	found: { caseId: string; followUpId: string; valueMap: RecordedValueMap; findings: readonly FlowFinding[]; months: number }
): Promise<void> {
	const { caseId, followUpId, valueMap, findings, months } = found;
	const prices = await listPrices(deed.tx, deed.actor, valueMap.priceListId);
	// What the pot really gave, where it gave by request; else as it was filled in.
	const potCents = (await findGranted(deed.tx, deed.actor, caseId)) ?? valueMap.facts.potCents;
	const figures = figuresRealised(valueMap.facts, findings, months, prices, potCents, valueMap.valueMapId);
	await insert(deed, { caseId, valueMapId: valueMap.valueMapId, followUpId, kind: 'realised', figures });
}
