import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

/** What an organisation said that its people may not agree, and when. */
export interface RoomStatement {
	readonly organisationId: string;
	readonly sentence: string;
	readonly at: Date;
	readonly membershipId: string;
}

/** The sentence of each organisation that stated one: "alles, behalve ...". Who stated none leaves its people all room. */
export async function listRooms(tx: Tx, actor: Actor): Promise<ReadonlyMap<string, RoomStatement>> {
	const rows = await tx
		.selectFrom('roomStatement')
		.distinctOn('organisationId')
		.select(['organisationId', 'sentence', 'at', 'membershipId'])
		.where('networkId', '=', actor.networkId)
		.orderBy('organisationId')
		.orderBy('at', 'desc')
		.orderBy('statementId', 'desc')
		.execute();
	return new Map(rows.map((row) => [row.organisationId, row]));
}

/** The newest sentence of one organisation; null when it stated none. */
export const findRoom = async (tx: Tx, actor: Actor, organisationId: string): Promise<RoomStatement | null> =>
	(await tx
		.selectFrom('roomStatement')
		.select(['organisationId', 'sentence', 'at', 'membershipId'])
		.where('networkId', '=', actor.networkId)
		.where('organisationId', '=', organisationId)
		.orderBy('at', 'desc')
		.orderBy('statementId', 'desc')
		.limit(1)
		.executeTakeFirst()) ?? null;
