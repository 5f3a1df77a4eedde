import type { Role } from '#foundation/actor.ts';
import { addDays, addMonths, dayAt, startOfDay } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import type { Responsible } from '../rules.ts';

/** What happened to a signal, in the order in which it may: seen by the network, taken up, changed, gone. */
export const signalEventKinds = [
	'opened',
	'taken_up',
	'not_ours',
	'asked_other',
	'change_agreed',
	'in_force',
	'verified',
	'reopened'
] as const;
export type SignalEventKind = (typeof signalEventKinds)[number];

/** Steps that are told to whom they concern (F3). That it was opened is asked of who goes about it, and told to nobody else. */
export const toldSteps = signalEventKinds.filter((kind) => kind !== 'opened');
export type ToldStep = Exclude<SignalEventKind, 'opened'>;

/** So many days a step stands on the first page of whom it concerns. */
export const newsDays = 14;

export const signalStates = ['seen', 'acknowledged', 'not_ours', 'change_agreed', 'in_force', 'verified', 'reopened'] as const;
export type SignalState = (typeof signalStates)[number];

/** A fact of a signal. */
export interface SignalEvent {
	readonly kind: SignalEventKind;
	readonly at: Date;
	/** By when the next step is promised; of `opened`, `asked_other` and `reopened` by when an answer is hoped for. */
	readonly dueOn: Day | null;
	/** Of `in_force`: the day from which the changed rule holds. */
	readonly changedOn: Day | null;
	readonly words: string;
	/** Where can be read what was recorded on behalf of who goes about it. */
	readonly proof: string;
	/** Recorded by someone of the network for an organisation outside it. */
	readonly onBehalf: boolean;
	readonly personId: string | null;
	readonly membershipId: string | null;
	readonly organisationId: string | null;
}

export interface SignalStanding {
	readonly state: SignalState;
	readonly dueOn: Day | null;
	/** The day on which it was first taken up (F4); null before. */
	readonly acknowledgedOn: Day | null;
	/** The day of the changed rule that stands now; null before, and again after it was reopened. */
	readonly changedOn: Day | null;
	/** Who took it up last; null before. */
	readonly takenUpBy: { readonly personId: string; readonly membershipId: string } | null;
}

export const stateAfter: Record<SignalEventKind, SignalState> = {
	opened: 'seen',
	taken_up: 'acknowledged',
	not_ours: 'not_ours',
	asked_other: 'seen',
	change_agreed: 'change_agreed',
	in_force: 'in_force',
	verified: 'verified',
	reopened: 'reopened'
};

/**
 * Folds the facts of a signal into where it stands.
 * @param events in order of time, the first is `opened`
 * @throws when the facts do not begin with `opened`: such a signal cannot exist
 */
export function foldSignal(events: readonly SignalEvent[]): SignalStanding {
	const [first, ...later] = events;
	if (first?.kind !== 'opened') throw new Error('A signal begins with the fact that it was opened.');
	let standing: SignalStanding = { state: 'seen', dueOn: first.dueOn, acknowledgedOn: null, changedOn: null, takenUpBy: null };
	for (const event of later) {
		if (event.kind === 'opened') throw new Error('A signal is opened once.');
		const taken = event.kind === 'taken_up' && event.personId !== null && event.membershipId !== null;
		standing = {
			state: stateAfter[event.kind],
			dueOn: event.dueOn,
			acknowledgedOn: standing.acknowledgedOn ?? (event.kind === 'taken_up' ? dayAt(event.at) : null),
			changedOn: event.kind === 'in_force' ? event.changedOn : event.kind === 'reopened' ? null : standing.changedOn,
			takenUpBy: taken
				? { personId: event.personId, membershipId: event.membershipId }
				: event.kind === 'asked_other'
					? null
					: standing.takenUpBy
		};
	}
	return standing;
}

/** An answer to a signal that was opened is hoped for within four weeks. */
export const answerDay = (now: Date): Day => addDays(dayAt(now), 28);

/** Which states an act of people may follow on. */
const follows: Record<'taken_up' | 'not_ours' | 'change_agreed' | 'in_force', readonly SignalState[]> = {
	taken_up: ['seen', 'not_ours', 'reopened'],
	not_ours: ['seen', 'reopened'],
	change_agreed: ['acknowledged', 'change_agreed'],
	in_force: ['acknowledged', 'change_agreed']
};
export const mayFollow = (kind: keyof typeof follows, state: SignalState): boolean => follows[kind].includes(state);

/** Whether another may be asked: who was asked does not go about it, or is gone from the network with it undone. */
export const asksOther = (state: SignalState, responsible: Responsible): boolean =>
	state === 'not_ours' || (responsible.kind === 'gone' && state !== 'in_force' && state !== 'verified');

