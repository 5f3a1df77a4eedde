import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

/** Money for a team that was proposed. */
export interface Funding {
	readonly fundingId: string;
	readonly teamId: string;
	readonly teamName: string;
	readonly amountCents: number;
	readonly personId: string;
	readonly at: Date;
}

/** What waits for a second pair of eyes, oldest first. */
export const listWaitingFunding = (tx: Tx, actor: Actor): Promise<Funding[]> =>
	tx
		.selectFrom('teamFunding as f')
		.innerJoin('team as t', (join) => join.onRef('t.networkId', '=', 'f.networkId').onRef('t.teamId', '=', 'f.teamId'))
		.leftJoin('teamFundingEnd as e', (join) => join.onRef('e.networkId', '=', 'f.networkId').onRef('e.fundingId', '=', 'f.fundingId'))
		.select(['f.fundingId', 'f.teamId', 't.name as teamName', 'f.amountCents', 'f.personId', 'f.at'])
		.where('f.networkId', '=', actor.networkId)
		.where('e.fundingId', 'is', null)
		.orderBy('f.at')
		.orderBy('f.fundingId')
		.execute();

/** The teams of the network with what is on their card, by name. */
export const listTeamPurses = (
	tx: Tx,
	actor: Actor
): Promise<
	{ readonly teamId: string; readonly name: string; readonly cashCents: number | null; readonly reservedCents: number | null }[]
> =>
	tx
		.selectFrom('team as t')
		.leftJoin('fundSource as s', (join) => join.onRef('s.networkId', '=', 't.networkId').onRef('s.teamId', '=', 't.teamId'))
		.select(['t.teamId', 't.name', 's.cashCents', 's.reservedCents'])
		.where('t.networkId', '=', actor.networkId)
		.orderBy('t.name')
		.orderBy('t.teamId')
		.execute();
