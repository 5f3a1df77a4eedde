import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { AssumptionName } from './rules.ts';

/** Who stated a number, and when. Why stands with the words of the case, about this id (part `assumption`). */
export interface Assumption {
	readonly assumptionId: string;
	readonly name: AssumptionName;
	readonly value: number | null;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
}

/** The newest of each assumption of a case at whose table the actor sits. */
export const listAssumptions = async (tx: Tx, actor: Actor, caseId: string): Promise<Assumption[]> =>
	(await tx
		.selectFrom('assumption')
		.distinctOn('name')
		.select(['assumptionId', 'name', 'value', 'personId', 'membershipId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('name')
		.orderBy('at', 'desc')
		.orderBy('assumptionId', 'desc')
		.execute()) as Assumption[];
