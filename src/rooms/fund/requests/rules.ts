import type { FundRules } from '../rules-in-force/rules.ts';
import { lightLimit } from '../rules-in-force/rules.ts';
import { addDays, dayAt, endOfDay, momentAt, wallClock } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { isWorkingDay } from '#foundation/time/working-hours.ts';

/** A gift, or an advance that an organisation pays back (D9). Loans to residents there are none: credit law. */
export const requestKinds = ['gift', 'advance'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** Light: one screen, and a team decides. Full: step by step, and the secretariat decides. */
export type Lane = 'light' | 'full';

/** `lapsed`: granted, and the money was not (all) used in time; what was left went back. */
export const eventKinds = ['asked', 'granted', 'partly', 'refused', 'withdrawn', 'paid', 'lapsed'] as const;
export type EventKind = (typeof eventKinds)[number];

/** States of a request (A13). `preparing`: in the full lane, and not yet asked of the secretariat. */
export type RequestState = 'preparing' | EventKind;

export interface RequestEvent {
	readonly kind: EventKind;
	readonly at: Date;
	/** Of one that lapsed: what went back. */
	readonly grantedCents: number | null;
	readonly personId: string | null;
}

export interface Folded {
	readonly state: RequestState;
	readonly lane: Lane;
	/** When it was asked of whoever decides now; the term counts from here. */
	readonly askedAt: Date | null;
	readonly decision: RequestEvent | null;
}

/**
 * Folds the facts of a request, in order of time, into its state and lane.
 * @param moreAt when a colleague found that it deserves the full lane, or null
 */
export function foldRequest(began: Lane, events: readonly RequestEvent[], moreAt: Date | null): Folded {
	const lane: Lane = moreAt === null ? began : 'full';
	// What was asked in the light lane does not count as asked of the secretariat.
	const asks = events.filter((event, index) => event.kind === 'asked' && (moreAt === null || (index > 0 && event.at >= moreAt)));
	const askedAt = asks.at(-1)?.at ?? null;
	const decision = events.find((event) => event.kind === 'granted' || event.kind === 'partly' || event.kind === 'refused') ?? null;
	const last = events.findLast((event) => event.kind !== 'asked');
	return { state: last?.kind ?? (askedAt === null ? 'preparing' : 'asked'), lane, askedAt, decision };
}

/** What may follow on a state; everything else is `wrong_state` (docs/ACTIONS.md). */
export const transitions: Readonly<Record<RequestState, readonly EventKind[]>> = {
	preparing: ['asked', 'withdrawn'],
	asked: ['granted', 'partly', 'refused', 'withdrawn'],
	granted: ['paid', 'withdrawn', 'lapsed'],
	partly: ['paid', 'withdrawn', 'lapsed'],
	refused: [],
	withdrawn: [],
	paid: [],
	lapsed: []
};
export const mayFollow = (state: RequestState, kind: EventKind): boolean => transitions[state].includes(kind);

/** Whether anything of the request can still be filled in: until it is refused, withdrawn, lapsed or paid. When it was acute, also after it was paid (A7). */
export const mayFillIn = (state: RequestState, acute: boolean): boolean =>
	state === 'preparing' || state === 'asked' || state === 'granted' || state === 'partly' || (state === 'paid' && acute);

/** What of a request that lapsed went back into the pot, in cents; null when it did not lapse. */
export const lapsedCents = (events: readonly Pick<RequestEvent, 'kind' | 'grantedCents'>[]): number | null =>
	events.find((event) => event.kind === 'lapsed')?.grantedCents ?? null;

/** Whether money of the pot went, or is promised, to any of these requests: such a case was not helped without money. */
export const tookMoney = (
	requests: readonly (Pick<Folded, 'state' | 'decision'> & { readonly events: Parameters<typeof lapsedCents>[0] })[]
): boolean =>
	requests.some(
		({ state, decision, events }) =>
			(state === 'granted' || state === 'partly' || state === 'paid') && (decision?.grantedCents ?? 0) > (lapsedCents(events) ?? 0)
	);

/** Until when the other steps of an acute request are filled in (A7): the end of the last day. */
export const completeUntil = (askedAt: Date, rules: Pick<FundRules, 'acute_complete_days'>): Date =>
	endOfDay(addDays(dayAt(askedAt), rules.acute_complete_days));

/** The lane in which an amount is decided. */
export const laneFor = (amountCents: number, rules: Pick<FundRules, 'request_team_cents' | 'light_lane_cents'>): Lane =>
	amountCents <= lightLimit(rules) ? 'light' : 'full';

export interface Vote {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
}

/** Whether a vote counts: of who is in the team now, with the membership they voted with, and never that of the asker (D3). */
export const countsNow = (vote: Vote, team: readonly Vote[], askedBy: string): boolean =>
	vote.personId !== askedBy && team.some((member) => member.personId === vote.personId && member.membershipId === vote.membershipId);

/** How far the votes are: enough colleagues, and of enough organisations. The database counts the same (`app.votes_suffice`). */
export function tally(
	votes: readonly Vote[],
	team: readonly Vote[],
	askedBy: string,
	rules: Pick<FundRules, 'agreeing_colleagues' | 'agreeing_organisations'>
): {
	readonly agreed: number;
	readonly organisations: number;
	readonly enough: boolean;
	readonly missing: 'colleagues' | 'organisations' | null;
} {
	const counted = votes.filter((vote) => countsNow(vote, team, askedBy));
	const organisations = new Set(counted.map((vote) => vote.organisationId)).size;
	const missing =
		counted.length < rules.agreeing_colleagues ? 'colleagues' : organisations < rules.agreeing_organisations ? 'organisations' : null;
	return { agreed: counted.length, organisations, enough: missing === null, missing };
}

/** Whether a team can decide for someone at all: enough others in it, of enough organisations. */
export const canDecide = (
	team: readonly Vote[],
	askedBy: string,
	rules: Pick<FundRules, 'agreeing_colleagues' | 'agreeing_organisations'>
): boolean => tally(team, team, askedBy, rules).enough;

export const verdicts = ['grant', 'partly', 'refuse', 'ask'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Judgement {
	readonly judgementId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly verdict: Verdict;
	readonly grantedCents: number | null;
	readonly at: Date;
}

/**
 * The decision on which two of different organisations agree, of each the newest judgement; null before that (D4). To ask is no judgement.
 * The database counts the same (`app.judgement_reached`).
 * @param judgements in order of time, since it was asked, without who stood aside
 */
export function reached(
	judgements: readonly Pick<Judgement, 'personId' | 'organisationId' | 'verdict' | 'grantedCents'>[]
): { readonly kind: 'granted' | 'partly' | 'refused'; readonly grantedCents: number | null } | null {
	const newest = new Map(judgements.map((judgement) => [judgement.personId, judgement]));
	const groups = Map.groupBy(
		[...newest.values()].filter((judgement) => judgement.verdict !== 'ask'),
		(judgement) => `${judgement.verdict} ${judgement.grantedCents ?? ''}`
	);
	for (const group of groups.values()) {
		const [first] = group;
		if (!first || new Set(group.map((judgement) => judgement.organisationId)).size < 2) continue;
		const kind = first.verdict === 'grant' ? 'granted' : first.verdict === 'partly' ? 'partly' : 'refused';
		return { kind, grantedCents: first.grantedCents };
	}
	return null;
}

/** What someone finds now: their newest judgement. Null when they said nothing, or asked something last; who asked still has to say it. */
export const standsBy = <One extends Pick<Judgement, 'personId' | 'verdict'>>(judgements: readonly One[], personId: string): One | null => {
	const newest = judgements.findLast((judgement) => judgement.personId === personId);
	return newest === undefined || newest.verdict === 'ask' ? null : newest;
};

/** Why someone of the secretariat may not judge: an interest in it, or none. */
export const conflicts = ['own_organisation', 'at_the_case', 'stood_aside', 'own_hand'] as const;
export type Conflict = (typeof conflicts)[number];

/**
 * The moment at which the secretariat must have decided (D4). Working days: the end of the last one, midnight in the network's zone, not counting
 * the day on which it was asked. Acute: so many hours later by the clock on the wall, so that 24 hours is the same time tomorrow, also on the days
 * that the clock changes.
 */
export function termOf(askedAt: Date, acute: boolean, rules: Pick<FundRules, 'secretariat_days' | 'acute_hours'>): Date {
	const { minutes } = wallClock(askedAt);
	let day: Day = dayAt(askedAt);
	if (acute) {
		const total = minutes + rules.acute_hours * 60;
		const seconds = askedAt.getTime() % 60_000;
		return new Date(momentAt(addDays(day, Math.floor(total / 1440)), total % 1440).getTime() + seconds);
	}
	for (let left = rules.secretariat_days; left > 0;) {
		day = addDays(day, 1);
		if (isWorkingDay(day)) left--;
	}
	return endOfDay(day);
}

/** Until which moment money stays set aside for a request that was granted: the end of the last day. */
export const reservedUntil = (now: Date, rules: Pick<FundRules, 'reservation_days'>): Date =>
	endOfDay(addDays(dayAt(now), rules.reservation_days));

/** What happened with money that was asked, at the table of its case. */
export type RequestHappening = { readonly at: Date; readonly requestId: string } & (
	| { readonly kind: 'money_asked'; readonly membershipId: string; readonly amountCents: number; readonly lane: Lane }
	| { readonly kind: 'money_more'; readonly membershipId: string }
	| {
			readonly kind: 'money_decided';
			readonly decision: 'granted' | 'partly' | 'refused';
			readonly lane: Lane;
			readonly amountCents: number;
			readonly grantedCents: number | null;
	  }
	| { readonly kind: 'money_withdrawn'; readonly membershipId: string }
	| { readonly kind: 'money_lapsed' }
);

/**
 * What happened with the requests of a case. That colleagues agreed is told by the question they were asked; what was paid by the payments
 * themselves. A kind of event that is not known here is not told.
 */
export function listRequestHappenings(
	requests: readonly {
		readonly requestId: string;
		readonly membershipId: string;
		readonly amountCents: number;
		readonly began: Lane;
		readonly lane: Lane;
		readonly more: { readonly membershipId: string; readonly at: Date } | null;
		readonly events: readonly { readonly kind: string; readonly at: Date; readonly grantedCents: number | null }[];
	}[]
): RequestHappening[] {
	return requests.flatMap(({ requestId, membershipId, amountCents, began, lane, more, events }): RequestHappening[] => [
		...events.flatMap(({ kind, at, grantedCents }, index): RequestHappening[] => {
			if (kind === 'asked') return [{ kind: 'money_asked', at, requestId, membershipId, amountCents, lane: index === 0 ? began : lane }];
			if (kind === 'granted' || kind === 'partly' || kind === 'refused')
				return [{ kind: 'money_decided', at, requestId, decision: kind, lane, amountCents, grantedCents }];
			if (kind === 'withdrawn') return [{ kind: 'money_withdrawn', at, requestId, membershipId }];
			if (kind === 'lapsed') return [{ kind: 'money_lapsed', at, requestId }];
			return [];
		}),
		...(more === null ? [] : [{ kind: 'money_more' as const, at: more.at, requestId, membershipId: more.membershipId }])
	]);
}
