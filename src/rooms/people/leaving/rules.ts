import { addMonths } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';

/** A proposal that nobody of another organisation confirmed in so many days has lapsed. */
export const lapsesAfterDays = 30;

/** An organisation leaves today at the soonest, and within a year. */
export const latestLeave = (today: Day): Day => addMonths(today, 12);

export const leaveStates = ['waiting', 'lapsed', 'confirmed', 'withdrawn', 'left'] as const;
/** It waits for another organisation, or did so for too long; it leaves on its day; it was taken back; it has left. */
export type LeaveState = (typeof leaveStates)[number];

/** Where a proposal stands. What was confirmed can be taken back until the organisation has left. */
export function foldLeave(
	proposal: { readonly at: Date; readonly confirmedAt: Date | null; readonly withdrawnAt: Date | null; readonly leftAt: Date | null },
	now: Date
): LeaveState {
	if (proposal.withdrawnAt) return 'withdrawn';
	if (proposal.confirmedAt) return proposal.leftAt && proposal.leftAt <= now ? 'left' : 'confirmed';
	return now.getTime() - proposal.at.getTime() >= lapsesAfterDays * 86_400_000 ? 'lapsed' : 'waiting';
}

/** What is open of an organisation that leaves, in the order in which it is told: first what others wait for. */
export const leavingKinds = [
	'people',
	'held',
	'alone',
	'promised',
	'received',
	'asked',
	'duty',
	'requests',
	'claims',
	'pledges',
	'signals',
	'bodies',
	'yearly',
	'projects',
	'pairs'
] as const;
export type LeavingKind = (typeof leavingKinds)[number];
