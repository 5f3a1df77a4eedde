import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Durability, Effects, Filled, Goal, Precedent, Problem, Scheme, Triangle } from './rules.ts';

/** Everything that was filled in of a request, with the id under which the words of each entry stand. */
export interface FilledIn extends Filled {
	readonly problems: readonly (Problem & { readonly entryId: string })[];
	readonly schemes: readonly (Scheme & { readonly entryId: string })[];
	readonly replies: readonly { readonly entryId: string; readonly at: Date }[];
	/** When each step was last saved. */
	readonly savedAt: ReadonlyMap<string, Date>;
}

/** What was filled in of a request, of each entry the newest; nothing when it is not for this actor to read. */
export async function listFilled(tx: Tx, actor: Pick<Actor, 'networkId'>, requestId: string): Promise<FilledIn> {
	const rows = await tx
		.selectFrom('requestFact')
		.distinctOn(['step', 'entryId'])
		.select(['step', 'entryId', 'facts', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('requestId', '=', requestId)
		.orderBy('step')
		.orderBy('entryId')
		.orderBy('at', 'desc')
		.orderBy('factId', 'desc')
		.execute();
	const one = <T>(step: string): T | null => (rows.find((row) => row.step === step)?.facts as T | undefined) ?? null;
	const several = <T extends { readonly dropped?: boolean }>(step: string): (T & { entryId: string })[] =>
		rows
			.filter((row) => row.step === step)
			.map((row) => ({ ...(row.facts as unknown as T), entryId: row.entryId }))
			.filter((entry) => entry.dropped !== true);
	const savedAt = new Map<string, Date>();
	for (const row of rows) if ((savedAt.get(row.step) ?? row.at) <= row.at) savedAt.set(row.step, row.at);
	return {
		goal: one<Goal>('goal'),
		problems: several<Problem>('problem').toSorted((a, b) => a.place - b.place || (a.entryId < b.entryId ? -1 : 1)),
		schemes: several<Scheme>('scheme').toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1)),
		triangle: one<Triangle>('triangle'),
		durability: one<Durability>('durability'),
		effects: one<Effects>('effects'),
		precedents: one('precedents') !== null,
		replies: rows.filter((row) => row.step === 'reply').map(({ entryId, at }) => ({ entryId, at })),
		savedAt
	};
}

/** How closed cases with the same cause ended; none under three, and none while the cause of the case was not named. */
export async function listPrecedents(tx: Tx, requestId: string): Promise<(Precedent & { readonly cause: string })[]> {
	const { rows } = await sql<Precedent & { cause: string }>`
		select cause, outcome, cases from app.figure_precedents(${requestId}) order by cases desc nulls last, outcome`.execute(tx);
	return rows;
}

/** Whether giving money departs from what worked in most closed cases alike; with fewer than three that were helped there is nothing to depart from. */
export async function departsFromPrecedents(tx: Tx, requestId: string): Promise<boolean> {
	const { rows } = await sql<{ departs: boolean }>`select app.departs_from_precedents(${requestId}) as departs`.execute(tx);
	return rows[0]?.departs === true;
}
