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
