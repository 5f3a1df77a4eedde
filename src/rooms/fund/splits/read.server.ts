import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { SplitKind, SplitParty } from './rules.ts';

/** A way to share that was proposed, whom it names, and who accepted it. */
export interface Split {
	readonly splitId: string;
	readonly kind: SplitKind;
	readonly at: Date;
	/** By name of the organisation; the order in which a cent that is left falls. */
	readonly parties: readonly Party[];
}
export interface Party extends SplitParty {
	readonly name: string;
	/** Null: it did not accept, and owes nothing. */
	readonly acceptedAt: Date | null;
}

/** Whom a way to share names at a moment, and who was bound to it then. */
export async function listParties(tx: Tx, splitId: string, moment: Date): Promise<Party[]> {
	const { rows } = await sql<Party>`
		select organisation_id, name, weight, accepted_at, bound from app.split_parties(${splitId}, ${moment})`.execute(tx);
	return rows;
}

/** The ways to share as they are now, newest first. */
export async function listSplits(tx: Tx, actor: Actor, now: Date): Promise<Split[]> {
	const rows = await tx
		.selectFrom('costSplit')
		.select(['splitId', 'kind', 'at'])
		.where('networkId', '=', actor.networkId)
		.orderBy('at', 'desc')
		.orderBy('splitId', 'desc')
		.execute();
	const splits: Split[] = [];
	for (const row of rows) splits.push({ ...row, kind: row.kind as SplitKind, parties: await listParties(tx, row.splitId, now) });
	return splits;
}

export const findSplitKind = async (tx: Tx, actor: Actor, splitId: string): Promise<SplitKind | null> =>
	((
		await tx
			.selectFrom('costSplit')
			.select('kind')
			.where('networkId', '=', actor.networkId)
			.where('splitId', '=', splitId)
			.executeTakeFirst()
	)?.kind as SplitKind | undefined) ?? null;

/** A request of which something was paid and nothing was shared yet. It names no case. */
export interface Sharable {
	readonly requestId: string;
	readonly at: Date;
	readonly organisationName: string;
	readonly paidCents: number;
}

/** What may be shared, newest first: as far as the actor may see the requests. */
export async function listSharable(tx: Tx, actor: Actor): Promise<Sharable[]> {
	const { rows } = await sql<Sharable>`
		select r.request_id, r.at, o.name as organisation_name, p.paid_cents
		from request r
		join organisation o on o.network_id = r.network_id and o.organisation_id = r.organisation_id
		cross join lateral (select app.request_paid_cents(r.request_id) as paid_cents) p
		where r.network_id = ${actor.networkId} and p.paid_cents > 0
			and not exists (select from claim c where c.network_id = r.network_id and c.request_id = r.request_id and c.split_id is not null)
		order by r.at desc, r.request_id limit 200`.execute(tx);
	return rows;
}

/** What was paid for a request that the actor may see, in cents. */
export async function findPaidCents(tx: Tx, requestId: string): Promise<number> {
	const { rows } = await sql<{ cents: number }>`select app.request_paid_cents(${requestId}) as cents`.execute(tx);
	return rows[0]?.cents ?? 0;
}

/** How many ways to share wait for an answer of the actor's own organisation, when they may give it. */
export async function countSplitsToAnswer(tx: Tx, actor: Actor, now: Date): Promise<number> {
	if (!actor.roles.includes('administrator') && !actor.roles.includes('governor')) return 0;
	return (await listSplits(tx, actor, now)).filter((split) =>
		split.parties.some((party) => party.organisationId === actor.organisationId && party.acceptedAt === null)
	).length;
}
