/** What one person can promise another (C1): oneself, one's organisation, that a formal decision will follow, or that one's organisation pauses (A12). */
export const agreementKinds = ['i_do', 'on_behalf', 'time_out', 'decision_follows'] as const;
export type AgreementKind = (typeof agreementKinds)[number];

/** Whether it binds the speaker's organisation: then it must fall inside the room of that organisation. */
export const bindsOrganisation = (kind: AgreementKind): boolean => kind === 'on_behalf' || kind === 'time_out';

/** What the promiser says of an agreement (C4); of an announced decision whether it was taken, or fell otherwise. */
export const reportOutcomes = ['kept', 'late', 'changed', 'impossible', 'taken', 'otherwise'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

/** What can be reported of an agreement of this kind, the main one first. */
export const outcomesOf = (kind: AgreementKind): readonly ReportOutcome[] =>
	kind === 'decision_follows' ? ['taken', 'otherwise'] : ['kept', 'late', 'changed', 'impossible'];

export const reportAnswers = ['confirmed', 'disputed'] as const;
export type ReportAnswer = (typeof reportAnswers)[number];

export interface Report {
	readonly reportId: string;
	readonly outcome: ReportOutcome;
	readonly at: Date;
	readonly answer: ReportAnswer | null;
	readonly answeredAt: Date | null;
}

/** Someone whose mandate covers the amount was asked to decide. */
export interface Ask {
	readonly askId: string;
	readonly deciderId: string;
	readonly membershipId: string;
	readonly at: Date;
	readonly answer: 'accepted' | 'declined' | 'withdrawn' | null;
	readonly answeredAt: Date | null;
}

/** What an agreement says, each change a version of its own; the first bears the agreement's id. */
export interface Version {
	readonly versionId: string;
	readonly number: number;
	readonly dueOn: string;
	readonly amountCents: number | null;
	readonly offeredBy: string;
	readonly at: Date;
	readonly acceptances: readonly { readonly personId: string; readonly answer: 'accepted' | 'declined'; readonly at: Date }[];
	readonly asks: readonly Ask[];
}

/**
 * Where an agreement stands: asked (a colleague who can decide has not yet), refused (that colleague said no, or it was taken back: it never
 * bound), promised; reported and waiting for the receiver; kept (the receiver confirmed it was done, in time or late, or the decision taken);
 * ended (confirmed as changed, impossible or otherwise); disputed (the promiser may report again); left (an organisation of one of the two left the
 * network before it was kept: nobody is late with it, and it was not broken).
 */
export const agreementStates = ['asked', 'refused', 'promised', 'reported', 'kept', 'ended', 'disputed', 'left'] as const;
export type AgreementState = (typeof agreementStates)[number];

const kept: readonly ReportOutcome[] = ['kept', 'late', 'taken'];

/** Which of the two is of an organisation that left the network; null: neither. */
export type LeftParty = 'promiser' | 'receiver' | null;

/**
 * Folds the reports, in order of time, into the state of an agreement. What had an end before an organisation left keeps it; what the promiser had
 * reported before the own organisation left, the receiver can still answer.
 * @param asks those of its first version, in order of time: until one was accepted nothing binds
 */
export function foldAgreement(
	reports: readonly Pick<Report, 'outcome' | 'answer'>[],
	asks: readonly Pick<Ask, 'answer'>[] = [],
	left: LeftParty = null
): AgreementState {
	const ask = asks.at(-1);
	if (ask && ask.answer !== 'accepted') return ask.answer !== null ? 'refused' : left ? 'left' : 'asked';
	const last = reports.at(-1);
	if (!last) return left ? 'left' : 'promised';
	if (last.answer === null) return left === 'receiver' ? 'left' : 'reported';
	if (last.answer === 'disputed') return left ? 'left' : 'disputed';
	return kept.includes(last.outcome) ? 'kept' : 'ended';
}

/** The answer to a version by the party that did not offer it; null when there is none. */
const answerTo = (version: Version): 'accepted' | 'declined' | null =>
	version.acceptances.find((acceptance) => acceptance.personId !== version.offeredBy)?.answer ?? null;

/**
 * Of the versions, in order of number: the one that counts now (the first, or the last that both accepted) and the change that waits for the
 * other party. A newer change replaces one that waits; a change of the promiser that a colleague who can decide
 * refused waits no longer.
 * @throws when there is no version: such an agreement cannot exist
 */
export function foldVersions(versions: readonly Version[]): { current: Version; pending: Version | null } {
	const [first] = versions;
	const last = versions.at(-1);
	if (!first || !last) throw new Error('An agreement has a first version.');
	const current = versions.findLast((version) => version.number === 1 || answerTo(version) === 'accepted') ?? first;
	// What the promiser wanted to change and may not is off; what the other party wants still waits for the promiser, who can ask another.
	const off = decisionOn(last) === 'refused' && last.offeredBy === first.offeredBy;
	const waits = last.number > current.number && answerTo(last) === null && !off;
	return { current, pending: waits ? last : null };
}

/** What came of asking a colleague to decide on a version; `none`: nobody was asked, or it needed nobody. */
export function decisionOn(version: { readonly asks: readonly Pick<Ask, 'answer'>[] }): 'none' | 'waits' | 'accepted' | 'refused' {
	const ask = version.asks.at(-1);
	if (!ask) return 'none';
	return ask.answer === null ? 'waits' : ask.answer === 'accepted' ? 'accepted' : 'refused';
}

/** Whether the promiser may report now. */
export const mayReport = (state: AgreementState): boolean => state === 'promised' || state === 'disputed';

/** A board of the gangplank: laid when the agreement was kept, being laid while it is promised, none while it does not bind, when it ended otherwise or when an organisation left. */
export const boardOf = (state: AgreementState): 'laid' | 'agreed' | null =>
	state === 'kept' ? 'laid' : state === 'promised' || state === 'reported' || state === 'disputed' ? 'agreed' : null;

/** Late: the day it was due has gone by and nothing was reported. Days are `YYYY-MM-DD` in the network's zone. */
export const isOverdue = (state: AgreementState, dueOn: string, today: string): boolean => mayReport(state) && dueOn < today;

interface Standing {
	readonly personId: string;
	readonly receiverId: string;
	readonly state: AgreementState;
	readonly pending: Pick<Version, 'offeredBy' | 'asks'> | null;
}

/** What of the agreements of a case waits for someone: reported to them and not answered, promised by them and not reported, or a change offered to them. */
export function listMine<A extends Standing>(
	agreements: readonly A[],
	personId: string
): { readonly toAnswer: readonly A[]; readonly toReport: readonly A[]; readonly toAccept: readonly A[] } {
	return {
		toAnswer: agreements.filter((agreement) => agreement.receiverId === personId && agreement.state === 'reported'),
		toReport: agreements.filter((agreement) => agreement.personId === personId && mayReport(agreement.state)),
		toAccept: agreements.filter((agreement) => mayAnswerChange(agreement, personId))
	};
}

const isParty = (agreement: Pick<Standing, 'personId' | 'receiverId'>, personId: string): boolean =>
	agreement.personId === personId || agreement.receiverId === personId;

/** Whether a party may offer another version: while it is promised, and no change of the other party waits for them. */
export const mayChange = (agreement: Standing, personId: string): boolean =>
	isParty(agreement, personId) && mayReport(agreement.state) && (agreement.pending === null || agreement.pending.offeredBy === personId);

/** Whether a change waits for this party; while a colleague has yet to decide on it, it does not. */
export const mayAnswerChange = (agreement: Standing, personId: string): boolean =>
	isParty(agreement, personId) &&
	mayReport(agreement.state) &&
	agreement.pending !== null &&
	agreement.pending.offeredBy !== personId &&
	decisionOn(agreement.pending) !== 'waits';

/** One thing that happened with an agreement, for the timeline of its case. */
export type AgreementHappening =
	| {
			readonly kind: 'agreed';
			readonly membershipId: string;
			readonly agreementId: string;
			readonly receiverId: string;
			readonly dueOn: string;
	  }
	| {
			readonly kind: 'reported';
			readonly membershipId: string;
			readonly agreementId: string;
			readonly reportId: string;
			readonly outcome: ReportOutcome;
	  }
	| { readonly kind: 'answered'; readonly receiverId: string; readonly agreementId: string; readonly answer: ReportAnswer }
	| { readonly kind: 'decided'; readonly membershipId: string; readonly agreementId: string; readonly answer: 'accepted' | 'declined' }
	| { readonly kind: 'changed'; readonly personId: string; readonly agreementId: string; readonly version: Version }
	| { readonly kind: 'change_answered'; readonly personId: string; readonly agreementId: string; readonly answer: 'accepted' | 'declined' }
	| { readonly kind: 'room_disputed'; readonly membershipId: string; readonly agreementId: string };
