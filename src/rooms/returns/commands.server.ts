import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { FieldError, Outcome } from '#foundation/outcome.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { getPriceListId, listPrices } from './read.server.ts';
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
		const known = new Set((await listPrices(deed.tx, deed.actor, priceListId)).map((price) => price.code));
		const { caseId, ...facts } = input;
		const unknown = (['looming', 'proposed'] as const).flatMap((path) =>
			facts[path].flatMap((flow, index): FieldError[] => (known.has(flow.price) ? [] : [{ path: [path, index, 'price'], code: 'not_a_choice' }]))
		);
		if (unknown.length > 0) return refuse('unknown_price', { fields: unknown });

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
