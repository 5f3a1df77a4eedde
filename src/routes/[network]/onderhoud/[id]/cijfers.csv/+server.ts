import { toCsv } from '#foundation/text/csv.ts';
import { writeNumberInCsv } from '#foundation/text/number.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { actorOf, found } from '../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** The measures of the version that counts now, as a file of values: where each began, how it stood, where it is to go. */
export const GET: RequestHandler = async (event) => {
	const t = textFor(event.locals.locale);
	const { chain } = found(await getProject(event.locals.installation, actorOf(event), event.params.id));
	const head = (['measure', 'unit', 'kind', 'day', 'value'] as const).map((column) => t(`reading.csv.${column}`));
	const rows = (chain.current?.kpis ?? []).flatMap(({ title, unit, baseline, baselineOn, readings, steps }) => [
		[title, unit, t('reading.csv.baseline'), baselineOn, writeNumberInCsv(baseline)],
		...readings.map(({ onDay, value }) => [title, unit, t('reading.csv.reading'), onDay, writeNumberInCsv(value)]),
		...steps.map(({ aim, dueOn }) => [title, unit, t('reading.csv.aim'), dueOn ?? '', writeNumberInCsv(aim)])
	]);
	return new Response(toCsv([head, ...rows]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="standen.csv"' }
	});
};
