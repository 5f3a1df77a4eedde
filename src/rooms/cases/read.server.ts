import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { sql } from 'kysely';
import { foldCase, invitationState, seatsAt } from './rules.ts';
import type { CaseEvent, CaseState, Seat } from './rules.ts';
import { listInvitations, listSeats } from './subjects/read.server.ts';
import type { Invitation, SeatAnswer, SentInvitation } from './subjects/read.server.ts';
import { casesOnly } from './subjects/rules.ts';
import type { SubjectKind } from './subjects/rules.ts';

/** What every act on a case asks first: where the case stands, and where the actor stands in it. */
export interface Standing {
	readonly state: CaseState;
	readonly seats: readonly Seat[];
	readonly mySeat: Seat;
	readonly holder: Seat;
	/** Invitations that were not answered yet. */
	readonly waiting: readonly { invitationId: string; personId: string }[];
}

/** Lets the acts on one case wait for each other until the transaction ends: what an act was decided on still holds when it is written. */
export async function lockCase(tx: Tx, actor: Actor, caseId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/${caseId}`}, 0))`.execute(tx);
}

/**
 * Where a case stands, for an act on it (the case is locked), or null when the actor does not sit at its table: to them it does not exist.
 * @param kinds what the act is done on. A project or a pair does not exist to an act that does not name it.
 */
export async function findStanding(
	tx: Tx,
	actor: Actor,
	now: Date,
	caseId: string,
	kinds: readonly SubjectKind[] = casesOnly
): Promise<Standing | null> {
	await lockCase(tx, actor, caseId);
	const { rows } = await sql<{
		events: { kind: CaseEvent['kind']; outcome: CaseEvent['outcome']; at: string }[] | null;
		seats: { person: string; membership: string; organisation: string; holder: boolean; from: string; until: string | null }[] | null;
		waiting: { invitationId: string; personId: string }[];
		agreements: number;
		ended: boolean;
	}>`
		select
			(select json_agg(json_build_object('kind', e.kind, 'outcome', e.outcome, 'at', e.at) order by e.at, e.event_id)
				from case_event e where e.network_id = c.network_id and e.case_id = c.case_id) as events,
			(select json_agg(json_build_object('person', s.person_id, 'membership', s.membership_id, 'organisation', s.organisation_id,
					'holder', s.holder, 'from', s.valid_from, 'until', s.valid_until) order by s.valid_from, s.seat_id)
				from case_seat s where s.network_id = c.network_id and s.case_id = c.case_id) as seats,
			(select coalesce(json_agg(json_build_object('invitationId', i.invitation_id, 'personId', i.person_id)), '[]')
				from seat_invitation i where i.network_id = c.network_id and i.case_id = c.case_id
					and not exists (select from seat_answer a where a.network_id = i.network_id and a.invitation_id = i.invitation_id)) as waiting,
			(select count(*)::int from agreement g where g.network_id = c.network_id and g.case_id = c.case_id) as agreements,
			exists (select from pair_end d where d.network_id = c.network_id and d.pair_id = c.case_id)
				or exists (select from project_end d where d.network_id = c.network_id and d.project_id = c.case_id) as ended
		from subject c where c.network_id = ${actor.networkId} and c.case_id = ${caseId} and c.kind = any(${[...kinds]}::text[])`.execute(tx);
	const row = rows[0];
	// Who is asked to a table sees that it is there, and no seat at it.
	if (!row?.seats) return null;
	const seats = seatsAt(
		row.seats.map((seat) => ({
			personId: seat.person,
			membershipId: seat.membership,
			organisationId: seat.organisation,
			holder: seat.holder,
			validFrom: new Date(seat.from),
			validUntil: seat.until === null ? null : new Date(seat.until)
		})),
		now
	);
	const mySeat = seats.find((seat) => seat.personId === actor.personId);
	const holder = seats.find((seat) => seat.holder);
	if (!mySeat || !holder) return null;
	// Only a case has events; a project or a pair is under way from its first day until it is ended.
	const ended = row.ended ? [{ kind: 'closed', outcome: null, at: now } as const] : [];
	const events = row.events?.map((event) => ({ ...event, at: new Date(event.at) })) ?? [
		{ kind: 'opened', outcome: null, at: now } as const,
		...ended
	];
	return { state: foldCase(events, row.agreements).state, seats, mySeat, holder, waiting: row.waiting };
}