/** Who said that they do not go about it is left in peace for so many days. */
export const leftInPeaceDays = 90;

/** So many days before a promised day who goes about it is reminded. */
export const remindedDaysBefore = 3;

/** Whether a day that was promised is near or past, while the signal still waits for who promised it. */
export const remindsNow = ({ state, dueOn }: Pick<SignalStanding, 'state' | 'dueOn'>, today: Day): boolean =>
	dueOn !== null && today >= addDays(dueOn, -remindedDaysBefore) && state !== 'in_force' && state !== 'verified' && state !== 'not_ours';

/** Whether a case in which the cause was named opens a signal again: the case was brought in when the changed rule held already. */
export const reopens = ({ state, changedOn }: Pick<SignalStanding, 'state' | 'changedOn'>, caseOpenedAt: Date): boolean =>
	(state === 'in_force' || state === 'verified') && changedOn !== null && dayAt(caseOpenedAt) >= changedOn;

/** The stretches of time that are held beside each other to see whether a cause is gone. */
export interface QuietWindows {
	readonly changedFrom: Date;
	readonly windowFrom: Date;
	readonly beforeFrom: Date;
	readonly beforeUntil: Date;
}

/**
 * The last `quietMonths` months beside as many before the change.
 * @returns null when the changed rule has not held that long
 */
export function quietWindows(changedOn: Day, today: Day, quietMonths: number): QuietWindows | null {
	if (today < addMonths(changedOn, quietMonths)) return null;
	const changedFrom = startOfDay(changedOn);
	return {
		changedFrom,
		windowFrom: startOfDay(addMonths(today, -quietMonths)),
		beforeFrom: startOfDay(addMonths(changedOn, -quietMonths)),
		beforeUntil: changedFrom
	};
}

/** Counts over all cases of the network in those stretches. */
export interface SignalEvidence {
	/** Cases brought in since the change in which the cause was named. */
	readonly newCases: number;
	readonly broughtIn: number;
	readonly broughtInBefore: number;
	/** Cases in which any cause was named: where nobody names causes, no silence counts. */
	readonly named: number;
	readonly namedBefore: number;
	/** Whether money ever came into the pot, and what is left there and on the cards to grant: a network without one is not held back by it. */
	readonly potEver: boolean;
	readonly potCents: number;
}

/** What keeps a cause from being called gone. */
export const heldBackReasons = ['new_cases', 'less_intake', 'less_named', 'empty_pot'] as const;
export type HeldBack = (typeof heldBackReasons)[number];

/**
 * What keeps a cause from being called gone (F3), or null: then there was no new case, while as many cases as before were brought in and named.
 * An empty pot verifies nothing.
 */
export function heldBackBy(evidence: SignalEvidence): HeldBack | null {
	const { newCases, broughtIn, broughtInBefore, named, namedBefore, potEver, potCents } = evidence;
	if (newCases > 0) return 'new_cases';
	if (broughtIn === 0 || broughtIn < broughtInBefore) return 'less_intake';
	if (named === 0 || named < namedBefore) return 'less_named';
	return potEver && potCents <= 0 ? 'empty_pot' : null;
}

/** Roles that act on a signal; who only facilitates, oversees or checks decides nothing. */
const actingRoles = new Set<Role>(['professional', 'secretariat', 'treasurer', 'governor', 'administrator']);
export const decidesSignals = (roles: readonly Role[]): boolean => roles.some((role) => actingRoles.has(role));

/** Who looks at the whole of the network: who facilitates, governs or is its secretariat. */
export const looksAtWhole = (roles: readonly Role[]): boolean =>
	roles.some((role) => role === 'facilitator' || role === 'governor' || role === 'secretariat');

/** Whether someone may ask another about a signal that was handed back: who looks at the whole, or who sits at a case with it. */
export const mayAskOther = (roles: readonly Role[], sits: boolean): boolean =>
	looksAtWhole(roles) || (sits && roles.includes('professional'));

/** Who hands a cause back does not pass it on as well: that is for who looks at the whole, or has it at their table. */
export const passesOnOwn = (
	responsible: Responsible,
	actor: { readonly organisationId: string; readonly roles: readonly Role[] }
): boolean =>
	responsible.kind === 'organisation' && responsible.organisationId === actor.organisationId && !actor.roles.includes('facilitator');

/** Whether someone may act on the signal of a cause: they work for who goes about it, or nobody in the network does. */
export const mayAct = (responsible: Responsible, actor: { readonly organisationId: string; readonly roles: readonly Role[] }): boolean =>
	decidesSignals(actor.roles) && (responsible.kind !== 'organisation' || responsible.organisationId === actor.organisationId);
