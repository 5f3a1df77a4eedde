import type { Role } from '#foundation/actor.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import type { Responsible } from '../rules.ts';
import { looksAtWhole } from '../signals/rules.ts';
import type { SignalEvent, SignalState } from '../signals/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';

/** Who goes about a cause has so many whole days to answer before anyone outside reads of it (F5). */
export const answerDays = 30;

/** After words of theirs were not released they have so many whole days, at least, to answer anew. */
export const answerAnewDays = 14;

/** Under so many cases nothing of a cause is told outside the network (k = 5). */
export const publicCases = 5;

export const publicationEventKinds = ['told_outside', 'answered', 'opened', 'withdrawn'] as const;
export type PublicationEventKind = (typeof publicationEventKinds)[number];

/** A fact of a publication. */
export interface PublicationEvent {
	readonly kind: PublicationEventKind;
	readonly at: Date;
	/** Where it can be read that who is outside was told, or what they answered. */
	readonly proof: string;
	readonly onBehalf: boolean;
	readonly membershipId: string | null;
}

/** Words that stand for the answer of who goes about it: what they took back themselves does not. */
export interface AnswerHand {
	readonly at: Date;
	/** Null while it waits for the second pair of eyes. */
	readonly hand: 'released' | 'declined' | null;
	readonly handAt: Date | null;
}

export type PublicationState = 'asked' | 'public' | 'withdrawn';

/**
 * Where a publication stands by its own facts. Another who was asked since it was public has days of their own: until those are over it is public no more.
 * @param askedAt when another was asked last about its cause; null: nobody was
 */
export function publicationState(events: readonly Pick<PublicationEvent, 'kind' | 'at'>[], askedAt: Date | null): PublicationState {
	if (events.some(({ kind }) => kind === 'withdrawn')) return 'withdrawn';
	return events.some(({ kind, at }) => kind === 'opened' && (askedAt === null || at > askedAt)) ? 'public' : 'asked';
}

/**
 * Since when who goes about it can answer: from being asked; when another was asked since, from then anew. Who is outside the network can from the day on
 * which someone told them.
 * @returns null when they do not know of it yet
 */
export function answersSince(
	publication: { readonly at: Date; readonly events: readonly Pick<PublicationEvent, 'kind' | 'at'>[] },
	responsible: Responsible,
	signalEvents: readonly Pick<SignalEvent, 'kind' | 'at'>[]
): Date | null {
	const asked = signalEvents.filter(({ kind, at }) => kind === 'asked_other' && at > publication.at).map(({ at }) => at);
	const latest = (days: readonly Date[]): Date => new Date(Math.max(...days.map((day) => day.getTime())));
	const start = latest([publication.at, ...asked]);
	if (responsible.kind === 'organisation') return start;
	return publication.events.filter(({ kind, at }) => kind === 'told_outside' && at >= start).at(-1)?.at ?? null;
}

/** The last day on which they may answer before it opens: after words of theirs were declined, with days of their own to say it anew. */
export function answerUntil(since: Date, answer: AnswerHand | null): Day {
	const until = addDays(dayAt(since), answerDays);
	const anew = answer?.hand === 'declined' && answer.handAt ? addDays(dayAt(answer.handAt), answerAnewDays) : until;
	return anew > until ? anew : until;
}

/** What a publication that was proposed waits for before it opens; null: nothing any more. */
export const waits = ['telling', 'days', 'declined', 'words', 'owner', 'cases'] as const;
export type WaitsFor = (typeof waits)[number];
export function waitsFor(at: {
	readonly since: Date | null;
	readonly today: Day;
	readonly signal: SignalState;
	readonly answer: AnswerHand | null;
	readonly cases: number;
}): WaitsFor | null {
	// Nobody is named in the open for what they say is not theirs.
	if (at.signal === 'not_ours') return 'owner';
	if (at.since === null) return 'telling';
	if (at.today <= answerUntil(at.since, null)) return 'days';
	// What was declined can be said anew; after those days it opens, and says that an answer was not released.
	if (at.today <= answerUntil(at.since, at.answer)) return 'declined';
	// Their answer stands beside it, or it does not open.
	if (at.answer !== null && at.answer.hand === null) return 'words';
	return at.cases < publicCases ? 'cases' : null;
}

/**
 * The figure that is shown from now on, or null: the one that was frozen before stays. Two that are shown one after the other differ by five or more, so
 * that no two looks tell of fewer than five cases.
 */
export const nextPublicCount = (cases: number, last: number | null): number | null =>
	cases >= publicCases && (last === null || Math.abs(cases - last) >= publicCases) ? cases : null;

/** A count as it is told outside besides that of its cases: in fives, so that the few between two numbers are not told either. */
export const toldInFives = (count: number): number => count - (count % publicCases);

/** The quarter of a day, as its first day. */
export const quarterOf = (day: Day): Day => {
	const month = Number(day.slice(5, 7));
	return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
};

interface Acting {
	readonly organisationId: string;
	readonly personId: string;
	readonly roles: readonly Role[];
}

/** Whether someone may propose it: who looks at the whole, or who answers for the organisation that goes about it. */
export const mayPropose = (actor: Acting, responsible: Responsible): boolean =>
	looksAtWhole(actor.roles) ||
	(binds(actor.roles) && responsible.kind === 'organisation' && responsible.organisationId === actor.organisationId);

/** Whether someone may answer: for their own organisation, or on behalf of one that is not in the network. */
export const mayAnswer = (actor: Acting, responsible: Responsible): boolean =>
	binds(actor.roles) && (responsible.kind !== 'organisation' || responsible.organisationId === actor.organisationId);

/**
 * Whether someone may take it back, before or after it was public: who proposed it, or who answers for another organisation than the one that goes about
 * it. Who is named in the open does not take that away alone, and who facilitates decides nothing.
 */
export const mayWithdraw = (actor: Acting, proposerId: string, responsible: Responsible): boolean =>
	actor.personId === proposerId ||
	(binds(actor.roles) && !(responsible.kind === 'organisation' && responsible.organisationId === actor.organisationId));
