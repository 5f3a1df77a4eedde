import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { TrustAnswer } from './rules.ts';

/** A round with the answers in it that the actor may see: their own, and both once both stand. */
export interface Round {
	readonly roundId: string;
	readonly pairId: string;
	/** The first day of its quarter. */
	readonly quarter: string;
	readonly at: Date;
	/** Who opened it. */
	readonly membershipId: string;
	readonly answers: readonly TrustAnswer[];
}

interface Row extends Omit<Round, 'answers'> {
	readonly answers: readonly { readonly seatId: string; readonly scores: readonly number[]; readonly at: string }[];
}

const select = async (tx: Tx, actor: Actor, column: 'pair_id' | 'round_id', id: string): Promise<Round[]> => {
	const { rows } = await sql<Row>`
		select r.round_id, r.pair_id, r.quarter, r.at, r.membership_id,
			(select coalesce(json_agg(json_build_object('seatId', a.seat_id, 'scores', a.scores, 'at', a.at) order by a.at), '[]')
				from trust_answer a where a.network_id = r.network_id and a.round_id = r.round_id) as answers
		from trust_round r
		where r.network_id = ${actor.networkId} and ${sql.ref(`r.${column}`)} = ${id}
		order by r.quarter desc`.execute(tx);
	return rows.map((row) => ({ ...row, answers: row.answers.map((answer) => ({ ...answer, at: new Date(answer.at) })) }));
};

/** The rounds of a pair in which the actor has a seat, the newest first. */
export const listRounds = (tx: Tx, actor: Actor, pairId: string): Promise<Round[]> => select(tx, actor, 'pair_id', pairId);

/** One round, or null to whoever has no seat in it. */
export const findRound = async (tx: Tx, actor: Actor, roundId: string): Promise<Round | null> =>
	(await select(tx, actor, 'round_id', roundId))[0] ?? null;

export interface Side {
	readonly seatId: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
}

/** The two seats of a pair, or null while there are no two. */
export async function findSeats(tx: Tx, actor: Actor, pairId: string): Promise<{ readonly mine: Side; readonly other: Side } | null> {
	const rows = await tx
		.selectFrom('caseSeat')
		.select(['seatId', 'personId', 'membershipId', 'organisationId'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', pairId)
		.where('validUntil', 'is', null)
		.execute();
	const mine = rows.find(({ personId }) => personId === actor.personId);
	const other = rows.find(({ personId }) => personId !== actor.personId);
	return mine && other ? { mine, other } : null;
}
