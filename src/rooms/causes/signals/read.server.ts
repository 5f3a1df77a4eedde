import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { addDays, dayAt, startOfDay } from '#foundation/time/days.ts';
import { findCauseById } from '../read.server.ts';
import { asResponsible } from '../rules.ts';
import type { CauseKind, OutsideResponsible, Responsible } from '../rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { foldSignal, newsDays } from './rules.ts';
import type { HeldBack, SignalEvent, SignalStanding, ToldStep } from './rules.ts';

/** A signal with all its facts, in order. */
export interface Signal extends SignalStanding {
	readonly signalId: string;
	readonly causeId: string;
	readonly openedAt: Date;
	readonly events: readonly SignalEvent[];
}

/** Signals of the network, the newest first; each may be seen by everyone there. Also for the jobs' role. */
export async function listSignals(
	tx: Tx,
	networkId: string,
	only: { readonly signalId?: string; readonly causeId?: string } = {}
): Promise<Signal[]> {
	let query = tx
		.selectFrom('signal as s')
		.innerJoin('signalEvent as e', (join) => join.onRef('e.networkId', '=', 's.networkId').onRef('e.signalId', '=', 's.signalId'))
		.select(['s.signalId', 's.causeId', 's.openedAt', 'e.kind', 'e.at', 'e.dueOn', 'e.changedOn', 'e.words', 'e.proof', 'e.onBehalf'])
		.select(['e.personId', 'e.membershipId', 'e.organisationId'])
		.where('s.networkId', '=', networkId)
		.orderBy('s.openedAt', 'desc')
		.orderBy('s.signalId')
		.orderBy('e.at')
		.orderBy('e.eventId');
	if (only.signalId !== undefined) query = query.where('s.signalId', '=', only.signalId);
	if (only.causeId !== undefined) query = query.where('s.causeId', '=', only.causeId);
	const signals = new Map<string, { signalId: string; causeId: string; openedAt: Date; events: SignalEvent[] }>();
	for (const { signalId, causeId, openedAt, ...event } of await query.execute()) {
		const signal = signals.get(signalId) ?? { signalId, causeId, openedAt, events: [] };
		signal.events.push(event as SignalEvent);
		signals.set(signalId, signal);
	}
	return [...signals.values()].map((signal) => ({ ...signal, ...foldSignal(signal.events) }));
}

/** Lets the acts on one cause wait for each other until the transaction ends, so that of two namings at once the second counts the first. */
export async function lockCause(tx: Tx, networkId: string, causeId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/cause/${causeId}`}, 0))`.execute(tx);
}

/** Who goes about a cause, where that may be known: with a signal, from three cases on, or for who sits at a case with it. */
export async function findResponsible(tx: Tx, causeId: string): Promise<Responsible> {
	const { rows } = await sql<{
		organisationId: string | null;
		outside: OutsideResponsible | null;
		gone: boolean;
	}>`select organisation_id, outside, gone from app.responsible_for(${causeId})`.execute(tx);
	return rows[0] ? asResponsible(rows[0]) : { kind: 'nobody' };
}

/** Whether someone said since a moment that they do not go about a cause. */
export async function saidNotTheirs(
	tx: Tx,
	causeId: string,
	who: { readonly organisationId: string | null; readonly outside: string | null },
	since: Date
): Promise<boolean> {
	const { rows } = await sql<{ said: boolean }>`
		select app.said_not_theirs(${causeId}, ${who.organisationId}, ${who.outside}, ${since}) as said`.execute(tx);
	return rows[0]?.said === true;
}

/** Whether the actor sits at a case in which the cause was named. */
export async function sitsWithCause(tx: Tx, causeId: string): Promise<boolean> {
	const { rows } = await sql<{ sits: boolean }>`select app.sits_with_cause(${causeId}) as sits`.execute(tx);
	return rows[0]?.sits === true;
}

/** What keeps a cause whose changed rule has held long enough from being called gone, as it was seen last; null: nothing that is known. */
export async function findHeldBack(tx: Tx, networkId: string, signal: Pick<Signal, 'signalId' | 'events'>): Promise<HeldBack | null> {
	const row = await tx
		.selectFrom('signalLook')
		.select(['heldBack', 'at'])
		.where('networkId', '=', networkId)
		.where('signalId', '=', signal.signalId)
		.orderBy('at', 'desc')
		.orderBy('lookId', 'desc')
		.limit(1)
		.executeTakeFirst();
	// What was seen of a rule that held before says nothing of the one that holds now.
	const last = signal.events.at(-1);
	return row && last?.kind === 'in_force' && row.at >= last.at ? (row.heldBack as HeldBack | null) : null;
}

