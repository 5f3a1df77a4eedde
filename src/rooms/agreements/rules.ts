/** What the promiser says of an agreement (C4). */
export const reportOutcomes = ['kept', 'late', 'changed', 'impossible'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

export const reportAnswers = ['confirmed', 'disputed'] as const;
export type ReportAnswer = (typeof reportAnswers)[number];

export interface Report {
	readonly reportId: string;
	readonly outcome: ReportOutcome;
	readonly at: Date;
	readonly answer: ReportAnswer | null;
	readonly answeredAt: Date | null;
}

/**
 * Where an agreement stands: promised; reported and waiting for the receiver; kept (the receiver confirmed it was done, in time or late);
 * ended (confirmed as changed or impossible); disputed (the promiser may report again).
 */
export type AgreementState = 'promised' | 'reported' | 'kept' | 'ended' | 'disputed';

/** Folds the reports, in order of time, into the state of an agreement. */
export function foldAgreement(reports: readonly Report[]): AgreementState {
	const last = reports.at(-1);
	if (!last) return 'promised';
	if (last.answer === null) return 'reported';
	if (last.answer === 'disputed') return 'disputed';
	return last.outcome === 'kept' || last.outcome === 'late' ? 'kept' : 'ended';
}

/** Whether the promiser may report now. */
export const mayReport = (state: AgreementState): boolean => state === 'promised' || state === 'disputed';

/** A board of the gangplank: laid when the agreement was kept, being laid while it is promised, none when it ended otherwise. */
export const boardOf = (state: AgreementState): 'laid' | 'agreed' | null =>
	state === 'kept' ? 'laid' : state === 'ended' ? null : 'agreed';

/** Late: the day it was due has gone by and nothing was reported. Days are `YYYY-MM-DD` in the network's zone. */
export const isOverdue = (state: AgreementState, dueOn: string, today: string): boolean => mayReport(state) && dueOn < today;

/** What of the agreements of a case waits for someone: reported to them and not answered, or promised by them and not reported. */
export function listMine<A extends { readonly personId: string; readonly receiverId: string; readonly state: AgreementState }>(
	agreements: readonly A[],
	personId: string
): { readonly toAnswer: readonly A[]; readonly toReport: readonly A[] } {
	return {
		toAnswer: agreements.filter((agreement) => agreement.receiverId === personId && agreement.state === 'reported'),
		toReport: agreements.filter((agreement) => agreement.personId === personId && mayReport(agreement.state))
	};
}

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
	| { readonly kind: 'answered'; readonly receiverId: string; readonly agreementId: string; readonly answer: ReportAnswer };
