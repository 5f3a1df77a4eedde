import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

export interface Organisation {
	readonly organisationId: string;
	readonly name: string;
	readonly kind: string;
}

/** The organisations that are in the network now, by name. */
export const listOrganisations = (tx: Tx, actor: Actor, now: Date): Promise<Organisation[]> =>
	tx
		.selectFrom('organisation')
		.select(['organisationId', 'name', 'kind'])
		.where('networkId', '=', actor.networkId)
		.where((e) => e.or([e('leftAt', 'is', null), e('leftAt', '>', now)]))
		.orderBy('nameSort')
		.orderBy('organisationId')
		.execute();

/** The network itself. */
export const getNetwork = (tx: Tx, actor: Actor): Promise<{ name: string; potName: string; invented: boolean }> =>
	tx.selectFrom('network').select(['name', 'potName', 'invented']).where('networkId', '=', actor.networkId).executeTakeFirstOrThrow();

export interface NetworkFigures {
	/** Cases by state, and closed ones by how they ended. */
	readonly cases: readonly { readonly state: string; readonly outcome: string | null; readonly cases: number }[];
	/** Causes by kind; who goes about it only from three cases on. */
	readonly causes: readonly {
		readonly kind: string;
		readonly cases: number;
		readonly responsible: readonly { readonly organisationId: string | null; readonly outside: string | null; readonly cases: number }[];
	}[];
}

/** Counts over all cases of the network, also those the reader does not sit at: counts only (figure_cases, figure_causes). */
export async function getNetworkFigures(tx: Tx): Promise<NetworkFigures> {
	const { rows: cases } = await sql<{ state: string; outcome: string | null; cases: number }>`select state, outcome, cases from app.figure_cases()`.execute(tx);
	const { rows } = await sql<{
		kind: string;
		cases: number;
		responsibleOrganisationId: string | null;
		responsibleOutside: string | null;
		responsibleCases: number | null;
	}>`select * from app.figure_causes() order by cases desc, kind, responsible_cases desc nulls last`.execute(tx);
	const causes = new Map<string, { kind: string; cases: number; responsible: { organisationId: string | null; outside: string | null; cases: number }[] }>();
	for (const row of rows) {
		const cause = causes.get(row.kind) ?? { kind: row.kind, cases: row.cases, responsible: [] };
		if (row.responsibleCases !== null) cause.responsible.push({ organisationId: row.responsibleOrganisationId, outside: row.responsibleOutside, cases: row.responsibleCases });
		causes.set(row.kind, cause);
	}
	return { cases, causes: [...causes.values()] };
}
