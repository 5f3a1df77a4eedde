import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { areOtherEyes } from './rules.ts';
import type { DeclineReason, ReleaseHand, ReleaseKind } from './rules.ts';

/** Words for outside, as they were written, and whether a second released them. */
export interface Release {
	readonly releaseId: string;
	readonly kind: ReleaseKind;
	readonly causeId: string;
	/** Of an answer: the publication that it answers. */
	readonly publicationId: string | null;
	readonly body: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly at: Date;
	/** Null while it waits for the second pair of eyes. */
	readonly hand: ReleaseHand | null;
	readonly handAt: Date | null;
	readonly handPersonId: string | null;
	readonly handMembershipId: string | null;
	/** Why it was declined, and in words; null where it was not, or where who wrote it took it back. */
	readonly reason: DeclineReason | null;
	readonly reasonWords: string | null;
}

/** Words for outside of the network, the newest first. Also for the jobs' role. */
export async function listReleases(
	tx: Tx,
	networkId: string,
	only: { readonly releaseId?: string; readonly causeId?: string } = {}
): Promise<Release[]> {
	let query = tx
		.selectFrom('release as r')
		.leftJoin('releaseHand as h', (join) => join.onRef('h.networkId', '=', 'r.networkId').onRef('h.releaseId', '=', 'r.releaseId'))
		.select(['r.releaseId', 'r.kind', 'r.causeId', 'r.publicationId', 'r.body', 'r.personId', 'r.membershipId', 'r.organisationId', 'r.at'])
		.select(['h.hand', 'h.at as handAt', 'h.personId as handPersonId', 'h.membershipId as handMembershipId'])
		.select(['h.reason', 'h.words as reasonWords'])
		.where('r.networkId', '=', networkId)
		.orderBy('r.at', 'desc')
		.orderBy('r.releaseId', 'desc');
	if (only.releaseId !== undefined) query = query.where('r.releaseId', '=', only.releaseId);
	if (only.causeId !== undefined) query = query.where('r.causeId', '=', only.causeId);
	return (await query.execute()) as Release[];
}

/** Whether the actor is another pair of eyes on what was written: another person, who works now for no organisation that wrote it, whichever they act for. */
export async function hasOtherEyes(
	tx: Tx,
	actor: Actor,
	now: Date,
	written: { readonly personId: string; readonly organisationId: string }
): Promise<boolean> {
	if (!areOtherEyes(written, actor)) return false;
	const there = await tx
		.selectFrom('membership')
		.select('membershipId')
		.where('networkId', '=', actor.networkId)
		.where('personId', '=', actor.personId)
		.where('organisationId', '=', written.organisationId)
		.where('validFrom', '<=', now)
		.where((where) => where.or([where('validUntil', 'is', null), where('validUntil', '>', now)]))
		.executeTakeFirst();
	return there === undefined;
}
