import { toCsv } from '#foundation/text/csv.ts';
import { writeNumberInCsv } from '#foundation/text/number.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { orderStatusList } from '#rooms/chain/measures/orders/rules.ts';
import { findVera } from '#rooms/chain/vera/read.server.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { actorOf, found } from '../../../../form.server.ts';
import type { RequestHandler } from './$types.js';

/** The measures of the version that counts now, as a file of values: where each began, how it stood, where it is to go; and the orders, by their status of VERA. */
export const GET: RequestHandler = async (event) => {
	const t = textFor(event.locals.locale);
	const { chain, orders } = found(await getProject(event.locals.installation, actorOf(event), event.params.id));
	const head = (['measure', 'unit', 'kind', 'day', 'value'] as const).map((column) => t(`reading.csv.${column}`));
	const rows = (chain.current?.kpis ?? []).flatMap(({ title, unit, baseline, baselineOn, readings, steps }) => [
		[title, unit, t('reading.csv.baseline'), baselineOn, writeNumberInCsv(baseline)],
		...readings.map(({ onDay, value }) => [title, unit, t('reading.csv.reading'), onDay, writeNumberInCsv(value)]),
		...steps.map(({ aim, dueOn }) => [title, unit, t('reading.csv.aim'), dueOn ?? '', writeNumberInCsv(aim)])
	]);
	const counted = orders.flatMap(({ untilDay, statuses, ...count }) => [
		[t('order.title'), t('order.unit'), t('order.orders'), untilDay, String(count.orders)],
		[t('order.title'), t('order.unit'), t('order.checked'), untilDay, String(count.checked)],
		...statuses.map(({ status, orders: at }) => [
			...[t('order.title'), t('order.unit'), `${status} ${findVera(orderStatusList, status)?.name ?? ''}`.trim(), untilDay, String(at)]
		])
	]);
	return new Response(toCsv([head, ...rows, ...counted]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="standen.csv"' }
	});
};
