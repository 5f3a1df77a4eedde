import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { casesForHeadline } from '../figures/rules.ts';
import type { FollowUpOutcome } from '../follow-up/rules.ts';
import { summedWays } from './rules.ts';
import type { CountedReturn, SummedWays } from './rules.ts';

/** What was realised in a case as its newest check found it. */
export interface RealisedReturn {
	readonly followUpId: string;
	readonly at: Date;
	readonly seed: number;
	readonly draws: number;
	readonly ways: SummedWays;
}

/** The newest realised return of a case at whose table the actor sits, or null. */
export async function findRealised(tx: Tx, actor: Actor, caseId: string): Promise<RealisedReturn | null> {
	const row = await tx
		.selectFrom('countedReturn')
		.select(['followUpId', 'at', 'seed', 'draws', 'potCents', 'inputsCents'])
		.select(['grossCents', 'grossLowCents', 'grossHighCents', 'adjustedCents', 'adjustedLowCents', 'adjustedHighCents'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.where('kind', '=', 'realised')
		.orderBy('at', 'desc')
		.orderBy('countedId', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!row) return null;
	const { followUpId, at, seed, draws, ...sums } = row;
	if (followUpId === null) throw new Error('What was realised was found at a check.');
	return { followUpId, at, seed: Number(seed), draws, ways: summedWays(sums) };
}

/** Returns over several cases: how many, and the three ways together; no amounts under three cases. */
export interface ReturnSum {
	readonly cases: number;
	readonly ways: SummedWays | null;
}

/** The return of the network so far, and how much of it nobody knows. */
export interface NetworkReturn {
	/** Helped cases by how far they were followed up. Missing is due and not done, let go, or contact lost: never a success. */
	readonly helped: number;
	readonly followed: number;
	readonly missing: number;
	readonly notDue: number;
	readonly outcomes: Readonly<Record<Exclude<FollowUpOutcome, 'contact_lost'>, number>>;
	/** All estimates; what was realised in the cases that were followed up; and what had been foreseen for the same cases. */
	readonly estimate: ReturnSum;
	readonly realised: ReturnSum;
	readonly foreseen: ReturnSum;
	/** A ratio may stand at the head of a page from ten followed-up cases on (E5). */
	readonly headline: { readonly kind: 'count' | 'ratio'; readonly needed: number };
}

type SumRow = { readonly kind: string; readonly cases: number } & { readonly [K in keyof CountedReturn]: number | null };

/** How many helped cases of the network were followed up. */
export async function countFollowedUp(tx: Tx): Promise<number> {
	const { rows } = await sql<{ cases: string }>`
		select coalesce(sum(cases), 0)::int as cases from app.figure_follow_ups() where state = 'followed'`.execute(tx);
	return Number(rows[0]?.cases ?? 0);
}

/** Reads the figures of the network: counts and sums only, never of a single case. */
export async function getNetworkReturn(tx: Tx): Promise<NetworkReturn> {
	const followUps = (await sql<{ state: string; outcome: string | null; cases: string }>`select * from app.figure_follow_ups()`.execute(tx))
		.rows;
	const sums = (await sql<SumRow>`select * from app.figure_returns()`.execute(tx)).rows;
	const count = (of: (row: { state: string; outcome: string | null }) => boolean): number =>
		followUps.filter(of).reduce((total, row) => total + Number(row.cases), 0);
	const sumOf = (kind: string): ReturnSum => {
		const row = sums.find((one) => one.kind === kind);
		if (!row) return { cases: 0, ways: null };
		return { cases: Number(row.cases), ways: row.potCents === null ? null : summedWays(numbersOf(row)) };
	};
	const followed = count((row) => row.state === 'followed');
	return {
		helped: count(() => true),
		followed,
		missing: count((row) => row.state === 'missing'),
		notDue: count((row) => row.state === 'not_due'),
		outcomes: {
			reached: count((row) => row.outcome === 'reached'),
			partly: count((row) => row.outcome === 'partly'),
			not: count((row) => row.outcome === 'not')
		},
		estimate: sumOf('estimate'),
		realised: sumOf('realised'),
		foreseen: sumOf('foreseen'),
		headline: { kind: followed >= casesForHeadline ? 'ratio' : 'count', needed: casesForHeadline }
	};
}

/** Cents come as text where PostgreSQL counts in bigint. */
const numbersOf = (row: SumRow): CountedReturn => ({
	potCents: Number(row.potCents),
	inputsCents: Number(row.inputsCents),
	grossCents: Number(row.grossCents),
	grossLowCents: Number(row.grossLowCents),
	grossHighCents: Number(row.grossHighCents),
	adjustedCents: Number(row.adjustedCents),
	adjustedLowCents: Number(row.adjustedLowCents),
	adjustedHighCents: Number(row.adjustedHighCents)
});
