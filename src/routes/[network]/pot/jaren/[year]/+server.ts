import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { yearRows } from '#rooms/fund/downloads/rules.ts';
import { keepsPot } from '#rooms/fund/ledger/rules.ts';
import { listYearLines, listYears } from '#rooms/fund/years/read.server.ts';
import { actorOf } from '../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** What a year closes with, for the accountant, in the language of who downloads it. */
export const GET: RequestHandler = async (event) => {
	const actor = actorOf(event);
	if (!keepsPot(actor) || event.locals.acting?.networkSlug !== event.params.network || !/^2[01][0-9]{2}$/.test(event.params.year))
		error(404);
	const year = Number(event.params.year);
	const { state, lines } = await read(event.locals.installation, actor, async (tx) => ({
		state: (await listYears(tx, actor)).find((one) => one.year === year),
		lines: await listYearLines(tx, actor, year)
	}));
	if (!state) error(404);
	const t = textFor(event.locals.locale);
	return new Response(toCsv(yearRows(t, state, lines)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${t('csv.year_file')}-${year}.csv"`
		}
	});
};
