import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { ItemEnd } from './rules.ts';

export interface Meeting {
	readonly meetingId: string;
	readonly bodyId: string;
	/** The last change of it, or its being called. */
	readonly eventId: string;
	readonly state: 'called' | 'cancelled';
	readonly startsAt: Date;
	readonly endsAt: Date;
	readonly place: string;
	/** How often it was changed since it was called. */
	readonly changes: number;
	/** When it was last called, moved or cancelled. */
	readonly changedAt: Date;
}

interface Wish {
	readonly meetingId?: string;
	readonly bodyId?: string;
	readonly meetingIds?: readonly string[];
}

async function selectMeetings(tx: Tx, actor: Actor, wish: Wish): Promise<Meeting[]> {
	let query = tx
		.selectFrom('meetingEvent')
		.distinctOn('meetingId')
		.select(['meetingId', 'bodyId', 'eventId', 'kind', 'startsAt', 'endsAt', 'place', 'at as changedAt'])
		.select(sql<number>`(count(*) over (partition by meeting_id))::int - 1`.as('changes'))
		.where('networkId', '=', actor.networkId);
	if (wish.meetingId !== undefined) query = query.where('meetingId', '=', wish.meetingId);
	if (wish.bodyId !== undefined) query = query.where('bodyId', '=', wish.bodyId);
	if (wish.meetingIds !== undefined) query = query.where('meetingId', 'in', wish.meetingIds);
	const rows = await query.orderBy('meetingId').orderBy('at', 'desc').orderBy('eventId', 'desc').execute();
	return rows
		.map(({ kind, ...row }): Meeting => ({ ...row, state: kind === 'cancelled' ? 'cancelled' : 'called' }))
		.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.meetingId < b.meetingId ? -1 : 1));
}

/** The meetings of a body, the first in time first. */
export const listMeetings = (tx: Tx, actor: Actor, bodyId: string): Promise<Meeting[]> => selectMeetings(tx, actor, { bodyId });

/** Every meeting that the actor may see, or some of them by id. */
export const listMeetingsSeen = (tx: Tx, actor: Actor, meetingIds?: readonly string[]): Promise<Meeting[]> =>
	meetingIds?.length === 0 ? Promise.resolve([]) : selectMeetings(tx, actor, meetingIds === undefined ? {} : { meetingIds });

/** One meeting; null when the actor may not see it. */
export const findMeeting = async (tx: Tx, actor: Actor, meetingId: string): Promise<Meeting | null> =>
	(await selectMeetings(tx, actor, { meetingId }))[0] ?? null;

export interface ItemPosition {
	readonly personId: string;
	readonly membershipId: string;
	readonly position: 'consent' | 'objection' | 'aside';
	readonly reason: string;
}

export interface AgendaItem {
	readonly itemId: string;
	/** At which meeting it stands now: where it was put, or carried over to last. */
	readonly meetingId: string;
	readonly bodyId: string;
	readonly title: string;
	readonly text: string;
	readonly personId: string;
	readonly membershipId: string;
	/** Who joined for this item only, in the order in which they did. */
	readonly joined: readonly { readonly personId: string; readonly membershipId: string }[];
	/** What is proposed now; null when nothing is. */
	readonly proposal: { readonly version: number; readonly text: string; readonly personId: string; readonly membershipId: string } | null;
	/** What each finds of it, one's newest. */
	readonly positions: readonly ItemPosition[];
	/** The minutes; null while it is open. */
	readonly end: {
		readonly kind: ItemEnd;
		/** What was decided; null: nothing was. */
		readonly decision: string | null;
		readonly reason: string;
		readonly rule: string;
		readonly personId: string;
		readonly membershipId: string;
		readonly at: Date;
	} | null;
	/** Where it stood before it was carried over to this meeting, and why it was; null when it never was. */
	readonly carried: {
		readonly fromMeetingId: string;
		readonly reason: string;
		readonly personId: string;
		readonly membershipId: string;
		readonly at: Date;
	} | null;
}

