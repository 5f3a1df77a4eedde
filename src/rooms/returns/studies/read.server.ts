import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

/** A study that stands beside the network's own returns. */
export interface Study {
	readonly studyId: string;
	readonly title: string;
	readonly source: string;
	readonly year: number;
	readonly says: string;
	readonly url: string;
	readonly grade: number | null;
	readonly membershipId: string;
	readonly at: Date;
	/** When it was taken away; null while it stands. */
	readonly withdrawnAt: Date | null;
}

/** Studies of the network, the newest first; with those that were taken away, which stay facts. */
export const listStudies = async (tx: Tx, actor: Actor): Promise<Study[]> =>
	await tx
		.selectFrom('study as s')
		.leftJoin('studyWithdrawal as w', (join) => join.onRef('w.networkId', '=', 's.networkId').onRef('w.studyId', '=', 's.studyId'))
		.select(['s.studyId', 's.title', 's.source', 's.year', 's.says', 's.url', 's.grade', 's.membershipId', 's.at', 'w.at as withdrawnAt'])
		.where('s.networkId', '=', actor.networkId)
		.orderBy('s.at', 'desc')
		.orderBy('s.studyId', 'desc')
		.execute();
