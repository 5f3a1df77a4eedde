import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { goesOn } from './rules.ts';
import type { YearLine } from './rules.ts';

/** A year of the books: how much was booked, and whether it is closed. */
export interface BookYear {
	readonly year: number;
	readonly journals: number;
	/** Null: open. */
	readonly closedAt: Date | null;
	readonly closedBy: string | null;
	/** Who proposes to close it, while nobody answered. */
	readonly closeId: string | null;
	readonly proposedBy: string | null;
}

/** The years in which something was booked, newest first. */
export async function listYears(tx: Tx, actor: Actor): Promise<BookYear[]> {
	const { rows } = await sql<BookYear>`
		select b.year, b.journals, e.at as closed_at, e.person_id as closed_by, c.close_id, c.person_id as proposed_by
		from (select app.year_of(j.at) as year, count(*) as journals from journal j where j.network_id = ${actor.networkId} group by 1) b
		left join year_close_end e on e.network_id = ${actor.networkId} and e.year = b.year and e.kind = 'confirmed'
		left join lateral (
			select x.close_id, x.person_id from year_close x where x.network_id = ${actor.networkId} and x.year = b.year
				and not exists (select from year_close_end y where y.network_id = x.network_id and (y.close_id = x.close_id or y.year = x.year and y.kind = 'confirmed'))
			order by x.at desc, x.close_id desc limit 1) c on true
		order by b.year desc`.execute(tx);
	return rows;
}

/** A proposal to close a year. */
export async function findClose(
	tx: Tx,
	actor: Actor,
	closeId: string
): Promise<{ readonly year: number; readonly personId: string; readonly answered: boolean } | null> {
	const { rows } = await sql<{ year: number; personId: string; answered: boolean }>`
		select c.year, c.person_id, exists (select from year_close_end e where e.network_id = c.network_id and e.close_id = c.close_id) as answered
		from year_close c where c.network_id = ${actor.networkId} and c.close_id = ${closeId}`.execute(tx);
	return rows[0] ?? null;
}

/** Every account over a year, in cents. Counted from the postings: in a closed year they cannot change any more. */
export async function listYearLines(tx: Tx, actor: Actor, year: number): Promise<YearLine[]> {
	const { rows } = await sql<YearLine>`
		select a.kind as account, t.name as team, o.name as organisation,
			coalesce(sum(p.amount_cents) filter (where app.year_of(j.at) < ${year}), 0)::bigint as opening_cents,
			coalesce(sum(p.amount_cents) filter (where app.year_of(j.at) = ${year} and p.amount_cents > 0), 0)::bigint as debit_cents,
			coalesce(-sum(p.amount_cents) filter (where app.year_of(j.at) = ${year} and p.amount_cents < 0), 0)::bigint as credit_cents
		from posting p
		join journal j on j.network_id = p.network_id and j.journal_id = p.journal_id
		join account a on a.network_id = p.network_id and a.account_id = p.account_id
		left join fund_source s on s.network_id = a.network_id and s.source_id = a.source_id
		left join team t on t.network_id = s.network_id and t.team_id = s.team_id
		left join organisation o on o.network_id = a.network_id and o.organisation_id = a.organisation_id
		where p.network_id = ${actor.networkId} and app.year_of(j.at) <= ${year}
		group by a.account_id, a.kind, t.name, o.name, o.name_sort
		order by a.kind, t.name nulls first, o.name_sort nulls first, a.account_id`.execute(tx);
	return rows
		.map((line) => (goesOn(line.account) ? line : { ...line, openingCents: 0 }))
		.filter((line) => line.openingCents !== 0 || line.debitCents !== 0 || line.creditCents !== 0);
}
