import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { findCaseReturn, getPriceListId, listPrices } from '#rooms/returns/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../../form.server.ts';
import { flowCount, valueMapInput } from './value-map-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What this case returns to society: break-even first, then the three ways together, each figure with its rows and sources. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const { prices, caseReturn } = await read(installation, actor, async (tx) => ({
		prices: await listPrices(tx, actor, await getPriceListId(tx, actor)),
		caseReturn: await findCaseReturn(tx, actor, table.valueMap)
	}));
	return {
		title: say(locale, 'return.title'),
		seen: `/${event.params.network}/casus/${event.params.id}/gezien`,
		pseudonym: table.facts.pseudonym,
		underWay: table.state !== 'closed',
		recorded: table.valueMap,
		prices,
		caseReturn,
		flowCount,
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, recordValueMap, {
			form: 'value_map',
			input: (fields) => valueMapInput(event.params.id, fields),
			to: () => `/${event.params.network}/casus/${event.params.id}/opbrengst`
		})
};
