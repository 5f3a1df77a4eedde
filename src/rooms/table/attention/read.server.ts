import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listMyWaiting } from '../waiting/read.server.ts';
import type { Waiting } from '../waiting/read.server.ts';
import { getMyFigures } from '../roles/read.server.ts';
import { manyOpen, silentSince } from './rules.ts';
import type { AttentionCode } from './rules.ts';

export interface MyAttention {
	/** Cases that one holds, in which nothing happened for two weeks. */
	readonly silent: readonly { readonly caseId: string; readonly pseudonym: string; readonly since: Date }[];
	/** One's own agreements of which the day went by. */
	readonly overdue: readonly Waiting[];
	/** How many of one's own agreements are open, those of a pair too, when that may be too much. */
	readonly open: number | null;
	/** How many of those are of a pair: no figure counts them but this one, for oneself. */
	readonly openOfPairs: number;
	/** Tables at which one sits, where promises go one way: of one organisation alone. What the facilitator sees counts the same tables. */
	readonly oneSided: readonly {
		readonly caseId: string;
		readonly pseudonym: string;
		readonly organisationName: string;
		readonly promises: number;
	}[];
}

/** What asks for the attention of the actor, told to themselves alone (G3). `waiting`: what was read of that already. */
export async function listMyAttention(
	tx: Tx,
	keyring: Installation['keyring'],
	actor: Actor,
	now: Date,
	waiting?: readonly Waiting[]
): Promise<MyAttention> {
	const mine = waiting ?? (await listMyWaiting(tx, keyring, actor, now));
	const figures = await getMyFigures(tx);
	const openOfPairs = mine.filter(({ table, promised }) => table === 'pair' && promised).length;
	const open = figures.open + figures.overdue + openOfPairs;
	return {
		silent: await listSilent(tx, actor, now),
		overdue: mine.filter(({ kind, overdue }) => kind === 'report' && overdue),
		open: open >= manyOpen ? open : null,
		openOfPairs,
		oneSided: await listOneSided(tx, actor, now)
	};
}

async function listSilent(tx: Tx, actor: Actor, now: Date): Promise<MyAttention['silent']> {
	const { rows } = await sql<{ caseId: string; pseudonym: string; since: Date }>`
		select c.case_id, c.pseudonym, coalesce(l.at, c.opened_at) as since
		from case_seat s
		join case_record c on c.network_id = s.network_id and c.case_id = s.case_id
		cross join lateral (
			select e.kind from case_event e where e.network_id = s.network_id and e.case_id = s.case_id order by e.at desc, e.event_id desc limit 1
		) e
		left join lateral (
			select l.at from log_line l where l.network_id = s.network_id and l.case_id = s.case_id and l.result = 'done' order by l.at desc limit 1
		) l on true
		where s.network_id = ${actor.networkId} and s.person_id = ${actor.personId} and s.membership_id = ${actor.membershipId}
			and s.holder and s.valid_until is null and e.kind <> 'closed' and coalesce(l.at, c.opened_at) <= ${silentSince(now)}
		order by 3, 1`.execute(tx);
	return rows;
}

async function listOneSided(tx: Tx, actor: Actor, now: Date): Promise<MyAttention['oneSided']> {
	const { rows } = await sql<{ caseId: string; pseudonym: string; organisationId: string; promises: string | number }>`
		select c.case_id, c.pseudonym, t.organisation_id, t.promises
		from app.one_sided_tables() t
		join case_record c on c.network_id = ${actor.networkId} and c.case_id = t.case_id
		order by c.opened_at, c.case_id`.execute(tx);
	if (rows.length === 0) return [];
	const names = new Map((await listOrganisations(tx, actor, now)).map(({ organisationId, name }) => [organisationId, name]));
	return rows.map(({ caseId, pseudonym, organisationId, promises }) => ({
		...{ caseId, pseudonym, promises: Number(promises), organisationName: names.get(organisationId) ?? '' }
	}));
}

export interface Reminded {
	readonly organisationId: string;
	readonly code: AttentionCode;
	readonly at: Date;
}

/** What a facilitator had organisations reminded of, of each the last time. */
export async function listReminded(tx: Tx, actor: Actor): Promise<Reminded[]> {
	const { rows } = await sql<Reminded>`
		select distinct on (organisation_id, code) organisation_id, code, at from facilitation_reminder
		where network_id = ${actor.networkId} order by organisation_id, code, at desc`.execute(tx);
	return rows;
}
