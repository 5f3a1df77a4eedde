import { openNewestWords } from '#foundation/command/words.server.ts';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { momentNow } from './rules.ts';

/** A case on a case table, as those see it who sit at the case. */
export interface CaseItem {
	readonly itemId: string;
	/** At which meeting it comes now: where it was brought, or carried over to last. */
	readonly meetingId: string;
	readonly bodyId: string;
	readonly caseId: string;
	readonly pseudonym: string;
	/** Null: the meeting was moved or made shorter, and is over by then. */
	readonly startsAt: Date | null;
	readonly personId: string;
	readonly membershipId: string;
	/** Closed: what was agreed was noted, or it was taken off; null while it is open. */
	readonly noted: { readonly kind: 'noted' | 'taken_off'; readonly membershipId: string; readonly at: Date } | null;
}

async function selectCaseItems(tx: Tx, actor: Actor, wish: { readonly meetingId?: string; readonly itemId?: string }): Promise<CaseItem[]> {
	let query = tx
		.selectFrom('caseItem as i')
		.innerJoin('caseRecord as c', (join) => join.onRef('c.networkId', '=', 'i.networkId').onRef('c.caseId', '=', 'i.caseId'))
		.leftJoin('caseItemEnd as e', (join) => join.onRef('e.networkId', '=', 'i.networkId').onRef('e.itemId', '=', 'i.itemId'))
		.leftJoinLateral(
			(e) =>
				e
					.selectFrom('caseItemTime as t')
					.select(['t.meetingId', 't.startsAt', 't.eventId'])
					.whereRef('t.networkId', '=', 'i.networkId')
					.whereRef('t.itemId', '=', 'i.itemId')
					.orderBy('t.at', 'desc')
					.orderBy('t.timeId', 'desc')
					.limit(1)
					.as('later'),
			(join) => join.onTrue()
		)
		.innerJoin('meetingEvent as was', (join) =>
			join.onRef('was.networkId', '=', 'i.networkId').on((e) => e('was.eventId', '=', e.fn.coalesce('later.eventId', 'i.eventId')))
		)
		.innerJoinLateral(
			(e) =>
				e
					.selectFrom('meetingEvent as m')
					.select(['m.startsAt', 'm.endsAt'])
					.whereRef('m.networkId', '=', 'i.networkId')
					.where((m) => m('m.meetingId', '=', m.fn.coalesce('later.meetingId', 'i.meetingId')))
					.orderBy('m.at', 'desc')
					.orderBy('m.eventId', 'desc')
					.limit(1)
					.as('is'),
			(join) => join.onTrue()
		)
		.select(['i.itemId', 'i.bodyId', 'i.caseId', 'c.pseudonym', 'i.personId', 'i.membershipId'])
		.select((e) => [
			e.fn.coalesce('later.meetingId', 'i.meetingId').as('meetingId'),
			e.fn.coalesce('later.startsAt', 'i.startsAt').as('chosen')
		])
		.select(['was.startsAt as began', 'is.startsAt as begins', 'is.endsAt as ends'])
		.select(['e.kind as notedKind', 'e.membershipId as notedBy', 'e.at as notedAt'])
		.where('i.networkId', '=', actor.networkId);
	const { meetingId } = wish;
	if (meetingId !== undefined) query = query.where((e) => e(e.fn.coalesce('later.meetingId', 'i.meetingId'), '=', meetingId));
	if (wish.itemId !== undefined) query = query.where('i.itemId', '=', wish.itemId);
	const rows = await query.execute();
	return rows
		.map(({ notedKind, notedBy, notedAt, chosen, began, begins, ends, ...item }) => ({
			...item,
			startsAt: momentNow(chosen, began, { startsAt: begins, endsAt: ends }),
			noted:
				notedBy !== null && notedAt !== null
					? { kind: notedKind === 'taken_off' ? ('taken_off' as const) : ('noted' as const), membershipId: notedBy, at: notedAt }
					: null
		}))
		.toSorted((a, b) => (a.startsAt?.getTime() ?? Infinity) - (b.startsAt?.getTime() ?? Infinity) || (a.itemId < b.itemId ? -1 : 1));
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
