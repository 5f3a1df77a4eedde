import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { euros } from '#foundation/money/euros.ts';
import { keepsPot } from '#rooms/fund/ledger/rules.ts';
import { listYearLines, listYears } from '#rooms/fund/years/read.server.ts';
import { closingCents } from '#rooms/fund/years/rules.ts';
import { actorOf } from '../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** What a year closes with, for the accountant: a row an account, amounts in euro with a point, above zero debit. It says whether the year is closed. */
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
	const closed = state.closedAt === null ? 'open' : state.closedAt.toISOString();
	const head = ['year', 'closed_at', 'account', 'team', 'organisation', 'opening_eur', 'debit_eur', 'credit_eur', 'closing_eur'];
	const rows = lines.map((line) => [
		...[String(year), closed, line.account, line.team ?? '', line.organisation ?? ''],
		...[line.openingCents, line.debitCents, line.creditCents, closingCents(line)].map(euros)
	]);
	return new Response(toCsv([head, ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="jaar-${year}.csv"` }
	});
};
