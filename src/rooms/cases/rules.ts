/** States of a case, folded from its facts. A draft lives on the device of who writes it and is not yet a case. */
export type CaseState = 'open' | 'running' | 'closed' | 'reopened';

export const caseOutcomes = ['helped_without_money', 'helped', 'referred', 'withdrawn', 'lost_from_sight'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** A fact of a case; of `closed` the outcome is known. */
export interface CaseEvent {
	readonly kind: 'opened' | 'closed' | 'reopened';
	readonly outcome: CaseOutcome | null;
	readonly at: Date;
}

/** Someone at the table, or who was. */
export interface Seat {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly holder: boolean;
	readonly validFrom: Date;
	readonly validUntil: Date | null;
}

/**
 * Folds the facts into the state a case is in.
 * @param events facts in order of time, the first is `opened`
 * @param agreements how many agreements were made: from the first one on, an open case is running
 * @throws when the facts do not begin with `opened`: such a case cannot exist
 */
export function foldCase(events: readonly CaseEvent[], agreements: number): { state: CaseState; outcome: CaseOutcome | null } {
	const [first, ...later] = events;
	if (first?.kind !== 'opened') throw new Error('A case begins with the fact that it was opened.');
	let state: CaseState = agreements > 0 ? 'running' : 'open';
	let outcome: CaseOutcome | null = null;
	for (const event of later) {
		if (event.kind === 'opened') throw new Error('A case is opened once.');
		state = event.kind;
		outcome = event.outcome;
	}
	return { state, outcome };
}

/** Whether the table still works on it: acts on a case need this, save reading it and reopening. */
export const isUnderWay = (state: CaseState): boolean => state !== 'closed';

/** The seats taken at a moment. */
export const seatsAt = (seats: readonly Seat[], now: Date): Seat[] =>
	seats.filter((seat) => seat.validFrom <= now && (seat.validUntil === null || seat.validUntil > now));

/**
 * Whether someone acts only as a facilitator, overseer or checker. Such a person may be asked to a table and then reads and promises what they do
 * themselves, but decides nothing there (S5): no vote, no promise on behalf of an organisation, no holding of the case, no naming of its cause.
 */
export const decidesNothing = (roles: readonly string[]): boolean =>
	roles.every((role) => role === 'facilitator' || role === 'oversight' || role === 'checker');

export type InvitationState = 'waiting' | 'accepted' | 'declined' | 'withdrawn';

/** An invitation waits until it was answered, once. */
export const invitationState = (answer: 'accepted' | 'declined' | 'withdrawn' | null): InvitationState => answer ?? 'waiting';
