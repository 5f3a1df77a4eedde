import { read } from '#foundation/command/reading.server.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { partyName, partyRows } from '#rooms/returns/organisations/rules.ts';
import { getOrganisationParties } from '#rooms/table/figures/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** Who paid and who gained over the network, per organisation, in cents. */
export const GET: RequestHandler = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { parties } = await read(installation, actor, (tx, now) => getOrganisationParties(tx, actor, now));
	return new Response(toCsv(partyRows(parties, (who) => partyName(who, textFor(locale), createFormat(locale)))), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="wie-betaalt-wie-wint.csv"',
			'cache-control': 'no-store'
		}
	});
};
