import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { HandOver, HandOverAnswer } from './rules.ts';

/** All offers to hold a case, oldest first, for who sits at its table. */
export async function listHandOvers(tx: Tx, actor: Actor, caseId: string): Promise<HandOver[]> {
	const rows = await tx
		.selectFrom('handOver as h')
		.leftJoin('handOverEnd as e', (join) => join.onRef('e.networkId', '=', 'h.networkId').onRef('e.handOverId', '=', 'h.handOverId'))
		.select(['h.handOverId', 'h.caseId', 'h.fromPersonId', 'h.toPersonId', 'h.toMembershipId', 'h.stays', 'h.at', 'e.answer'])
		.where('h.networkId', '=', actor.networkId)
		.where('h.caseId', '=', caseId)
		.orderBy('h.at')
		.orderBy('h.handOverId')
		.execute();
	return rows.map(({ answer, ...row }) => ({ ...row, answer: answer as HandOverAnswer | null }));
}

/** Whether the holder of a case works for their organisation no more. False to who does not sit at its table. */
export async function hasHolderLeft(tx: Tx, caseId: string): Promise<boolean> {
	const { rows } = await sql<{ gone: boolean }>`select app.holder_left(${caseId}) as gone`.execute(tx);
	return rows[0]?.gone ?? false;
}

/** A case that someone may take over: it was offered to them, or its holder has left. */
export interface CaseToHold {
	readonly caseId: string;
	readonly pseudonym: string;
	readonly holderPersonId: string;
	readonly why: 'offered' | 'left';
}

/** The cases that wait for a holder and that the actor may take over, the longest waiting first. */
export async function listMyCasesToHold(tx: Tx, actor: Actor): Promise<CaseToHold[]> {
	const { rows } = await sql<CaseToHold>`
		select c.case_id, c.pseudonym, held.person_id as holder_person_id, case when o.hand_over_id is null then 'left' else 'offered' end as why
		from case_seat mine
		join case_record c on c.network_id = mine.network_id and c.case_id = mine.case_id
		join case_seat held on held.network_id = mine.network_id and held.case_id = mine.case_id and held.holder and held.valid_until is null
		left join lateral (
			select h.hand_over_id from hand_over h
			where h.network_id = mine.network_id and h.case_id = mine.case_id and h.to_person_id = mine.person_id and h.to_membership_id = mine.membership_id
				and h.from_person_id = held.person_id and h.at >= held.valid_from
				and not exists (select from hand_over_end e where e.network_id = h.network_id and e.hand_over_id = h.hand_over_id)
			limit 1
		) o on true
		join membership m on m.network_id = held.network_id and m.membership_id = held.membership_id
		join organisation g on g.network_id = m.network_id and g.organisation_id = m.organisation_id
		where mine.network_id = ${actor.networkId} and mine.person_id = ${actor.personId} and mine.membership_id = ${actor.membershipId}
			and mine.valid_until is null and not mine.holder
			and (o.hand_over_id is not null or m.valid_until <= app.now() or g.left_at <= app.now())
		order by c.case_id`.execute(tx);
	return rows;
}
