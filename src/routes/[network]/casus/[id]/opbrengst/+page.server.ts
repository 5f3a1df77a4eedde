import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { getPriceListId, listPrices, readFigures } from '#rooms/returns/read.server.ts';
import { valueMapInput } from '#rooms/returns/schema.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What this case returns to society: break-even first, then the three ways together, each figure with its rows and sources. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const { prices, figures } = await read(installation, actor, async (tx) => ({
		prices: await listPrices(tx, actor, await getPriceListId(tx, actor)),
		figures: table.valueMap ? await readFigures(tx, actor, table.valueMap) : null
	}));
	return {
		title: say(locale, 'return.title'),
		pseudonym: table.facts.pseudonym,
		underWay: table.state !== 'closed',
		recorded: table.valueMap,
		prices,
		figures,
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
