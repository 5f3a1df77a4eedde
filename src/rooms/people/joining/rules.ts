import type { Role } from '#foundation/actor.ts';

/** Roles for the whole network: given only when the facilitator is one of the two, so that no organisation gives itself one. */
export const networkRoles: readonly Role[] = ['facilitator', 'secretariat', 'treasurer', 'oversight', 'checker'];

/** Roles in the order in which they are offered: what nearly everyone does first. */
export const offeredRoles = [
	'professional',
	'administrator',
	'governor',
	'secretariat',
	'treasurer',
	'oversight',
	'checker',
	'facilitator'
] as const;

/** Whether a proposal needs the facilitator as one of its two. */
export const needsFacilitator = (roles: readonly string[]): boolean => networkRoles.some((role) => roles.includes(role));
