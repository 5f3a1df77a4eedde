import { sql } from 'kysely';
import type { Tx } from '#foundation/database/door.server.ts';
import type { CaseOutcome, CaseState } from '#rooms/cases/rules.ts';
import type { CauseKind, OutsideResponsible } from '#rooms/causes/rules.ts';

/** What the network's page shows of all its cases together. */
export interface NetworkFigures {
	/** Cases by state, and closed ones by how they ended. */
	readonly cases: readonly { readonly state: CaseState; readonly outcome: CaseOutcome | null; readonly cases: number }[];
	/** Causes by kind; who goes about it only from three cases on. */
	readonly causes: readonly {
		readonly kind: CauseKind;
		readonly cases: number;
		readonly responsible: readonly {
			readonly organisationId: string | null;
			readonly outside: OutsideResponsible | null;
			readonly cases: number;
		}[];
	}[];
}

/** Counts over all cases of the network, also those the reader does not sit at: counts only (figure_cases, figure_causes). */
export async function getNetworkFigures(tx: Tx): Promise<NetworkFigures> {
	const { rows: cases } = await sql<{
		state: CaseState;
		outcome: CaseOutcome | null;
		cases: number;
	}>`select state, outcome, cases from app.figure_cases()`.execute(tx);
	const { rows } = await sql<{
		kind: CauseKind;
		cases: number;
		responsibleOrganisationId: string | null;
		responsibleOutside: OutsideResponsible | null;
		responsibleCases: number | null;
	}>`select * from app.figure_causes() order by cases desc, kind, responsible_cases desc nulls last`.execute(tx);
	const causes = new Map<
		CauseKind,
		{ kind: CauseKind; cases: number; responsible: { organisationId: string | null; outside: OutsideResponsible | null; cases: number }[] }
	>();
	for (const row of rows) {
		const cause = causes.get(row.kind) ?? { kind: row.kind, cases: row.cases, responsible: [] };
		if (row.responsibleCases !== null)
			cause.responsible.push({
				organisationId: row.responsibleOrganisationId,
				outside: row.responsibleOutside,
				cases: row.responsibleCases
			});
		causes.set(row.kind, cause);
	}
	return { cases, causes: [...causes.values()] };
}