/** An invitation that the actor may see: made to them, or to a table where they sit. Null when there is none. */
export async function findInvitation(tx: Tx, actor: Actor, invitationId: string): Promise<Invitation | null> {
	const row = await tx
		.selectFrom('seatInvitation as i')
		.leftJoin('seatAnswer as a', (join) => join.onRef('a.networkId', '=', 'i.networkId').onRef('a.invitationId', '=', 'i.invitationId'))
		.select(['i.invitationId', 'i.caseId', 'i.personId', 'i.membershipId', 'i.invitedBy', 'i.at', 'a.answer'])
		.where('i.networkId', '=', actor.networkId)
		.where('i.invitationId', '=', invitationId)
		.executeTakeFirst();
	if (!row) return null;
	const { answer, ...invitation } = row;
	return { ...invitation, state: invitationState(answer as SeatAnswer | null) };
}

/** An invitation that was found before and is still there. */
export async function getInvitation(tx: Tx, actor: Actor, invitationId: string): Promise<Invitation> {
	const invitation = await findInvitation(tx, actor, invitationId);
	if (!invitation) throw new Error('An invitation is never removed.');
	return invitation;
}

/** The words of one case: by what they are about, then by part. `null` text: the key was destroyed, and with it the words. */
export type CaseWords = ReadonlyMap<string, ReadonlyMap<string, { readonly text: string | null; readonly at: Date }>>;

