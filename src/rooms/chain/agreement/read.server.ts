import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { KpiCode, KpiDirection, KpiReading, KpiStep } from '../measures/rules.ts';
import { chainStanding, chainState } from './rules.ts';
import type { ChainAnswer, ChainState } from './rules.ts';

/** A measure of a version, with how it stood; also as it stood under an earlier version that measured the same. */
export interface ChainKpi {
	readonly kpiId: string;
	readonly code: KpiCode;
	readonly title: string;
	readonly unit: string;
	readonly better: KpiDirection;
	readonly baseline: number;
	readonly baselineOn: string;
	readonly steps: readonly KpiStep[];
	/** Oldest day first; of one day the newest. */
	readonly readings: readonly (KpiReading & { readonly membershipId: string })[];
}

/** A version of the agreement of a chain; its words stand with the words of the project, by version. */
export interface ChainVersion {
	readonly versionId: string;
	readonly number: number;
	readonly startsOn: string;
	readonly endsOn: string | null;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly personId: string;
	readonly at: Date;
	readonly coordinators: readonly { readonly organisationId: string; readonly personId: string; readonly membershipId: string }[];
	readonly answers: readonly {
		readonly organisationId: string;
		readonly answer: ChainAnswer;
		readonly membershipId: string;
		readonly at: Date;
	}[];
	readonly kpis: readonly ChainKpi[];
	readonly state: ChainState;
}

export interface Chain {
	readonly versions: readonly ChainVersion[];
	readonly current: ChainVersion | null;
	readonly pending: ChainVersion | null;
}

const measured = ({ code, title, unit }: { readonly code: string; readonly title: string; readonly unit: string }): string =>
	JSON.stringify([code, title, unit]);

/** The agreement of a chain with all its versions, for who sits there; none for everyone else. */
export async function findChain(tx: Tx, actor: Pick<Actor, 'networkId'>, projectId: string): Promise<Chain> {
	const of = <T extends { readonly versionId: string }>(rows: readonly T[], versionId: string): T[] =>
		rows.filter((row) => row.versionId === versionId);
	const versions = await tx
		.selectFrom('chainVersion')
		.select(['versionId', 'number', 'startsOn', 'endsOn', 'membershipId', 'organisationId', 'personId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('projectId', '=', projectId)
		.orderBy('number')
		.execute();
	if (versions.length === 0) return { versions: [], current: null, pending: null };
	const [coordinators, answers, kpis, steps, readings] = await Promise.all([
		tx
			.selectFrom('chainCoordinator as c')
			.innerJoin('organisation as o', (join) =>
				join.onRef('o.networkId', '=', 'c.networkId').onRef('o.organisationId', '=', 'c.organisationId')
			)
			.select(['c.versionId', 'c.organisationId', 'c.personId', 'c.membershipId'])
			.select(sql<boolean>`coalesce(o.left_at <= (select app.now()), false)`.as('gone'))
			.where('c.networkId', '=', actor.networkId)
			.where('c.projectId', '=', projectId)
			.orderBy('c.organisationId')
			.execute(),
		tx
			.selectFrom('chainAnswer')
			.select(['versionId', 'organisationId', 'answer', 'membershipId', 'at'])
			.where('networkId', '=', actor.networkId)
			.where('projectId', '=', projectId)
			.orderBy('at')
			.execute(),
		tx
			.selectFrom('kpi')
			.select(['kpiId', 'versionId', 'code', 'title', 'unit', 'better', 'baseline', 'baselineOn'])
			.where('networkId', '=', actor.networkId)
			.where('projectId', '=', projectId)
			.orderBy('kpiId')
			.execute(),
		tx
			.selectFrom('kpiStep')
			.select(['kpiId', 'aim', 'dueOn', 'homes'])
			.where('networkId', '=', actor.networkId)
			.where('projectId', '=', projectId)
			.orderBy('number')
			.execute(),
		tx
			.selectFrom('kpiReading')
			.distinctOn(['kpiId', 'onDay'])
			.select(['kpiId', 'value', 'onDay', 'membershipId'])
			.where('networkId', '=', actor.networkId)
			.where('projectId', '=', projectId)
			.orderBy('kpiId')
			.orderBy('onDay')
			.orderBy('at', 'desc')
			.orderBy('readingId', 'desc')
			.execute()
	]);
	const sameOf = new Map(kpis.map((kpi) => [kpi.kpiId, measured(kpi)]));
	const told = versions.map((version): ChainVersion => {
		const bound = of(coordinators, version.versionId).map(({ versionId: _, ...coordinator }) => coordinator);
		// Nobody waits for an organisation that left the network.
		const awaited = bound.filter(({ gone }) => !gone);
		const said = of(answers, version.versionId).map(({ versionId: _, ...answer }) => ({ ...answer, answer: answer.answer as ChainAnswer }));
		return {
			...version,
			coordinators: bound.map(({ gone: _, ...coordinator }) => coordinator),
			answers: said,
			state: chainState(
				awaited.map(({ organisationId }) => organisationId),
				said
			),
			kpis: of(kpis, version.versionId).map(({ versionId: _, ...kpi }) => ({
				...(kpi as Omit<ChainKpi, 'steps' | 'readings'>),
				steps: steps.filter(({ kpiId }) => kpiId === kpi.kpiId).map(({ aim, dueOn, homes }) => ({ aim, dueOn, homes })),
				readings: newestOfDays(readings.filter(({ kpiId }) => sameOf.get(kpiId) === sameOf.get(kpi.kpiId)))
			}))
		};
	});
	return { versions: told, ...chainStanding(told) };
}

/** Of the same measure under two versions, a day may have been read twice: the later version counts. */
function newestOfDays(readings: readonly (KpiReading & { readonly kpiId: string; readonly membershipId: string })[]): ChainKpi['readings'] {
	const byDay = new Map(
		readings
			.toSorted((a, b) => (a.kpiId < b.kpiId ? -1 : 1))
			.map(({ value, onDay, membershipId }) => [onDay, { value, onDay, membershipId }] as const)
	);
	return [...byDay.values()].toSorted((a, b) => (a.onDay < b.onDay ? -1 : 1));
}
