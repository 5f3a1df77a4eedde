import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { listAgreements } from '#rooms/agreements/read.server.ts';
import { listAnswerers } from '#rooms/knowledge/read.server.ts';

export type HelpKind = 'answered' | 'agreed';

/** Everyone who helped in a case, save the actor: who answered a question of it, and who made an agreement. */
export async function listHelpers(tx: Tx, actor: Actor, caseId: string): Promise<{ personId: string; kind: HelpKind }[]> {
	const answered = (await listAnswerers(tx, actor, caseId)).map(({ personId }) => personId);
	const agreed = new Set((await listAgreements(tx, actor, caseId)).map(({ personId }) => personId));
	return [
		...answered.map((personId) => ({ personId, kind: 'answered' as const })),
		...[...agreed].map((personId) => ({ personId, kind: 'agreed' as const }))
	].filter(({ personId }) => personId !== actor.personId);
}

/** What was told of a case: the outcomes, each at most once. */
export const listTold = async (tx: Tx, actor: Actor, caseId: string): Promise<{ outcome: 'reached' | 'partly'; at: Date }[]> =>
	(await tx
		.selectFrom('successTold')
		.select(['outcome', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('at')
		.execute()) as { outcome: 'reached' | 'partly'; at: Date }[];

/** "Hier hielp jij mee": what worked out with the actor's help. The case only where the actor sits at its table. */
export interface Thanks {
	readonly toldId: string;
	readonly kinds: readonly HelpKind[];
	readonly at: Date;
	readonly caseId: string | null;
	readonly pseudonym: string | null;
}

/** Everything that worked out with the actor's help, newest first. */
export async function listMyThanks(tx: Tx, actor: Actor): Promise<Thanks[]> {
	const rows = await tx
		.selectFrom('successThanks as t')
		.leftJoin('successTold as s', (join) => join.onRef('s.networkId', '=', 't.networkId').onRef('s.toldId', '=', 't.toldId'))
		.leftJoin('caseRecord as c', (join) => join.onRef('c.networkId', '=', 's.networkId').onRef('c.caseId', '=', 's.caseId'))
		.select(['t.toldId', 't.kind', 't.at', 's.caseId', 'c.pseudonym'])
		.where('t.networkId', '=', actor.networkId)
		.where('t.personId', '=', actor.personId)
		.orderBy('t.at', 'desc')
		.orderBy('t.toldId', 'desc')
		.orderBy('t.kind')
		.execute();
	const thanks = new Map<string, Thanks>();
	for (const { kind, ...row } of rows)
		thanks.set(row.toldId, { ...row, kinds: [...(thanks.get(row.toldId)?.kinds ?? []), kind as HelpKind] });
	return [...thanks.values()];
}