/** Who is asked about a signal: who governs or administers the organisation that goes about it; of one outside the network, the facilitators. */
export async function listAsked(tx: Tx, actor: Actor, now: Date, responsible: Responsible): Promise<string[]> {
	const roles = responsible.kind === 'organisation' ? ['administrator', 'governor'] : ['facilitator'];
	let query = tx
		.selectFrom('membership')
		.select('personId')
		.distinct()
		.where('networkId', '=', actor.networkId)
		.where('validFrom', '<=', now)
		.where((e) => e.or([e('validUntil', 'is', null), e('validUntil', '>', now)]))
		.where(sql<boolean>`roles && ${roles}::text[]`)
		.orderBy('personId');
	if (responsible.kind === 'organisation') query = query.where('organisationId', '=', responsible.organisationId);
	return (await query.execute()).map((row) => row.personId);
}

/** Who is reminded of a day that was promised. For the jobs' role. */
export async function listReminded(tx: Tx, { signalId, state, takenUpBy }: Signal): Promise<string[]> {
	if (takenUpBy !== null && (state === 'acknowledged' || state === 'change_agreed')) {
		const { rows } = await sql<{
			still: boolean;
		}>`select app.still_with(${takenUpBy.personId}, ${takenUpBy.membershipId}) as still`.execute(tx);
		if (rows[0]?.still === true) return [takenUpBy.personId];
	}
	const { rows } = await sql<{ personId: string }>`select person_id from app.signal_responsible(${signalId}) order by 1`.execute(tx);
	return rows.map(({ personId }) => personId);
}

/** Causes whose signal waits for an answer of the actor's organisation, where they govern or administer it. */
export async function listMySignals(tx: Tx, actor: Actor): Promise<{ causeId: string; kind: CauseKind; title: string; back: boolean }[]> {
	if (!actor.roles.some((role) => role === 'administrator' || role === 'governor')) return [];
	const waiting = (await listSignals(tx, actor.networkId)).filter(({ state }) => state === 'seen' || state === 'reopened');
	const mine: { causeId: string; kind: CauseKind; title: string; back: boolean }[] = [];
	for (const { causeId, state } of waiting) {
		const responsible = await findResponsible(tx, causeId);
		if (responsible.kind !== 'organisation' || responsible.organisationId !== actor.organisationId) continue;
		const cause = await findCauseById(tx, actor, causeId);
		if (cause) mine.push({ ...cause, back: state === 'reopened' });
	}
	return mine;
}

/** What happened lately to a cause that concerns the reader. */
export interface CauseNews {
	readonly causeId: string;
	readonly kind: CauseKind;
	readonly title: string;
	readonly step: ToldStep;
	readonly at: Date;
}

/**
 * The newest step of causes that concern the actor, for two weeks: they named it last in a case at which they sit, asked another about it or brought it
 * to an agreement for a year, or answer for who goes about it. Not what they did themselves, nor what waits for them (`listMySignals`).
 */
export async function listCauseNews(tx: Tx, actor: Actor, now: Date): Promise<CauseNews[]> {
	const { networkId, personId, organisationId, roles } = actor;
	const { rows } = await sql<CauseNews & { mine: boolean }>`
		with newest as (
			select distinct on (e.signal_id) e.signal_id, e.kind, e.at, e.person_id from signal_event e
			where e.network_id = ${networkId} order by e.signal_id, e.at desc, e.event_id desc
		), named as (
			select distinct on (n.case_id) n.cause_id, n.person_id from cause_naming n
			where n.network_id = ${networkId} and n.case_id = any(array(select app.my_cases())) order by n.case_id, n.at desc, n.naming_id desc
		)
		select c.cause_id, c.kind, c.title, e.kind as step, e.at,
			c.cause_id in (select n.cause_id from named n where n.person_id = ${personId})
			or exists (select from signal_event a where a.network_id = ${networkId} and a.signal_id = s.signal_id and a.kind = 'asked_other' and a.person_id = ${personId})
			or exists (select from yearly_item i where i.network_id = ${networkId} and i.cause_id = c.cause_id and i.person_id = ${personId} and not exists (
				select from yearly_step y where y.network_id = ${networkId} and y.item_id = i.item_id and y.kind = 'withdrawn')) as mine
		from newest e
		join signal s on s.network_id = ${networkId} and s.signal_id = e.signal_id
		join cause c on c.network_id = ${networkId} and c.cause_id = s.cause_id
		where e.kind <> 'opened' and e.at >= ${startOfDay(addDays(dayAt(now), -newsDays))} and e.person_id is distinct from ${personId}
		order by e.at desc, c.cause_id`.execute(tx);
	const news: CauseNews[] = [];
	for (const { mine, ...one } of rows) {
		const responsible = binds(roles) ? await findResponsible(tx, one.causeId) : null;
		const answersFor = responsible?.kind === 'organisation' && responsible.organisationId === organisationId;
		const waits = one.step === 'asked_other' || one.step === 'reopened';
		if (answersFor ? !waits : mine) news.push(one);
	}
	return news;
}
