import type { Role } from '#foundation/actor.ts';

/** Words that may be read outside the network once two people of two organisations released them: the answer of who goes about a cause comes from its publication. */
export const releaseKinds = ['title', 'rule', 'answer'] as const;
export type ReleaseKind = (typeof releaseKinds)[number];
export const writtenKinds = ['title', 'rule'] as const satisfies readonly ReleaseKind[];

export const releaseHands = ['released', 'declined'] as const;
export type ReleaseHand = (typeof releaseHands)[number];

/** Who writes and reads words for outside: whoever works in the network; who checks or oversees looks on. */
const partners = new Set<Role>(['professional', 'facilitator', 'governor', 'administrator', 'secretariat']);
export const mayRelease = (roles: readonly Role[]): boolean => roles.some((role) => partners.has(role));

/** The second pair of eyes is another person of another organisation. */
export const areOtherEyes = (
	written: { readonly personId: string; readonly organisationId: string },
	actor: { readonly personId: string; readonly organisationId: string }
): boolean => written.personId !== actor.personId && written.organisationId !== actor.organisationId;

/** Why words are not released. That one does not agree with them is none: who goes about a cause may say what they think of it. */
export const declineReasons = ['points_at_someone', 'speaks_for_another', 'unclear', 'other'] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** Whether who wrote words took them back themselves: nobody declined them. */
export const tookBack = (release: {
	readonly personId: string;
	readonly hand: ReleaseHand | null;
	readonly handPersonId: string | null;
}): boolean => release.hand === 'declined' && release.handPersonId === release.personId;

/** What a second pair of eyes must say and did not: words of another are declined with a reason, and with no other act stands one. */
export function lacksOfHand(
	given: { readonly answer: ReleaseHand; readonly reason?: DeclineReason | undefined; readonly words?: string | undefined },
	own: boolean
): 'reason' | 'words' | null {
	if (own || given.answer === 'released') return null;
	if (given.reason === undefined) return 'reason';
	return (given.words ?? '').trim() === '' ? 'words' : null;
}