/** All words of a case, opened; of each part only the newest counts. */
export async function listWords(tx: Tx, keyring: Keyring, actor: Actor, caseId: string): Promise<CaseWords> {
	const rows = await tx
		.selectFrom('caseWords')
		.distinctOn(['aboutId', 'part'])
		.select(['wordsId', 'aboutId', 'part', 'ciphertext', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('aboutId')
		.orderBy('part')
		.orderBy('at', 'desc')
		.orderBy('wordsId', 'desc')
		.execute();
	const words = new Map<string, Map<string, { text: string | null; at: Date }>>();
	for (const row of rows) {
		const text = await keyring.openWords(
			{ networkId: actor.networkId, caseId },
			{ aboutId: row.aboutId, part: row.part, wordsId: row.wordsId },
			row.ciphertext
		);
		const about = words.get(row.aboutId) ?? new Map<string, { text: string | null; at: Date }>();
		about.set(row.part, { text, at: row.at });
		words.set(row.aboutId, about);
	}
	return words;
}

/** A case as its own facts tell it. */
export interface CaseFacts {
	readonly caseId: string;
	readonly pseudonym: string;
	readonly residentKnows: boolean;
	readonly openedAt: Date;
	readonly openedByMembershipId: string;
	readonly events: readonly (CaseEvent & { readonly membershipId: string })[];
	/** Everyone who sat at the table, also who left. */
	readonly seats: readonly Seat[];
	readonly invitations: readonly SentInvitation[];
}

/** The facts of a case, or null when the actor does not sit at its table. */
export async function findCase(tx: Tx, actor: Actor, caseId: string): Promise<CaseFacts | null> {
	const record = await tx
		.selectFrom('caseRecord')
		.select(['caseId', 'pseudonym', 'residentKnows', 'openedAt', 'membershipId'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.executeTakeFirst();
	if (!record) return null;
	const events = await tx
		.selectFrom('caseEvent')
		.select(['kind', 'outcome', 'at', 'membershipId'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('at')
		.orderBy('eventId')
		.execute();
	const seats = await listSeats(tx, actor, caseId);
	const invitations = await listInvitations(tx, actor, caseId);
	const { membershipId, ...facts } = record;
	return {
		...facts,
		openedByMembershipId: membershipId,
		events: events as CaseFacts['events'],
		seats,
		invitations
	};
}

export interface CaseLine {
	readonly caseId: string;
	readonly pseudonym: string;
	readonly state: CaseState;
	readonly openedAt: Date;
	readonly holder: boolean;
	readonly agreements: number;
	readonly kept: number;
}

/**
 * The cases at whose table the actor sits, newest first, by key.
 * @param before only cases brought in before this case id (UUIDv7 order), for the next page
 */
export async function listMyCases(tx: Tx, actor: Actor, page: { readonly limit: number; readonly before?: string }): Promise<CaseLine[]> {
	const { rows } = await sql<{
		caseId: string;
		pseudonym: string;
		state: CaseState;
		openedAt: Date;
		holder: boolean;
		agreements: number;
		kept: number;
	}>`
		select c.case_id, c.pseudonym, c.opened_at, s.holder, g.agreements, g.kept,
			case when e.kind in ('closed', 'reopened') then e.kind when g.agreements > 0 then 'running' else 'open' end as state
		from case_record c
		join case_seat s on s.network_id = c.network_id and s.case_id = c.case_id and s.person_id = ${actor.personId} and s.valid_until is null
		cross join lateral (
			select v.kind from case_event v where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1
		) e
		cross join lateral (
			select count(*)::int as agreements, (count(*) filter (where exists (
				select from agreement_answer n join agreement_report r on r.network_id = n.network_id and r.report_id = n.report_id
				where n.network_id = a.network_id and n.case_id = a.case_id and n.agreement_id = a.agreement_id and n.answer = 'confirmed' and r.outcome in ('kept', 'late', 'taken')
			)))::int as kept
			from agreement a where a.network_id = c.network_id and a.case_id = c.case_id
		) g
		where c.network_id = ${actor.networkId} and (${page.before ?? null}::uuid is null or c.case_id < ${page.before ?? null}::uuid)
		order by c.case_id desc limit ${page.limit}`.execute(tx);
	return rows;
}

/** Invitations to the actor that wait for an answer, with the holder's words. */
export async function listMyInvitations(
	tx: Tx,
	keyring: Keyring,
	actor: Actor
): Promise<{ invitationId: string; at: Date; invitedBy: string; message: string | null; membershipId: string }[]> {
	const rows = await tx
		.selectFrom('seatInvitation as i')
		.leftJoin('caseWords as w', (join) => join.onRef('w.networkId', '=', 'i.networkId').onRef('w.aboutId', '=', 'i.invitationId'))
		.select(['i.invitationId', 'i.caseId', 'i.at', 'i.invitedBy', 'i.membershipId', 'w.wordsId', 'w.ciphertext'])
		.where('i.networkId', '=', actor.networkId)
		.where('i.personId', '=', actor.personId)
		.where((e) =>
			e.not(
				e.exists(
					e
						.selectFrom('seatAnswer as a')
						.whereRef('a.networkId', '=', 'i.networkId')
						.whereRef('a.invitationId', '=', 'i.invitationId')
						.select('a.invitationId')
				)
			)
		)
		.orderBy('i.at', 'desc')
		.execute();
	return Promise.all(
		rows.map(async ({ caseId, wordsId, ciphertext, ...row }) => ({
			...row,
			message:
				wordsId === null || ciphertext === null
					? null
					: await keyring.openWords(
							{ networkId: actor.networkId, caseId },
							{ aboutId: row.invitationId, part: 'invitation', wordsId },
							ciphertext
						)
		}))
	);
}

/** Some cases by id, in the order asked; those the actor does not sit at are left out. */
export async function listCasesById(
	tx: Tx,
	actor: Actor,
	caseIds: readonly string[]
): Promise<Pick<CaseLine, 'caseId' | 'pseudonym' | 'state' | 'openedAt'>[]> {
	if (caseIds.length === 0) return [];
	const { rows } = await sql<Pick<CaseLine, 'caseId' | 'pseudonym' | 'state' | 'openedAt'>>`
		select c.case_id, c.pseudonym, c.opened_at,
			case when e.kind in ('closed', 'reopened') then e.kind
				when exists (select from agreement a where a.network_id = c.network_id and a.case_id = c.case_id) then 'running' else 'open' end as state
		from case_record c
		cross join lateral (
			select v.kind from case_event v where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1
		) e
		where c.network_id = ${actor.networkId} and c.case_id = any(${[...caseIds]}::uuid[])`.execute(tx);
	const byId = new Map(rows.map((row) => [row.caseId, row]));
	return caseIds.flatMap((caseId) => byId.get(caseId) ?? []);
}
