import { addDays } from '#foundation/time/days.ts';
import { bindsOrganisation, decisionOn, mayChange, mayReport } from '../rules.ts';
import type { AgreementKind, AgreementState, Ask, Report, Version } from '../rules.ts';

/** What of an agreement says whose turn it is. */
export interface Turning {
	readonly personId: string;
	readonly receiverId: string;
	readonly state: AgreementState;
	readonly dueOn: string;
	readonly at: Date;
	readonly reports: readonly Pick<Report, 'at' | 'answer' | 'answeredAt'>[];
	readonly versions: readonly Pick<Version, 'offeredBy' | 'at' | 'acceptances'>[];
	readonly pending: Pick<Version, 'offeredBy' | 'at' | 'asks'> | null;
	readonly asks: readonly Pick<Ask, 'askId' | 'deciderId' | 'at' | 'answer' | 'answeredAt'>[];
}

export interface Turn {
	/** Whose turn it is. */
	readonly personId: string;
	/** Who waits for them, and may nudge. */
	readonly waiterId: string;
	/** What they have to do: decide, answer a report, answer a change, or do what was promised and report it. */
	readonly todo: 'decide' | 'answer' | 'answer_change' | 'report';
	readonly askId?: string;
	/** Since when it is their turn. */
	readonly since: Date;
}

/** Whose turn it is in an agreement; null when nothing waits. */
export function turnOf(agreement: Turning): Turn | null {
	const { personId, receiverId, state, pending } = agreement;
	if (state === 'asked') {
		const ask = agreement.asks.at(-1);
		return ask ? { personId: ask.deciderId, waiterId: personId, todo: 'decide', askId: ask.askId, since: ask.at } : null;
	}
	const report = agreement.reports.at(-1);
	if (state === 'reported' && report) return { personId: receiverId, waiterId: personId, todo: 'answer', since: report.at };
	if (!mayReport(state)) return null;
	if (pending && decisionOn(pending) === 'waits') {
		const ask = pending.asks.at(-1);
		return ask ? { personId: ask.deciderId, waiterId: personId, todo: 'decide', askId: ask.askId, since: ask.at } : null;
	}
	if (pending) {
		const offeree = pending.offeredBy === personId ? receiverId : personId;
		return { personId: offeree, waiterId: pending.offeredBy, todo: 'answer_change', since: pending.at };
	}
	return { personId, waiterId: receiverId, todo: 'report', since: report?.answeredAt ?? agreement.at };
}

/** A round ends when someone acts: every report, answer, change, acceptance and decision begins the next one. */
export const roundOf = (agreement: Turning): number =>
	agreement.reports.length +
	agreement.reports.filter((report) => report.answer !== null).length +
	agreement.versions.length +
	agreement.versions.flatMap((version) => version.acceptances.filter((entry) => entry.personId !== version.offeredBy)).length +
	agreement.asks.filter((ask) => ask.answer !== null).length;

/** Whether a nudge makes sense now: a promise that is not due yet is not nudged about, unless it was disputed. */
export const mayNudge = (agreement: Turning, turn: Turn, today: string): boolean =>
	turn.todo !== 'report' || agreement.state === 'disputed' || agreement.dueOn <= today;

export const reminderKinds = ['due_tomorrow', 'overdue', 'waits'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** After how many days something that waits for an answer is reminded of. */
export const waitingDays = 3;

/** Of what whose turn it is should be reminded today; null for nothing. Each kind is sent once a round. */
export function reminderOf(agreement: Turning, turn: Turn, today: string, sinceDay: string): ReminderKind | null {
	if (turn.todo !== 'report') return addDays(sinceDay, waitingDays) <= today ? 'waits' : null;
	if (agreement.dueOn < today) return 'overdue';
	return agreement.dueOn === addDays(today, 1) ? 'due_tomorrow' : null;
}

/** What someone at the table can do with an agreement now, besides reporting and answering. */
export function actsOn(
	agreement: Turning & {
		readonly organisationId: string;
		readonly kind: AgreementKind;
		readonly dispute: unknown;
		readonly nudges: readonly { readonly round: number; readonly personId: string }[];
	},
	me: { readonly personId: string; readonly organisationId: string },
	today: string
): { change: boolean; nudge: boolean; nudged: boolean; withdraw: boolean; dispute: boolean } {
	const turn = turnOf(agreement);
	const waits = turn?.waiterId === me.personId && mayNudge(agreement, turn, today);
	const given = agreement.nudges.some((nudge) => nudge.round === roundOf(agreement));
	return {
		change: mayChange(agreement, me.personId),
		nudge: waits && !given,
		nudged: waits && given,
		withdraw: agreement.personId === me.personId && turn?.todo === 'decide',
		dispute:
			bindsOrganisation(agreement.kind) &&
			agreement.organisationId === me.organisationId &&
			agreement.personId !== me.personId &&
			agreement.dispute === null &&
			agreement.state !== 'asked' &&
			agreement.state !== 'refused'
	};
}
