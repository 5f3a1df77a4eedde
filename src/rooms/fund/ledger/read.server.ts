import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { originOf } from './rules.ts';
import type { AccountKind, JournalOrigin, LedgerCheck } from './rules.ts';

/** The sums of the pot, in whole cents. */
export interface PotFigures {
	readonly cashCents: number;
	readonly reservedCents: number;
	readonly cardCents: number;
	readonly cardReservedCents: number;
	readonly pledgedCents: number;
	readonly receivedCents: number;
	readonly giftsCents: number;
	readonly recoveredCents: number;
}

/** What is in the pot, promised, pledged and given: for everyone of the network. */
export async function getPotFigures(tx: Tx): Promise<PotFigures> {
	const { rows } = await sql<PotFigures>`select * from app.figure_pot()`.execute(tx);
	return (
		rows[0] ?? {
			...{ cashCents: 0, reservedCents: 0, cardCents: 0, cardReservedCents: 0, pledgedCents: 0, receivedCents: 0 },
			...{ giftsCents: 0, recoveredCents: 0 }
		}
	);
}

/** The last time the books were counted anew; null when they never were. */
export const findLedgerCheck = async (tx: Tx, actor: Actor): Promise<LedgerCheck | null> =>
	(await tx
		.selectFrom('ledgerCheck')
		.select(['at', 'journals', 'unbalanced', 'uncovered', 'astray'])
		.where('networkId', '=', actor.networkId)
		.orderBy('at', 'desc')
		.limit(1)
		.executeTakeFirst()) ?? null;

/** A line of a journal, as it stands in the book. */
export interface BookLine {
	readonly kind: AccountKind;
	/** The team on whose card it is; null for the pot itself and for accounts that are nobody's. */
	readonly teamName: string | null;
	readonly organisationName: string | null;
	/** Above zero debit. */
	readonly amountCents: number;
}

export interface Journal {
	readonly journalId: string;
	readonly kind: string;
	readonly at: Date;
	/** The journal that this one takes back. */
	readonly reverses: string | null;
	/** It was taken back by a later one. */
	readonly reversed: boolean;
	readonly lines: readonly BookLine[];
}

/**
 * The book, newest first. Says nothing of a case.
 * @param wish.before the last journal of the page before
 * @param wish.from the journal to begin with
 * @param wish.touches only journals with a line on such an account
 */
export async function listJournals(
	tx: Tx,
	actor: Actor,
	wish: { readonly limit: number; readonly before?: string; readonly from?: string; readonly touches?: AccountKind }
): Promise<Journal[]> {
	let query = tx
		.selectFrom('journal as j')
		.leftJoin('journal as r', (join) => join.onRef('r.networkId', '=', 'j.networkId').onRef('r.reverses', '=', 'j.journalId'))
		.select(['j.journalId', 'j.kind', 'j.at', 'j.reverses', 'r.journalId as reversedBy'])
		.where('j.networkId', '=', actor.networkId)
		.orderBy('j.at', 'desc')
		.orderBy('j.journalId', 'desc')
		.limit(wish.limit);
	const { before, from, touches } = wish;
	const place = (journalId: string) =>
		sql`(select b.at, b.journal_id from journal b where b.network_id = ${actor.networkId} and b.journal_id = ${journalId})`;
	if (before !== undefined) query = query.where(sql<boolean>`(j.at, j.journal_id) < ${place(before)}`);
	if (from !== undefined) query = query.where(sql<boolean>`(j.at, j.journal_id) <= ${place(from)}`);
	if (touches !== undefined)
		query = query.where((e) =>
			e.exists(
				e
					.selectFrom('posting as p')
					.innerJoin('account as a', (join) => join.onRef('a.networkId', '=', 'p.networkId').onRef('a.accountId', '=', 'p.accountId'))
					.select('p.line')
					.whereRef('p.networkId', '=', 'j.networkId')
					.whereRef('p.journalId', '=', 'j.journalId')
					.where('a.kind', '=', touches)
			)
		);
	const journals = await query.execute();
	if (journals.length === 0) return [];
	const lines = await tx
		.selectFrom('posting as p')
		.innerJoin('account as a', (join) => join.onRef('a.networkId', '=', 'p.networkId').onRef('a.accountId', '=', 'p.accountId'))
		.leftJoin('fundSource as s', (join) => join.onRef('s.networkId', '=', 'a.networkId').onRef('s.sourceId', '=', 'a.sourceId'))
		.leftJoin('team as t', (join) => join.onRef('t.networkId', '=', 's.networkId').onRef('t.teamId', '=', 's.teamId'))
		.leftJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'a.networkId').onRef('o.organisationId', '=', 'a.organisationId')
		)
		.select(['p.journalId', 'a.kind', 't.name as teamName', 'o.name as organisationName', 'p.amountCents'])
		.where('p.networkId', '=', actor.networkId)
		.where(
			'p.journalId',
			'in',
			journals.map((journal) => journal.journalId)
		)
		.orderBy('p.journalId')
		.orderBy('p.line')
		.execute();
	return journals.map(({ reversedBy, ...journal }) => ({
		...journal,
		reversed: reversedBy !== null,
		lines: lines.flatMap(({ journalId, kind, ...line }) =>
			journalId === journal.journalId ? [{ ...line, kind: kind as AccountKind }] : []
		)
	}));
}

