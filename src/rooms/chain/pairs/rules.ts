import type { Role } from '#foundation/actor.ts';
import type { Agreement } from '#rooms/agreements/read.server.ts';
import type { InvitationState } from '#rooms/cases/rules.ts';
import { listTimeline } from '#rooms/table/rules.ts';
import type { Happening } from '#rooms/table/rules.ts';

/** Who can be a side of a pair: whoever works or answers for an organisation. A facilitator is no side, and oversight does not see it. */
export const maySide = (roles: readonly string[]): boolean =>
	(['professional', 'governor'] as const satisfies Role[]).some((role) => roles.includes(role));

/** `asked`: the other has not answered yet; `declined`: nothing came of it; `standing` until one of the two ends it. */
export const pairStates = ['asked', 'declined', 'standing', 'ended'] as const;
export type PairState = (typeof pairStates)[number];

/** Where a pair stands. */
export function pairState(invitation: InvitationState, ended: boolean): PairState {
	if (ended) return 'ended';
	if (invitation === 'accepted') return 'standing';
	return invitation === 'waiting' ? 'asked' : 'declined';
}

/** What happened with the agreements at the table of a pair, the newest first; the rounds stand by themselves. */
export const listPairTimeline = (agreements: readonly Agreement[]): Happening[] =>
	listTimeline({
		...{ facts: { caseId: '', events: [], seats: [] }, agreements, questions: [], requests: [], payments: [] },
		...{ valueMap: null, followUps: [], cause: null }
	}).filter((happening) => 'agreementId' in happening);
