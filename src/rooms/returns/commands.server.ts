import { command } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { getPriceListId, listPrices } from './read.server.ts';
import { valueMapOf } from './rules.ts';
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
		const { caseId, ...facts } = input;
		const counted = valueMapOf(facts, await listPrices(deed.tx, deed.actor, priceListId), { id: caseId, title: caseId });
		if (!counted.ok) return refuseFields(counted.fields);

		const valueMapId = deed.id();
		deed.about('value_map', valueMapId, caseId);
		await deed.tx
			.insertInto('valueMap')
			.values({
				...{ networkId: deed.actor.networkId, valueMapId, caseId, priceListId },
				...{ document: JSON.stringify(facts), personId: deed.actor.personId, at: deed.now }
			})
			.execute();
		return ok({ valueMapId });
	}
});
