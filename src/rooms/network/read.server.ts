import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { OrganisationKind } from './schema.ts';

export interface Organisation {
	readonly organisationId: string;
	readonly name: string;
	readonly kind: OrganisationKind;
}

/** The organisations that are in the network now, by name. */
export const listOrganisations = async (tx: Tx, actor: Actor, now: Date): Promise<Organisation[]> =>
	(await tx
		.selectFrom('organisation')
		.select(['organisationId', 'name', 'kind'])
		.where('networkId', '=', actor.networkId)
		.where((e) => e.or([e('leftAt', 'is', null), e('leftAt', '>', now)]))
		.orderBy('nameSort')
		.orderBy('organisationId')
		.execute()) as Organisation[];

/** The name of every organisation by id, also of those that left: what they did and went about still bears it. */
export const listOrganisationNames = async (tx: Tx, actor: Actor): Promise<Map<string, string>> =>
	new Map(
		(await tx.selectFrom('organisation').select(['organisationId', 'name']).where('networkId', '=', actor.networkId).execute()).map(
			({ organisationId, name }) => [organisationId, name]
		)
	);

/** The network itself. */
export const getNetwork = (tx: Tx, actor: Actor): Promise<{ name: string; potName: string; invented: boolean }> =>
	tx.selectFrom('network').select(['name', 'potName', 'invented']).where('networkId', '=', actor.networkId).executeTakeFirstOrThrow();
