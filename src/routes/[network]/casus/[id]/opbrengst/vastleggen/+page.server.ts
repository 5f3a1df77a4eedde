import { read } from '#foundation/command/reading.server.ts';
import { writeNumber } from '#foundation/text/number.ts';
import { say } from '#foundation/text/say.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { findPrices } from '#rooms/returns/price-search/rules.ts';
import { findGranted, getPriceListId, listPrices } from '#rooms/returns/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, fieldsOf, found } from '../../../../../form.server.ts';
import { editLines, typedOf, valueMapInput } from './value-map-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Recording a value map: what looms, what is proposed, with prices found by words, and why one thinks so. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const recorded = table.valueMap;
	const { granted, prices } = await read(installation, actor, async (tx) => ({
		granted: await findGranted(tx, actor, event.params.id),
		prices: await listPrices(tx, actor, await getPriceListId(tx, actor))
	}));
	return {
		title: say(locale, 'value_map.title'),
		seen: `/${event.params.network}/casus/${event.params.id}/gezien`,
		pseudonym: table.facts.pseudonym,
		typed: {
			...(granted === null ? {} : { potCents: writeNumber(granted / 100) }),
			...typedOf(recorded?.facts ?? null, writeNumber)
		},
		granted,
		again: recorded !== null,
		prices,
		key: installation.world.id()
	};
};

export const actions: Actions = {
	record: (event) =>
		act(event, recordValueMap, {
			form: 'value_map',
			input: (fields) => valueMapInput(event.params.id, fields),
			to: () => `/${event.params.network}/casus/${event.params.id}/opbrengst`
		}),
	/** Looks for prices, puts one in a line or takes a line away; what was typed stays, and nothing is stored. */
	lines: async (event) => {
		const { installation } = event.locals;
		const actor = actorOf(event);
		const { add, remove, ...fields } = await fieldsOf(event);
		const prices = await read(installation, actor, async (tx) => listPrices(tx, actor, await getPriceListId(tx, actor)));
		const edited = add !== undefined || remove !== undefined;
		return {
			form: 'lines',
			refusal: null,
			values: editLines(fields, { add, remove }),
			results: edited ? null : findPrices(prices, fields['zoek'] ?? '').map(({ code }) => code)
		};
	}
};
