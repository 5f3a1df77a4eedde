import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findChain } from '#rooms/chain/agreement/read.server.ts';
import { countOrders, measureProject } from '#rooms/chain/measures/commands.server.ts';
import { coursesOf } from '#rooms/chain/measures/read.server.ts';
import { orderStatusList, readPastedOrders } from '#rooms/chain/measures/orders/rules.ts';
import { suggestShare } from '#rooms/chain/measures/rules.ts';
import { readPastedReadings } from '#rooms/chain/measures/typed/rules.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { findVera, listVera } from '#rooms/chain/vera/read.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import { act, actorOf, found } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How the measures of a project stand, to fill in; and the orders that were looked at. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const table = found(await getProject(installation, actorOf(event), event.params.id));
	const now = installation.world.now();
	return {
		title: say(locale, 'reading.title'),
		table,
		courses: coursesOf(table.chain, dayAt(now)),
		statuses: listVera(orderStatusList, dayAt(now)).map(({ code, name }) => ({ code, name })),
		statusNames: new Map(
			(table.orders.at(-1)?.statuses ?? []).map(({ status }) => [status, findVera(orderStatusList, status)?.name ?? ''] as const)
		),
		share: suggestShare(table.orders),
		isSaved: event.url.searchParams.has('bewaard'),
		today: dayAt(now),
		now,
		key: installation.world.id()
	};
};

type MeasureEvent = Parameters<Actions[string]>[0];
const here = (event: MeasureEvent) => () => `/${event.params.network}/onderhoud/${event.params.id}/cijfers?bewaard=ja`;

export const actions: Actions = {
	measure: (event) =>
		act(event, measureProject, {
			form: 'measure',
			input: (fields) => ({
				projectId: event.params.id,
				readings: Object.entries(fields)
					.filter(([name, value]) => name.startsWith('value.') && value.trim() !== '')
					.map(([name, value]) => ({ kpiId: name.slice('value.'.length), value, onDay: fields['onDay'] ?? '' }))
			}),
			to: here(event)
		}),
	paste: async (event) => {
		const actor = actorOf(event);
		const { current } = await read(event.locals.installation, actor, (tx) => findChain(tx, actor, event.params.id));
		return await act(event, measureProject, {
			form: 'paste',
			input: (fields) => ({
				...{ projectId: event.params.id, origin: 'csv' },
				readings: readPastedReadings(fields['lines'] ?? '', current?.kpis ?? []).rows.map(({ row: _, ...reading }) => reading)
			}),
			to: here(event)
		});
	},
	count: (event) =>
		act(event, countOrders, {
			form: 'count',
			input: (fields) => ({
				...{ projectId: event.params.id, untilDay: fields['untilDay'] ?? '', orders: fields['orders'] ?? '' },
				...{ checked: fields['checked'] ?? '', remarks: fields['remarks'] ?? '' }
			}),
			to: here(event)
		}),
	statuses: (event) =>
		act(event, countOrders, {
			form: 'statuses',
			input: (fields) => ({
				...{ projectId: event.params.id, untilDay: fields['untilDay'] ?? '' },
				statuses: readPastedOrders(fields['lines'] ?? '', listVera(orderStatusList, dayAt(event.locals.installation.world.now()))).statuses,
				...{ checked: fields['checked'] ?? '', remarks: fields['remarks'] ?? '' }
			}),
			to: here(event)
		})
};
