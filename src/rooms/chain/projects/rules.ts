import type { Role } from '#foundation/actor.ts';

export const projectKinds = ['maintenance', 'renovation', 'care', 'other'] as const;
export type ProjectKind = (typeof projectKinds)[number];

/** What an organisation is in a project: who gives the work, who does it, or neither above the other. */
export const projectParts = ['client', 'contractor', 'partner'] as const;
export type ProjectPart = (typeof projectParts)[number];

/** What the other side is then. */
export const otherPart = (part: ProjectPart): ProjectPart =>
	part === 'client' ? 'contractor' : part === 'contractor' ? 'client' : 'partner';

export const projectStates = ['open', 'running', 'closed'] as const;
/** Open until something was agreed there, running from then on, closed by who opened it. */
export type ProjectState = (typeof projectStates)[number];

export const projectState = (agreements: number, closed: boolean): ProjectState =>
	closed ? 'closed' : agreements > 0 ? 'running' : 'open';

/** Who opens a project: whoever works or answers for an organisation of the network. */
export const mayOpenProject = (roles: readonly Role[]): boolean =>
	roles.some((role) => role === 'professional' || role === 'governor' || role === 'administrator');
