import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { euros } from '#foundation/money/euros.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { listJournals } from '#rooms/fund/ledger/read.server.ts';
import type { Journal } from '#rooms/fund/ledger/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { RequestHandler } from './$types.js';

const atOnce = 500;

/** The whole book for the accountant: a row a posting, amounts in euro with a point, days as they are in UTC. */
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
	const rows = journals
		.toReversed()
		.flatMap((journal) =>
			journal.lines.map((line) => [
				...[journal.journalId, journal.at.toISOString(), journal.kind, journal.reverses ?? '', line.kind, line.teamName ?? ''],
				...[line.organisationName ?? '', euros(line.amountCents)]
			])
		);
	const head = ['journal', 'at', 'kind', 'reverses', 'account', 'team', 'organisation', 'amount_eur'];
	return new Response(toCsv([head, ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="boeken.csv"' }
	});
};