async function selectItems(tx: Tx, actor: Actor, wish: { readonly meetingId?: string; readonly itemId?: string }): Promise<AgendaItem[]> {
	let query = tx
		.selectFrom('agendaItem')
		.select(['itemId', 'bodyId', 'title', 'text', 'personId', 'membershipId'])
		.select(sql<string>`app.item_meeting(item_id)`.as('meetingId'))
		.where('networkId', '=', actor.networkId);
	if (wish.meetingId !== undefined) query = query.where(sql<boolean>`item_id in (select app.items_at(${wish.meetingId}::uuid))`);
	if (wish.itemId !== undefined) query = query.where('itemId', '=', wish.itemId);
	const items = await query.orderBy('at').orderBy('itemId').execute();
	if (items.length === 0) return [];
	const ids = items.map((item) => item.itemId);
	const joined = await tx
		.selectFrom('itemSeat')
		.select(['itemId', 'personId', 'membershipId'])
		.where('networkId', '=', actor.networkId)
		.where('itemId', 'in', ids)
		.orderBy('at')
		.orderBy('personId')
		.execute();
	const proposals = await tx
		.selectFrom('itemProposal')
		.select(['itemId', 'version', 'text', 'personId', 'membershipId'])
		.where('networkId', '=', actor.networkId)
		.where('itemId', 'in', ids)
		.orderBy('version')
		.execute();
	const positions = await tx
		.selectFrom('itemPosition')
		.distinctOn(['itemId', 'version', 'personId'])
		.select(['itemId', 'version', 'personId', 'membershipId', 'position', 'reason'])
		.where('networkId', '=', actor.networkId)
		.where('itemId', 'in', ids)
		.orderBy('itemId')
		.orderBy('version')
		.orderBy('personId')
		.orderBy('at', 'desc')
		.orderBy('positionId', 'desc')
		.execute();
	const ends = await tx
		.selectFrom('itemEnd')
		.select(['itemId', 'version', 'kind', 'rule', 'reason', 'personId', 'membershipId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('itemId', 'in', ids)
		.execute();
	const carries = await tx
		.selectFrom('itemCarry')
		.distinctOn('itemId')
		.select(['itemId', 'fromMeetingId', 'reason', 'personId', 'membershipId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('itemId', 'in', ids)
		.orderBy('itemId')
		.orderBy('at', 'desc')
		.orderBy('carryId', 'desc')
		.execute();
	return items.map((item) => {
		const of = <T extends { readonly itemId: string }>(rows: readonly T[]): T[] => rows.filter((row) => row.itemId === item.itemId);
		const newest = of(proposals).at(-1);
		const [end] = of(ends);
		const [carried] = of(carries);
		return {
			...item,
			carried: carried
				? {
						...{ fromMeetingId: carried.fromMeetingId, reason: carried.reason, at: carried.at },
						...{ personId: carried.personId, membershipId: carried.membershipId }
					}
				: null,
			joined: of(joined).map(({ personId, membershipId }) => ({ personId, membershipId })),
			proposal: newest
				? { version: newest.version, text: newest.text, personId: newest.personId, membershipId: newest.membershipId }
				: null,
			positions: of(positions)
				.filter((one) => one.version === newest?.version)
				.map(({ personId, membershipId, position, reason }) => ({
					...{ personId, membershipId, reason },
					position: position as ItemPosition['position']
				})),
			end: end
				? {
						kind: end.kind as ItemEnd,
						...{ reason: end.reason, rule: end.rule, personId: end.personId, membershipId: end.membershipId, at: end.at },
						decision: of(proposals).find((one) => one.version === end.version)?.text ?? null
					}
				: null
		};
	});
}

/** The items of a meeting in the order in which they were put on the agenda; with those that are closed, its minutes. */
export const listItems = (tx: Tx, actor: Actor, meetingId: string): Promise<AgendaItem[]> => selectItems(tx, actor, { meetingId });

/** One item; null when the actor may not see it. */
export const findItem = async (tx: Tx, actor: Actor, itemId: string): Promise<AgendaItem | null> =>
	(await selectItems(tx, actor, { itemId }))[0] ?? null;

/** Who put these items on the agenda or joined for one, and still works here: by item, or all of a meeting. */
export async function listAtItems(
	tx: Tx,
	actor: Actor,
	now: Date,
	wish: { readonly meetingId: string } | { readonly itemId: string }
): Promise<string[]> {
	const rows = await tx
		.selectFrom('agendaItem as i')
		.leftJoin('itemSeat as s', (join) => join.onRef('s.networkId', '=', 'i.networkId').onRef('s.itemId', '=', 'i.itemId'))
		.innerJoin('membership as m', (join) =>
			join
				.onRef('m.networkId', '=', 'i.networkId')
				.on((e) => e.or([e('m.membershipId', '=', e.ref('i.membershipId')), e('m.membershipId', '=', e.ref('s.membershipId'))]))
		)
		.select('m.personId')
		.distinct()
		.where('i.networkId', '=', actor.networkId)
		.where(
			'itemId' in wish
				? sql<boolean>`i.item_id = ${wish.itemId}`
				: sql<boolean>`i.item_id in (select app.items_at(${wish.meetingId}::uuid))`
		)
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.execute();
	return rows.map((row) => row.personId);
}

/** Whether someone's only seats among these are for another organisation they work for now: then they go on as that. */
export async function sitsForOther(
	tx: Tx,
	actor: Actor,
	now: Date,
	seats: readonly { readonly personId: string; readonly membershipId: string }[]
): Promise<boolean> {
	const own = seats.filter((seat) => seat.personId === actor.personId).map((seat) => seat.membershipId);
	if (own.length === 0 || own.includes(actor.membershipId)) return false;
	const stands = await tx
		.selectFrom('membership as m')
		.innerJoin('organisation as o', (join) =>
			join.onRef('o.networkId', '=', 'm.networkId').onRef('o.organisationId', '=', 'm.organisationId')
		)
		.select('m.membershipId')
		.where('m.networkId', '=', actor.networkId)
		.where('m.membershipId', 'in', own)
		.where('m.validFrom', '<=', now)
		.where((e) => e.or([e('m.validUntil', 'is', null), e('m.validUntil', '>', now)]))
		.where((e) => e.or([e('o.leftAt', 'is', null), e('o.leftAt', '>', now)]))
		.executeTakeFirst();
	return stands !== undefined;
}
