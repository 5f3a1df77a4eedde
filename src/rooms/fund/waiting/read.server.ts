import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { bindsOrganisation, listClaims } from '../claims/read.server.ts';
import { listToRelease, listTransfers } from '../payments/read.server.ts';
import { countSplitsToAnswer } from '../splits/read.server.ts';
import { listWaitingFunding } from '../team-money/read.server.ts';

/** What of the pot waits for the actor: payments to let go, transfers to tick off, money for teams to confirm, claims to answer. */
export interface PotWaits {
	readonly releases: number;
	readonly transfers: number;
	readonly fundings: number;
	readonly claims: number;
	/** Ways to share that their organisation has not accepted yet. */
	readonly splits: number;
}

/** Only what the actor can do now: who ticked one off, or proposed it, does not wait for it again. */
export async function countPotWaits(tx: Tx, actor: Actor, now: Date): Promise<PotWaits> {
	const treasurer = actor.roles.includes('treasurer');
	const keeps = treasurer || actor.roles.includes('secretariat') || actor.roles.includes('governor');
	const binds = bindsOrganisation(actor, actor.organisationId);
	if (!keeps && !binds) return { releases: 0, transfers: 0, fundings: 0, claims: 0, splits: 0 };
	return {
		releases: (await listToRelease(tx, actor)).length,
		transfers: keeps
			? (await listTransfers(tx, actor)).filter((one) => (one.tickedBy.length === 0 ? treasurer : !one.tickedBy.includes(actor.personId)))
					.length
			: 0,
		fundings: keeps ? (await listWaitingFunding(tx, actor)).filter((one) => one.personId !== actor.personId).length : 0,
		claims: binds
			? (await listClaims(tx, actor)).filter((claim) => claim.state === 'proposed' && bindsOrganisation(actor, claim.organisationId)).length
			: 0,
		splits: await countSplitsToAnswer(tx, actor, now)
	};
}
