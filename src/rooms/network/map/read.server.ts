import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { OrganisationKind } from '../schema.ts';
import { spanOfTies } from './rules.ts';
import type { MapOrganisation, Tie } from './rules.ts';

/** Who works with whom in the network, per pair of organisations. */
export interface NetworkTies {
	/** Those that are in the network, and those that left within the months that are counted; by name. */
	readonly organisations: readonly (MapOrganisation & { readonly kind: OrganisationKind })[];
	readonly ties: readonly Tie[];
	/** How many pairs did something together that is too little to show; null under three of them. */
	readonly few: number | null;
	/** The months that are counted: first and last day. */
	readonly from: string;
	readonly until: string;
}

/** Counts between organisations only, over what the reader does not see too (figure_ties). */
export async function getTies(tx: Tx, actor: Actor, now: Date): Promise<NetworkTies> {
	const { rows } = await sql<{
		organisationId: string | null;
		partnerId: string | null;
		agreements: string | null;
		answers: string | null;
		few: string | null;
	}>`select * from app.figure_ties()`.execute(tx);
	const ties = rows.flatMap(({ organisationId, partnerId, agreements, answers }): Tie[] =>
		organisationId === null || partnerId === null
			? []
			: [
					{
						...{ organisationId, partnerId },
						agreements: agreements === null ? null : Number(agreements),
						answers: answers === null ? null : Number(answers)
					}
				]
	);
	const tied = new Set(ties.flatMap(({ organisationId, partnerId }) => [organisationId, partnerId]));
	const organisations = await tx
		.selectFrom('organisation')
		.select(['organisationId', 'name', 'kind', 'leftAt'])
		.where('networkId', '=', actor.networkId)
		.orderBy('nameSort')
		.orderBy('organisationId')
		.execute();
	const few = rows.find((row) => row.few !== null)?.few ?? null;
	return {
		organisations: organisations
			.filter(({ organisationId, leftAt }) => leftAt === null || leftAt > now || tied.has(organisationId))
			.map(({ organisationId, name, kind }) => ({ organisationId, name, kind: kind as OrganisationKind })),
		ties,
		few: few === null ? null : Number(few),
		...spanOfTies(now)
	};
}
