import { openNewestWords } from '#foundation/command/words.server.ts';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';

/** A case on a case table, as those see it who sit at the case. */
export interface CaseItem {
	readonly itemId: string;
	readonly meetingId: string;
	readonly bodyId: string;
	readonly caseId: string;
	readonly pseudonym: string;
	readonly startsAt: Date;
	readonly personId: string;
	readonly membershipId: string;
	readonly noted: { readonly membershipId: string; readonly at: Date } | null;
}

async function selectCaseItems(tx: Tx, actor: Actor, wish: { readonly meetingId?: string; readonly itemId?: string }): Promise<CaseItem[]> {
	let query = tx
		.selectFrom('caseItem as i')
		.innerJoin('caseRecord as c', (join) => join.onRef('c.networkId', '=', 'i.networkId').onRef('c.caseId', '=', 'i.caseId'))
		.leftJoin('caseItemEnd as e', (join) => join.onRef('e.networkId', '=', 'i.networkId').onRef('e.itemId', '=', 'i.itemId'))
		.select(['i.itemId', 'i.meetingId', 'i.bodyId', 'i.caseId', 'c.pseudonym', 'i.startsAt', 'i.personId', 'i.membershipId'])
		.select(['e.membershipId as notedBy', 'e.at as notedAt'])
		.where('i.networkId', '=', actor.networkId);
	if (wish.meetingId !== undefined) query = query.where('i.meetingId', '=', wish.meetingId);
	if (wish.itemId !== undefined) query = query.where('i.itemId', '=', wish.itemId);
	const rows = await query.orderBy('i.startsAt').orderBy('i.itemId').execute();
	return rows.map(({ notedBy, notedAt, ...item }) => ({
		...item,
		noted: notedBy !== null && notedAt !== null ? { membershipId: notedBy, at: notedAt } : null
	}));
}

/** The cases of a case table that the actor sits at, in order of time: nobody learns how many others there are. */
export const listCaseItems = (tx: Tx, actor: Actor, meetingId: string): Promise<CaseItem[]> => selectCaseItems(tx, actor, { meetingId });

/** Of every case table. */
export const listMyCaseItems = (tx: Tx, actor: Actor): Promise<CaseItem[]> => selectCaseItems(tx, actor, {});

export const findCaseItem = async (tx: Tx, actor: Actor, itemId: string): Promise<CaseItem | null> =>
	(await selectCaseItems(tx, actor, { itemId }))[0] ?? null;

/** What was said of it; null words: not there yet, or their key is gone. */
export async function openCaseItem(
	tx: Tx,
	keyring: Keyring,
	actor: Actor,
	{ caseId, itemId }: Pick<CaseItem, 'caseId' | 'itemId'>
): Promise<{ readonly text: string | null; readonly decision: string | null; readonly reason: string | null }> {
	const words = await openNewestWords(tx, keyring, { networkId: actor.networkId, caseId }, itemId, ['case_item', 'minutes', 'minutes_why']);
	return {
		text: words?.get('case_item') ?? null,
		decision: words?.get('minutes') ?? null,
		reason: words?.get('minutes_why') ?? null
	};
}
