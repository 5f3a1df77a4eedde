import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { mayHandInScan, toLines } from './rules.ts';
import type { ScanFigure, ScanLine } from './rules.ts';

export interface ScanRound {
	readonly roundId: string;
	/** The last day on which it is filled in, `YYYY-MM-DD`. */
	readonly closesOn: string;
	readonly at: Date;
	readonly isOver: boolean;
	/** Whether the actor handed a sheet in. */
	readonly handedIn: boolean;
}

/** The rounds of the scan, the newest first. */
export async function listScans(tx: Tx, actor: Actor): Promise<readonly ScanRound[]> {
	const { rows } = await sql<ScanRound>`
		select r.round_id, r.closes_on, r.at, app.scan_is_over(r.round_id, (select app.now()) - interval '1 minute') as is_over,
			exists (select from scan_respondent h where h.network_id = r.network_id and h.round_id = r.round_id and h.person_id = ${actor.personId}) as handed_in
		from scan_round r where r.network_id = ${actor.networkId} order by r.at desc, r.round_id desc`.execute(tx);
	return rows;
}

/** The round that waits for the actor: open, and not filled in by them; null when there is none, or it is not theirs to fill in. */
export const findScanToFill = async (tx: Tx, actor: Actor): Promise<ScanRound | null> =>
	(mayHandInScan(actor.roles) ? (await listScans(tx, actor)).find(({ isOver, handedIn }) => !isOver && !handedIn) : null) ?? null;

export interface Scan extends ScanRound {
	/** What may be told of each statement; nothing while it is open, nor of fewer than three. */
	readonly lines: readonly ScanLine[];
	/** The round before it, as far as it may be told; null when there was none. */
	readonly before: { readonly roundId: string; readonly at: Date; readonly lines: readonly ScanLine[] } | null;
}

async function linesOf(tx: Tx, roundId: string): Promise<ScanLine[]> {
	const { rows } = await sql<ScanFigure>`
		select organisation_id, statement, answers::integer as answers, mean::float8 as mean, spread::float8 as spread from app.figure_scan(${roundId})`.execute(
		tx
	);
	return toLines(rows);
}

/** One round with what may be told of it, or null. */
export async function findScan(tx: Tx, actor: Actor, roundId: string): Promise<Scan | null> {
	const rounds = await listScans(tx, actor);
	const index = rounds.findIndex((round) => round.roundId === roundId);
	const round = rounds[index];
	if (!round) return null;
	const before = rounds.slice(index + 1).find(({ isOver }) => isOver);
	return {
		...round,
		lines: await linesOf(tx, roundId),
		before: before ? { roundId: before.roundId, at: before.at, lines: await linesOf(tx, before.roundId) } : null
	};
}
