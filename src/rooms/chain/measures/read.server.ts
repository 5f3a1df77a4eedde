import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Day } from '#foundation/time/days.ts';
import type { Chain, ChainKpi, ChainVersion } from '../agreement/read.server.ts';
import type { OrdersAt } from './orders/rules.ts';
import { courseOf } from './rules.ts';
import type { Course, OrderCount } from './rules.ts';

/** Orders counted up to a day. */
export interface CountedOrders extends OrderCount {
	readonly countId: string;
	readonly untilDay: Day;
	readonly orders: number;
	readonly membershipId: string;
	/** How many stood at which status of VERA, in the order of the codes; none where only what was done was counted. */
	readonly statuses: readonly OrdersAt[];
}

/** How many orders were done and looked at in a project, the first count first; of one day the newest counts. */
export async function listOrderCounts(tx: Tx, actor: Pick<Actor, 'networkId'>, projectId: string): Promise<CountedOrders[]> {
	const [counts, statuses] = await Promise.all([
		tx
			.selectFrom('orderCount')
			.distinctOn('untilDay')
			.select(['countId', 'untilDay', 'orders', 'checked', 'remarks', 'membershipId'])
			.where('networkId', '=', actor.networkId)
			.where('projectId', '=', projectId)
			.orderBy('untilDay')
			.orderBy('at', 'desc')
			.orderBy('countId', 'desc')
			.execute(),
		tx
			.selectFrom('orderStatus')
			.select(['countId', 'status', 'orders'])
			.where('networkId', '=', actor.networkId)
			.where('projectId', '=', projectId)
			.orderBy('status')
			.execute()
	]);
	return counts.map((count) => ({
		...count,
		statuses: statuses.filter(({ countId }) => countId === count.countId).map(({ status, orders }) => ({ status, orders }))
	}));
}

/** A measure with how it goes. */
export interface KpiCourse extends ChainKpi {
	readonly course: Course;
	readonly newest: { readonly value: number; readonly onDay: Day } | null;
}

/** The measures of a version, each with how it goes today. */
export const coursesOfVersion = (version: Pick<ChainVersion, 'kpis'>, today: Day): KpiCourse[] =>
	version.kpis.map((kpi) => ({
		...kpi,
		course: courseOf(kpi, kpi.readings, today),
		newest: kpi.readings.findLast(({ onDay }) => onDay <= today) ?? null
	}));

/** The measures of the version that counts now; none before a version was agreed. */
export const coursesOf = (chain: Pick<Chain, 'current'>, today: Day): KpiCourse[] =>
	chain.current === null ? [] : coursesOfVersion(chain.current, today);
