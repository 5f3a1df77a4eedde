import { lapsesAfterDays } from '../leaving/rules.ts';
import { binds } from '../memberships/rules.ts';

export type ReturnState = 'waiting' | 'lapsed' | 'confirmed' | 'withdrawn';

/** Where a proposal stands that an organisation comes back. As one that leaves, it waits thirty days for another. */
export const foldReturn = (
	{ at, answer }: { readonly at: Date; readonly answer: 'confirmed' | 'withdrawn' | null },
	now: Date
): ReturnState => answer ?? (now.getTime() - at.getTime() >= lapsesAfterDays * 86_400_000 ? 'lapsed' : 'waiting');

/** Who may propose it: who binds an organisation, and the facilitator, who invites. */
export const proposesReturn = (roles: readonly string[]): boolean => binds(roles) || roles.includes('facilitator');
