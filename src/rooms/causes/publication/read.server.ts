import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { findCauseOverview, listNamedCauses } from '../overview/read.server.ts';
import type { CauseFound } from '../overview/read.server.ts';
import { listReleases } from '../releases/read.server.ts';
import type { Release } from '../releases/read.server.ts';
import { tookBack } from '../releases/rules.ts';
import { findCauseById } from '../read.server.ts';
import { asResponsible } from '../rules.ts';
import type { CauseKind, OutsideResponsible, Responsible } from '../rules.ts';
import { findResponsible, listSignals } from '../signals/read.server.ts';
import { looksAtWhole, stateAfter } from '../signals/rules.ts';
import type { SignalEventKind, SignalState } from '../signals/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { answersSince, answerUntil, mayAnswer, mayPropose, mayWithdraw, publicationState, publicCases, waitsFor } from './rules.ts';
import type { PublicationEvent, PublicationState, WaitsFor } from './rules.ts';

/** A cause that someone proposed to make public. */
export interface Publication {
	readonly publicationId: string;
	readonly causeId: string;
	readonly at: Date;
	readonly personId: string;
	readonly membershipId: string;
	readonly state: PublicationState;
	readonly events: readonly PublicationEvent[];
	/** What who goes about it now said last. What one said who was asked before is not theirs. */
	readonly answer: Release | null;
}

/** When another was asked last about a cause, of those about which another was. */
async function listAskedAt(tx: Tx, networkId: string): Promise<ReadonlyMap<string, Date>> {
	const rows = await tx
		.selectFrom('signalEvent as e')
		.innerJoin('signal as s', (join) => join.onRef('s.networkId', '=', 'e.networkId').onRef('s.signalId', '=', 'e.signalId'))
		.select(['s.causeId', 'e.at'])
		.where('e.networkId', '=', networkId)
		.where('e.kind', '=', 'asked_other')
		.orderBy('e.at')
		.execute();
	return new Map(rows.map(({ causeId, at }) => [causeId, at]));
}

/** Publications of the network, the newest first. Also for the jobs' role. */
export async function listPublications(
	tx: Tx,
	networkId: string,
	only: { readonly publicationId?: string; readonly causeId?: string } = {}
): Promise<Publication[]> {
	let query = tx
		.selectFrom('publication as p')
		.leftJoin('publicationEvent as e', (join) =>
			join.onRef('e.networkId', '=', 'p.networkId').onRef('e.publicationId', '=', 'p.publicationId')
		)
		.select(['p.publicationId', 'p.causeId', 'p.at', 'p.personId', 'p.membershipId'])
		.select(['e.kind', 'e.at as eventAt', 'e.proof', 'e.onBehalf', 'e.membershipId as eventBy'])
		.where('p.networkId', '=', networkId)
		.orderBy('p.at', 'desc')
		.orderBy('p.publicationId', 'desc')
		.orderBy('e.at')
		.orderBy('e.eventId');
	if (only.publicationId !== undefined) query = query.where('p.publicationId', '=', only.publicationId);
	if (only.causeId !== undefined) query = query.where('p.causeId', '=', only.causeId);
	const askedAt = await listAskedAt(tx, networkId);
	const answers = new Map<string, Release>();
	for (const release of await listReleases(tx, networkId)) {
		const asked = askedAt.get(release.causeId);
		if (release.publicationId === null || tookBack(release)) continue;
		if (!answers.has(release.publicationId) && (asked === undefined || release.at > asked)) answers.set(release.publicationId, release);
	}
	const found = new Map<string, Omit<Publication, 'state' | 'answer' | 'events'> & { events: PublicationEvent[] }>();
	for (const { kind, eventAt, proof, onBehalf, eventBy, ...row } of await query.execute()) {
		const publication = found.get(row.publicationId) ?? { ...row, events: [] };
		if (kind !== null && eventAt !== null)
			publication.events.push({
				...{ kind: kind as PublicationEvent['kind'], at: eventAt, proof: proof ?? '' },
				...{ onBehalf: onBehalf === true, membershipId: eventBy }
			});
		found.set(row.publicationId, publication);
	}
	return [...found.values()].map((publication) => ({
		...publication,
		state: publicationState(publication.events, askedAt.get(publication.causeId) ?? null),
		answer: answers.get(publication.publicationId) ?? null
	}));
}

