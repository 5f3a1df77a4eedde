import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { lapsesAfterDays } from '../leaving/rules.ts';
import { binds } from '../memberships/rules.ts';
import { foldReturn } from './rules.ts';
import type { ReturnState } from './rules.ts';

/** An organisation that left and did not come back, with the proposal that it does, if one waits. */
export interface LeftOrganisation {
	readonly organisationId: string;
	readonly name: string;
	readonly leftAt: Date;
	readonly proposal: {
		readonly returnId: string;
		readonly proposedBy: string;
		readonly proposerName: string;
		readonly at: Date;
	} | null;
}

/** Which organisations left and can come back, the last one first. */
export async function listLeft(tx: Tx, actor: Pick<Actor, 'networkId'>, now: Date): Promise<LeftOrganisation[]> {
	const since = new Date(now.getTime() - lapsesAfterDays * 86_400_000);
	const { rows } = await sql<{
		organisationId: string;
		name: string;
		leftAt: Date;
		returnId: string | null;
		proposedBy: string;
		proposerName: string;
		at: Date;
	}>`
		select o.organisation_id, o.name, o.left_at, r.return_id, r.person_id as proposed_by, p.display_name as proposer_name, r.at
		from organisation o
		left join lateral (
			select w.return_id, w.person_id, w.at from organisation_return w
			where w.network_id = o.network_id and w.organisation_id = o.organisation_id and w.at > ${since}
				and not exists (select from organisation_return_answer a where a.network_id = w.network_id and a.return_id = w.return_id)
			order by w.at desc, w.return_id desc limit 1
		) r on true
		left join person p on p.network_id = o.network_id and p.person_id = r.person_id
		where o.network_id = ${actor.networkId} and o.left_at <= ${now}
			and not exists (select from organisation_return b
				join organisation_return_answer a on a.network_id = b.network_id and a.return_id = b.return_id and a.answer = 'confirmed'
				where b.network_id = o.network_id and b.organisation_id = o.organisation_id)
		order by o.left_at desc, o.organisation_id`.execute(tx);
	return rows.map(({ organisationId, name, leftAt, returnId, proposedBy, proposerName, at }) => ({
		...{ organisationId, name, leftAt },
		proposal: returnId === null ? null : { returnId, proposedBy, proposerName, at }
	}));
}

/** A proposal that an organisation comes back. */
export interface ProposedReturn {
	readonly returnId: string;
	readonly organisationId: string;
	readonly proposedBy: string;
	readonly state: ReturnState;
}

export async function findReturn(tx: Tx, actor: Pick<Actor, 'networkId'>, now: Date, returnId: string): Promise<ProposedReturn | null> {
	const row = await tx
		.selectFrom('organisationReturn as r')
		.leftJoin('organisationReturnAnswer as a', (join) =>
			join.onRef('a.networkId', '=', 'r.networkId').onRef('a.returnId', '=', 'r.returnId')
		)
		.select(['r.returnId', 'r.organisationId', 'r.personId as proposedBy', 'r.at', 'a.answer'])
		.where('r.networkId', '=', actor.networkId)
		.where('r.returnId', '=', returnId)
		.executeTakeFirst();
	if (!row) return null;
	const { at, answer, ...proposed } = row;
	return { ...proposed, state: foldReturn({ at, answer: answer as 'confirmed' | 'withdrawn' | null }, now) };
}

/** The organisations of which this reader can confirm that they come back; none for who binds no organisation. */
export const listReturnsToConfirm = async (tx: Tx, actor: Actor, now: Date): Promise<LeftOrganisation[]> =>
	binds(actor.roles)
		? (await listLeft(tx, actor, now)).filter(({ proposal }) => proposal !== null && proposal.proposedBy !== actor.personId)
		: [];

/** Who else has one of these roles in an organisation that is here, to be told. */
export async function listOthersWith(tx: Tx, actor: Actor, now: Date, roles: readonly string[]): Promise<string[]> {
	const rows = await tx
		.selectFrom('membership as m')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select('m.personId')
		.distinct()
		.where('m.networkId', '=', actor.networkId)
		.where('m.personId', '<>', actor.personId)
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]))
		.where(sql<boolean>`m.roles && ${[...roles]}::text[]`)
		.orderBy('m.personId')
		.execute();
	return rows.map(({ personId }) => personId);
}
