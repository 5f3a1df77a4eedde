import { listLadderHappenings } from '#rooms/agreements/escalation/rules.ts';
import type { LadderHappening } from '#rooms/agreements/escalation/rules.ts';
import { boardOf } from '#rooms/agreements/rules.ts';
import type { CaseOutcome } from '#rooms/cases/rules.ts';
import type { Help } from '#rooms/causes/rules.ts';
import type { PaymentHappening } from '#rooms/fund/payments/rules.ts';
import { listRequestHappenings } from '#rooms/fund/requests/rules.ts';
import type { RequestHappening } from '#rooms/fund/requests/rules.ts';
import { listQuestionHappenings } from '#rooms/knowledge/rules.ts';
import type { QuestionHappening } from '#rooms/knowledge/rules.ts';
import type { FollowUpOutcome } from '#rooms/returns/follow-up/rules.ts';
import type { AgreementHappening, AgreementState, Ask, ReportAnswer, ReportOutcome, Version } from '#rooms/agreements/rules.ts';

/** What of a case the timeline and the gangplank are drawn from. */
export interface Journey {
	readonly facts: {
		readonly caseId: string;
		readonly events: readonly {
			readonly kind: 'opened' | 'closed' | 'reopened';
			readonly outcome: CaseOutcome | null;
			readonly at: Date;
			readonly membershipId: string;
		}[];
		readonly seats: readonly {
			readonly holder: boolean;
			readonly membershipId: string;
			readonly validFrom: Date;
			readonly validUntil: Date | null;
		}[];
	};
	readonly agreements: readonly {
		readonly agreementId: string;
		readonly membershipId: string;
		readonly receiverId: string;
		readonly versionId: string;
		readonly versions: readonly Version[];
		readonly asks: readonly Ask[];
		readonly dispute: { readonly membershipId: string; readonly at: Date } | null;
		readonly at: Date;
		readonly state: AgreementState;
		readonly reports: readonly {
			readonly reportId: string;
			readonly outcome: ReportOutcome;
			readonly at: Date;
			readonly answer: ReportAnswer | null;
			readonly answeredAt: Date | null;
		}[];
	}[];
	readonly ladder?: Parameters<typeof listLadderHappenings>[0];
	readonly questions: Parameters<typeof listQuestionHappenings>[0];
	readonly requests: Parameters<typeof listRequestHappenings>[0];
	readonly payments: readonly PaymentHappening[];
	readonly valueMap: { readonly at: Date } | null;
	readonly followUps: readonly {
		readonly month: number;
		readonly outcome: FollowUpOutcome | null;
		readonly answeredAt: Date | null;
		readonly answeredByMembershipId: string | null;
		readonly droppedAt: Date | null;
		readonly droppedByMembershipId: string | null;
	}[];
	readonly cause: { readonly at: Date } | null;
}

/** One thing that happened at the table. */
export type Happening = { readonly at: Date } & (
	| { readonly kind: 'opened' | 'reopened'; readonly membershipId: string }
	| { readonly kind: 'closed'; readonly membershipId: string; readonly outcome: string | null }
	| { readonly kind: 'joined' | 'left'; readonly membershipId: string }
	| { readonly kind: 'handed_over'; readonly membershipId: string; readonly fromMembershipId: string; readonly stays: boolean }
	| { readonly kind: 'cause_named' }
	| AgreementHappening
	| LadderHappening
	| QuestionHappening
	| RequestHappening
	| PaymentHappening
	| { readonly kind: 'counted' }
	| { readonly kind: 'followed_up'; readonly membershipId: string; readonly month: number; readonly outcome: FollowUpOutcome }
	| { readonly kind: 'not_followed'; readonly membershipId: string; readonly month: number }
);

/** Everything that happened in a case, newest first; things of one moment stay in the order in which they follow from each other. */
export function listTimeline(journey: Journey): Happening[] {
	const happenings: Happening[] = [];
	for (const event of journey.facts.events)
		happenings.push(
			event.kind === 'closed'
				? { kind: 'closed', at: event.at, membershipId: event.membershipId, outcome: event.outcome }
				: { kind: event.kind, at: event.at, membershipId: event.membershipId }
		);
	happenings.push(...listComings(journey.facts.seats));
	for (const { agreementId, membershipId, receiverId, versions, asks, dispute, at, reports } of journey.agreements) {
		happenings.push({ kind: 'agreed', at, membershipId, agreementId, receiverId, dueOn: versions[0]?.dueOn ?? '' });
		for (const ask of asks)
			if (ask.answeredAt && (ask.answer === 'accepted' || ask.answer === 'declined'))
				happenings.push({ kind: 'decided', at: ask.answeredAt, membershipId: ask.membershipId, agreementId, answer: ask.answer });
		for (const version of versions.slice(1)) {
			happenings.push({ kind: 'changed', at: version.at, personId: version.offeredBy, agreementId, version });
			for (const { personId, answer, at: answeredAt } of version.acceptances)
				if (personId !== version.offeredBy) happenings.push({ kind: 'change_answered', at: answeredAt, personId, agreementId, answer });
		}
		if (dispute) happenings.push({ kind: 'room_disputed', at: dispute.at, membershipId: dispute.membershipId, agreementId });
		for (const report of reports) {
			happenings.push({ kind: 'reported', at: report.at, membershipId, agreementId, reportId: report.reportId, outcome: report.outcome });
			if (report.answer && report.answeredAt)
				happenings.push({ kind: 'answered', at: report.answeredAt, receiverId, agreementId, answer: report.answer });
		}
	}
	happenings.push(...listLadderHappenings(journey.ladder ?? []));
	happenings.push(...listQuestionHappenings(journey.questions), ...listRequestHappenings(journey.requests), ...journey.payments);
	for (const { month, outcome, answeredAt, answeredByMembershipId, droppedAt, droppedByMembershipId } of journey.followUps) {
		if (outcome && answeredAt && answeredByMembershipId)
			happenings.push({ kind: 'followed_up', at: answeredAt, membershipId: answeredByMembershipId, month, outcome });
		if (droppedAt && droppedByMembershipId)
			happenings.push({ kind: 'not_followed', at: droppedAt, membershipId: droppedByMembershipId, month });
	}
	if (journey.cause) happenings.push({ kind: 'cause_named', at: journey.cause.at });
	if (journey.valueMap) happenings.push({ kind: 'counted', at: journey.valueMap.at });
	return happenings.toSorted((a, b) => b.at.getTime() - a.at.getTime());
}