/** The publication of a cause that stands: asked, or public; null when there is none. */
export const findStandingPublication = async (tx: Tx, networkId: string, causeId: string): Promise<Publication | null> =>
	(await listPublications(tx, networkId, { causeId })).find(({ state }) => state !== 'withdrawn') ?? null;

/** The last figure that was frozen of a cause, or null. */
export const findPublicCount = async (tx: Tx, networkId: string, causeId: string): Promise<{ quarter: Day; cases: number } | null> =>
	(await tx
		.selectFrom('publicCount')
		.select(['quarter', 'cases'])
		.where('networkId', '=', networkId)
		.where('causeId', '=', causeId)
		.orderBy('quarter', 'desc')
		.limit(1)
		.executeTakeFirst()) ?? null;

/** How often someone was helped although a cause stood in the way, as it was frozen last. Also for the jobs' role. */
export const findPublicException = async (
	tx: Tx,
	networkId: string,
	causeId: string,
	withMoney: boolean
): Promise<{ quarter: Day; counted: number } | null> =>
	(await tx
		.selectFrom('publicException')
		.select(['quarter', 'counted'])
		.where('networkId', '=', networkId)
		.where('causeId', '=', causeId)
		.where('withMoney', '=', withMoney)
		.orderBy('quarter', 'desc')
		.limit(1)
		.executeTakeFirst()) ?? null;

/** So often at least someone was helped although a cause stood in the way: in fives, counted in that quarter. */
export interface PublicException {
	readonly withMoney: boolean;
	readonly times: number;
	readonly quarter: Day;
}

/** A cause as it stands in the register. */
export interface PublicCause {
	readonly causeId: string;
	readonly kind: CauseKind;
	readonly responsible: Responsible;
	readonly state: SignalState;
	readonly changedOn: Day | null;
	readonly sinceYear: number;
	/** In so many cases, counted in that quarter; five at least. */
	readonly quarter: Day;
	readonly cases: number;
	/** Exceptions without names; with money and without, each only from five on. */
	readonly exceptions: readonly PublicException[];
	/** Words that two people of two organisations released; null where there are none. */
	readonly title: string | null;
	readonly rule: string | null;
	readonly answer: string | null;
	/** Who goes about it gave an answer, the newest that was judged, that another organisation did not release. */
	readonly answerWithheld: boolean;
}

/** The register: what of the network's causes may be read outside it. */
export async function listPublicCauses(tx: Tx): Promise<PublicCause[]> {
	const { rows } = await sql<
		Omit<PublicCause, 'responsible' | 'state' | 'exceptions' | 'answerWithheld'> & {
			readonly withMoney: number | null;
			readonly withMoneyQuarter: Day | null;
			readonly withoutMoney: number | null;
			readonly withoutMoneyQuarter: Day | null;
			readonly organisationId: string | null;
			readonly outside: OutsideResponsible | null;
			readonly gone: boolean;
			readonly state: SignalEventKind;
		}
	>`select * from app.public_register() order by cases desc, kind, cause_id`.execute(tx);
	const withheld = await sql<{ causeId: string }>`select cause_id from app.public_answers_withheld()`.execute(tx);
	const ofThese = new Set(withheld.rows.map(({ causeId }) => causeId));
	const exception = (withMoney: boolean, times: number | null, quarter: Day | null): PublicException[] =>
		times === null || quarter === null ? [] : [{ withMoney, times, quarter }];
	return rows.map(({ organisationId, outside, gone, state, withMoney, withMoneyQuarter, withoutMoney, withoutMoneyQuarter, ...row }) => ({
		...row,
		answerWithheld: ofThese.has(row.causeId),
		exceptions: [...exception(true, withMoney, withMoneyQuarter), ...exception(false, withoutMoney, withoutMoneyQuarter)],
		state: stateAfter[state],
		responsible: asResponsible({ organisationId, outside, gone })
	}));
}

