import { read } from '#foundation/command/reading.server.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { getTies } from '#rooms/network/map/read.server.ts';
import { tieRows } from '#rooms/network/map/rules.ts';
import { actorOf } from '../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** Who works with whom, a pair a line; a figure that is too small to show stays empty. */
export const GET: RequestHandler = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { organisations, ties } = await read(installation, actor, (tx, now) => getTies(tx, actor, now));
	const t = textFor(locale);
	const heading = [t('ties.organisation'), t('ties.partner'), t('ties.agreements'), t('ties.answers')];
	const rows = tieRows(organisations, ties).map((row) => [row.organisation, row.partner, row.agreements ?? '', row.answers ?? '']);
	return new Response(toCsv([heading, ...rows]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="wie-werkt-met-wie.csv"',
			'cache-control': 'no-store'
		}
	});
};