/**
 * The help that was given in a case: agreements that were kept, money that was granted and not withdrawn, money that was paid, answers that helped.
 * A state of a request that is not known here is no help.
 */
export function listHelps(table: {
	readonly agreements: readonly {
		readonly reports: readonly {
			readonly outcome: ReportOutcome;
			readonly answer: ReportAnswer | null;
			readonly answeredAt: Date | null;
		}[];
	}[];
	readonly requests: readonly { readonly state: string; readonly decision: { readonly at: Date } | null }[];
	readonly payments: readonly { readonly kind: PaymentHappening['kind']; readonly at: Date }[];
	readonly questions: readonly { readonly asks: readonly { readonly helpedAt: Date | null }[] }[];
}): Help[] {
	const kept = table.agreements
		.flatMap((agreement) => agreement.reports)
		.filter((report) => ['kept', 'late', 'taken'].includes(report.outcome) && report.answer === 'confirmed');
	const granted = table.requests.filter((request) => ['granted', 'partly', 'paid'].includes(request.state));
	return [
		...kept.flatMap(({ answeredAt }): Help[] => (answeredAt === null ? [] : [{ kind: 'agreement', at: answeredAt }])),
		...granted.flatMap(({ decision }): Help[] => (decision === null ? [] : [{ kind: 'money', at: decision.at }])),
		...table.payments.flatMap(({ kind, at }): Help[] => (kind === 'money_paid' ? [{ kind: 'money', at }] : [])),
		...table.questions
			.flatMap((question) => question.asks)
			.flatMap(({ helpedAt }): Help[] => (helpedAt === null ? [] : [{ kind: 'answer', at: helpedAt }]))
	];
}

/** A board of the gangplank. `wordsOf` and `part` are where its words stand, `id` where it is told. */
export interface CaseBoard {
	readonly id: string;
	readonly wordsOf: string;
	readonly part: 'agreement' | 'request_what' | 'answer';
	readonly board: 'laid' | 'agreed';
}

/**
 * The boards of the gangplank, in order of time: what was agreed, what the pot granted, and answers that helped. Laid is what was kept, paid or
 * helped; what ended otherwise leaves no board.
 */
export function listBoards(table: {
	readonly agreements: Journey['agreements'];
	readonly requests: readonly {
		readonly requestId: string;
		readonly state: string;
		readonly at: Date;
		readonly decision: { readonly at: Date } | null;
	}[];
	readonly questions: readonly {
		readonly questionId: string;
		readonly asks: readonly { readonly askId: string; readonly helpedAt: Date | null }[];
	}[];
}): CaseBoard[] {
	const boards: (CaseBoard & { readonly at: Date })[] = [];
	for (const { agreementId: id, versionId: wordsOf, state, at } of table.agreements) {
		const board = boardOf(state);
		if (board) boards.push({ id, wordsOf, part: 'agreement', board, at });
	}
	for (const { requestId: id, state, decision, at } of table.requests)
		if (state === 'granted' || state === 'partly' || state === 'paid')
			boards.push({ id, wordsOf: id, part: 'request_what', board: state === 'paid' ? 'laid' : 'agreed', at: decision?.at ?? at });
	for (const { questionId: id, asks } of table.questions)
		for (const { askId: wordsOf, helpedAt: at } of asks) if (at !== null) boards.push({ id, wordsOf, part: 'answer', board: 'laid', at });
	return boards.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(({ at: _, ...board }) => board);
}

/** Who came to the table, who left it, and to whom it passed: then one seat ends where the next one begins, and nobody came or went. */
function listComings(seats: Journey['facts']['seats']): Happening[] {
	const meets = (a: Date | null, b: Date | null): boolean => a !== null && a.getTime() === b?.getTime();
	return seats.flatMap((seat): Happening[] => {
		const { membershipId, holder, validFrom, validUntil } = seat;
		const own = seats.filter((other) => other !== seat && other.membershipId === membershipId);
		const heir = holder ? seats.find((other) => other !== seat && other.holder && meets(validUntil, other.validFrom)) : undefined;
		if (heir)
			return [
				{
					...{ kind: 'handed_over', at: heir.validFrom, membershipId: heir.membershipId, fromMembershipId: membershipId },
					stays: own.some((other) => !other.holder && meets(validUntil, other.validFrom))
				}
			];
		if (holder) return validUntil ? [{ kind: 'left', at: validUntil, membershipId }] : [];
		return [
			...(own.some((other) => other.holder && meets(other.validUntil, validFrom))
				? []
				: [{ kind: 'joined', at: validFrom, membershipId } as const]),
			...(validUntil === null || own.some((other) => other.holder && meets(validUntil, other.validFrom))
				? []
				: [{ kind: 'left', at: validUntil, membershipId } as const])
		];
	});
}