/** A cause that may become public; `declined`: an answer to it was not released. */
export interface MyPublication {
	readonly causeId: string;
	readonly kind: CauseKind;
	readonly title: string;
	readonly declined: boolean;
}

/** Causes that may become public, and that the actor may answer for: they did not yet, or what they answered was not released. */
export async function listMyPublications(tx: Tx, actor: Actor): Promise<MyPublication[]> {
	if (!binds(actor.roles)) return [];
	const mine: MyPublication[] = [];
	for (const { state, answer, causeId } of await listPublications(tx, actor.networkId)) {
		const declined = answer?.hand === 'declined';
		if (state === 'withdrawn' || !(declined || (state === 'asked' && answer === null))) continue;
		const responsible = await findResponsible(tx, causeId);
		if (responsible.kind !== 'organisation' || responsible.organisationId !== actor.organisationId) continue;
		const cause = await findCauseById(tx, actor, causeId);
		if (cause) mine.push({ ...cause, declined });
	}
	return mine;
}

/** Where making a cause public stands, and what the reader may do about it. */
export interface Publishing {
	readonly cause: CauseFound;
	readonly publication: Publication | null;
	/** The last day to answer; null when nobody was asked, or who is outside was not told. */
	readonly until: Day | null;
	/** What it waits for; null when for nothing, or when it is public, or was not proposed. */
	readonly waits: WaitsFor | null;
	/** What stands in the way of proposing it; null: nothing. */
	readonly cannot: 'no_signal' | 'disputed' | 'too_few' | null;
	readonly releases: readonly Release[];
	readonly may: { readonly propose: boolean; readonly answer: boolean; readonly tell: boolean; readonly withdraw: boolean };
}

/** What the page about making a cause public shows changes when one of these ids does; null when there is no such cause. */
export async function listPublishingTopics(tx: Tx, actor: Actor, causeId: string): Promise<readonly string[] | null> {
	if (!(await listNamedCauses(tx)).some((cause) => cause.causeId === causeId)) return null;
	const publications = await listPublications(tx, actor.networkId, { causeId });
	const signals = await listSignals(tx, actor.networkId, { causeId });
	const releases = await listReleases(tx, actor.networkId, { causeId });
	return [
		causeId,
		...publications.map(({ publicationId }) => publicationId),
		...signals.map(({ signalId }) => signalId),
		...releases.map(({ releaseId }) => releaseId)
	];
}

/** Null when there is no such cause. */
export async function findPublishing(tx: Tx, actor: Actor, now: Date, causeId: string): Promise<Publishing | null> {
	const cause = await findCauseOverview(tx, actor, now, causeId);
	if (!cause) return null;
	const { responsible, signal, cases } = cause;
	const publication = await findStandingPublication(tx, actor.networkId, causeId);
	const since = publication && answersSince(publication, responsible, signal?.events ?? []);
	const asked = publication?.state === 'asked' && signal !== null;
	const whole = looksAtWhole(actor.roles);
	return {
		...{ cause, publication, until: since && answerUntil(since, publication.answer) },
		waits: asked ? waitsFor({ since, today: dayAt(now), signal: signal.state, answer: publication.answer, cases }) : null,
		cannot: signal === null ? 'no_signal' : signal.state === 'not_ours' ? 'disputed' : cases < publicCases ? 'too_few' : null,
		releases: await listReleases(tx, actor.networkId, { causeId }),
		may: {
			propose: mayPropose(actor, responsible),
			answer: publication !== null && mayAnswer(actor, responsible),
			tell: asked && whole && responsible.kind !== 'organisation' && since === null,
			withdraw: publication !== null && mayWithdraw(actor, publication.personId, responsible)
		}
	};
}