/** From what these journals were booked, each with where that is shown: for who keeps the books, else nothing. */
export async function listOrigins(tx: Tx, actor: Actor, journalIds: readonly string[]): Promise<ReadonlyMap<string, JournalOrigin>> {
	if (journalIds.length === 0) return new Map();
	const { rows } = await sql<{ journalId: string } & Parameters<typeof originOf>[0]>`
		select j.journal_id, j.reverses, coalesce(p.request_id, r.request_id) as request_id, p.payment_id, coalesce(c.claim_id, e.claim_id) as claim_id,
			i.contribution_id, f.funding_id
		from journal_subject s
		join journal j on j.network_id = s.network_id and j.journal_id = s.journal_id
		left join payment p on p.network_id = s.network_id and p.payment_id = s.subject_id
		left join reservation r on r.network_id = s.network_id and r.reservation_id = s.subject_id
		left join claim c on c.network_id = s.network_id and c.claim_id = s.subject_id
		left join claim_event e on e.network_id = s.network_id and e.event_id = s.subject_id
		left join contribution_step i on i.network_id = s.network_id and i.step_id = s.subject_id
		left join team_funding f on f.network_id = s.network_id and f.funding_id = s.subject_id
		where s.network_id = ${actor.networkId} and s.journal_id = any(${sql.val([...journalIds])}::uuid[])`.execute(tx);
	return new Map(
		rows.flatMap(({ journalId, ...row }) => {
			const origin = originOf(row);
			return origin === null ? [] : [[journalId, origin] as const];
		})
	);
}

/** By which journal each of these payments left the pot: for who keeps the books, else nothing. */
export async function listBookings(tx: Tx, actor: Actor, paymentIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
	if (paymentIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('journalSubject')
		.select(['subjectId', 'journalId'])
		.where('networkId', '=', actor.networkId)
		.where('subjectId', 'in', [...paymentIds])
		.where('kind', 'in', ['payment_card', 'payment_transfer', 'payment_member'])
		.execute();
	return new Map(rows.map(({ subjectId, journalId }) => [subjectId, journalId]));
}

/** A journal that the treasurer proposes to take back. */
export interface Reversal {
	readonly reversalId: string;
	readonly journalId: string;
	readonly kind: string;
	readonly journalAt: Date;
	/** What the journal moved, in cents. */
	readonly amountCents: number;
	readonly personId: string;
	readonly at: Date;
}

/** What is proposed to be taken back and waits for another, oldest first. */
export async function listReversals(tx: Tx, actor: Actor): Promise<Reversal[]> {
	const { rows } = await sql<Reversal>`
		select r.reversal_id, r.journal_id, j.kind, j.at as journal_at, r.person_id, r.at,
			(select coalesce(sum(p.amount_cents) filter (where p.amount_cents > 0 and a.kind not in ('reserved', 'set_aside')), 0)::bigint from posting p
				join account a on a.network_id = p.network_id and a.account_id = p.account_id
				where p.network_id = j.network_id and p.journal_id = j.journal_id) as amount_cents
		from reversal r
		join journal j on j.network_id = r.network_id and j.journal_id = r.journal_id
		where r.network_id = ${actor.networkId}
			and not exists (select from reversal_end e where e.network_id = r.network_id and e.reversal_id = r.reversal_id)
		order by r.at, r.reversal_id`.execute(tx);
	return rows;
}

/** A proposal to take a journal back, with the payment that it stands for as far as the actor may know it. */
export async function findReversal(
	tx: Tx,
	actor: Actor,
	reversalId: string
): Promise<{ readonly journalId: string; readonly paymentId: string | null; readonly ended: boolean } | null> {
	const { rows } = await sql<{ journalId: string; paymentId: string | null; ended: boolean }>`
		select r.journal_id, p.payment_id, exists (select from reversal_end e where e.network_id = r.network_id and e.reversal_id = r.reversal_id) as ended
		from reversal r left join app.payments_to_take_back() p on p.reversal_id = r.reversal_id
		where r.network_id = ${actor.networkId} and r.reversal_id = ${reversalId}`.execute(tx);
	return rows[0] ?? null;
}
