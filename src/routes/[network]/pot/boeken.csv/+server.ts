import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { bookRows } from '#rooms/fund/downloads/rules.ts';
import { listJournals } from '#rooms/fund/ledger/read.server.ts';
import type { Journal } from '#rooms/fund/ledger/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { RequestHandler } from './$types.js';

const atOnce = 500;

/** The whole book for the accountant, in the language of who downloads it. */
export const GET: RequestHandler = async (event) => {
	const actor = actorOf(event);
	if (!actor.roles.includes('treasurer') || event.locals.acting?.networkSlug !== event.params.network) error(404);
	const journals: Journal[] = [];
	for (let before: string | undefined; ; ) {
		const page: Journal[] = await read(event.locals.installation, actor, (tx) =>
			listJournals(tx, actor, { limit: atOnce, ...(before === undefined ? {} : { before }) })
		);
		journals.push(...page);
		before = page.at(-1)?.journalId;
		if (page.length < atOnce || before === undefined) break;
	}
	const t = textFor(event.locals.locale);
	return new Response(toCsv(bookRows(t, journals)), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${t('csv.book_file')}.csv"` }
	});
};
