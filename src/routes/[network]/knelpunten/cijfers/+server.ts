import { read } from '#foundation/command/reading.server.ts';
import { toCsv } from '#foundation/text/csv.ts';
import { say } from '#foundation/text/say.server.ts';
import { listCauseOverviews } from '#rooms/causes/overview/read.server.ts';
import { actorOf } from '../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** The lines of all causes as a file of values, a row for each month. */
export const GET: RequestHandler = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const causes = await read(installation, actor, (tx, now) => listCauseOverviews(tx, actor, now));
	const heading = (['cause', 'kind', 'state', 'month', 'cases', 'euros', 'households'] as const).map((name) =>
		say(locale, `causes.csv.${name}`)
	);
	const rows = causes.flatMap(({ title, kind, signal, cents, households, months }) =>
		months.map(({ month, cases }) => [
			...[title || say(locale, `cause.${kind}`), say(locale, `cause.${kind}`)],
			...[signal ? say(locale, `signal.short.${signal.state}`) : '', month.slice(0, 7), cases, (cents / 100).toFixed(2), households || '']
		])
	);
	return new Response(toCsv([heading, ...rows]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="knelpunten.csv"',
			'cache-control': 'no-store'
		}
	});
};
