import { read } from '#foundation/command/reading.server.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { say } from '#foundation/text/say.server.ts';
import { listCauseOverviews } from '#rooms/causes/overview/read.server.ts';
import { perQuarter, quarterName } from '#rooms/causes/overview/rules.ts';
import { actorOf } from '../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** What causes cost over time as a file of values, a row for each stretch of quarters. */
export const GET: RequestHandler = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const causes = await read(installation, actor, (tx, now) => listCauseOverviews(tx, actor, now));
	const heading = (['cause', 'kind', 'from_quarter', 'until_quarter', 'cases_with_money', 'granted', 'per_quarter'] as const).map((name) =>
		say(locale, `causes.csv.${name}`)
	);
	const euros = (cents: number): string => (cents / 100).toFixed(2);
	const rows = causes.flatMap(({ title, kind, stretches }) =>
		stretches.map((stretch) => [
			...[title || say(locale, `cause.${kind}`), say(locale, `cause.${kind}`)],
			...[quarterName(stretch.fromQuarter), quarterName(stretch.untilQuarter)],
			...[stretch.cases, euros(stretch.cents), euros(perQuarter(stretch))]
		])
	);
	return new Response(toCsv([heading, ...rows]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="knelpunten-euros.csv"',
			'cache-control': 'no-store'
		}
	});
};
