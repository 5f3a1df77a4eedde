import { evaluate } from '#social-return';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { newlyStated } from './assumptions/rules.ts';
import type { AssumptionName } from './assumptions/rules.ts';
import { displacementOf, findValueMap, getPriceListId, listPrices } from './read.server.ts';
import { keepEstimate } from './realised/commands.server.ts';
import { figuresOf, valueMapOf } from './rules.ts';
import type { CaseValueFacts } from './rules.ts';
import { recordValueMapSchema } from './schema.ts';

/** Someone at the table records the looming path beside the proposed one. A new version stands beside the earlier ones. */
export const recordValueMap = command({
	act: 'value_map.record',
	schema: recordValueMapSchema,
	async run(deed, input): Promise<Outcome<{ valueMapId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		const priceListId = await getPriceListId(deed.tx, deed.actor);
		const { caseId, because, acknowledged, ...facts } = input;
		const prices = await listPrices(deed.tx, deed.actor, priceListId);
		const counted = valueMapOf(facts, prices, { id: caseId, title: caseId });
		if (!counted.ok) return refuseFields(counted.fields);
		const doubts = findDoubts(because).map((doubt) => ({ ...doubt, path: ['because', ...doubt.path] }));
		if (doubts.length > 0 && !acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const before = await findValueMap(deed.tx, deed.actor, caseId);

		const valueMapId = deed.id();
		deed.about('value_map', valueMapId, caseId);
		await deed.tx
			.insertInto('valueMap')
			.values({
				...{ networkId: deed.actor.networkId, valueMapId, caseId, priceListId },
				...{ document: JSON.stringify(facts), personId: deed.actor.personId, at: deed.now }
			})
			.execute();
		await stateAssumptions(deed, { caseId, valueMapId, before: before?.facts ?? null, facts, because });
		await keepEstimate(deed, caseId, valueMapId, figuresOf(evaluate(counted.map), prices, 0, displacementOf(facts)));
		return ok({ valueMapId });
	}
});

interface Stated {
	readonly caseId: string;
	readonly valueMapId: string;
	readonly before: CaseValueFacts | null;
	readonly facts: CaseValueFacts;
	readonly because: Readonly<
		Partial<Record<'chance' | 'years' | 'deadweight' | 'attribution' | 'displacement' | 'dropOff', string | undefined>>
	>;
}

/** Writes down whose each new assumption is, with the sentence why. */
async function stateAssumptions(deed: Deed, { caseId, valueMapId, before, facts, because }: Stated): Promise<void> {
	const { networkId, personId, membershipId } = deed.actor;
	const reasons = new Map<AssumptionName, string>();
	for (const [name, text] of Object.entries(because))
		if (text !== undefined && text.trim() !== '') reasons.set(name === 'dropOff' ? 'drop_off' : (name as AssumptionName), text);
	for (const { name, value } of newlyStated(before, facts, [...reasons.keys()])) {
		const assumptionId = deed.id();
		await deed.tx
			.insertInto('assumption')
			.values({ networkId, assumptionId, caseId, valueMapId, name, value, personId, membershipId, at: deed.now })
			.execute();
		const text = reasons.get(name);
		if (text !== undefined) await deed.write({ caseId, aboutId: assumptionId, part: 'assumption', text });
	}
}
