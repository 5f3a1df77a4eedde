import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { linkPath } from '#foundation/links/private-links.server.ts';
import type { Meeting } from '../agenda/read.server.ts';
import { listMeetingsSeen } from '../agenda/read.server.ts';
import { listBodies } from '../bodies/read.server.ts';
import type { Body } from '../bodies/read.server.ts';
import { listMyCaseItems } from '../case-table/read.server.ts';

/** A meeting on someone's own agenda. */
export interface OwnMeeting extends Meeting {
	readonly name: string;
	readonly kind: Body['kind'];
	readonly organisationName: string | null;
	/** Why it stands there: a fixed seat, an item that one joined or put on it, a case at whose table one sits, or open to whoever wants to learn. */
	readonly why: 'seat' | 'case' | 'item' | 'open';
}

/** The meetings on the actor's own agenda that end at this moment or later, the first one first; those that were cancelled too. */
export async function listMyAgenda(tx: Tx, actor: Actor, now: Date, from: Date): Promise<OwnMeeting[]> {
	const bodies = new Map((await listBodies(tx, actor, now)).map((body) => [body.bodyId, body]));
	const meetings = (await listMeetingsSeen(tx, actor)).filter((meeting) => meeting.endsAt >= from);
	if (meetings.length === 0) return [];
	const items = await tx
		.selectFrom('agendaItem as i')
		.leftJoin('itemSeat as s', (join) =>
			join.onRef('s.networkId', '=', 'i.networkId').onRef('s.itemId', '=', 'i.itemId').on('s.personId', '=', actor.personId)
		)
		.select(sql<string>`app.item_meeting(i.item_id)`.as('meetingId'))
		.where('i.networkId', '=', actor.networkId)
		.where((e) => e.or([e('s.personId', 'is not', null), e('i.personId', '=', actor.personId)]))
		.execute();
	const withItem = new Set(items.map((item) => item.meetingId));
	const withCase = new Set((await listMyCaseItems(tx, actor)).map((item) => item.meetingId));
	return meetings.flatMap((meeting): OwnMeeting[] => {
		const body = bodies.get(meeting.bodyId);
		if (!body) return [];
		const why = whyOwn(body, actor, withItem.has(meeting.meetingId), withCase.has(meeting.meetingId));
		return why === null ? [] : [{ ...meeting, name: body.name, kind: body.kind, organisationName: body.organisationName, why }];
	});
}

/** A meeting of the network as a whole. */
export interface NetworkMeeting extends Meeting {
	readonly name: string;
}

/** The next meetings of those who meet for the whole network, as far as the actor may see them; the first one first. Without those that were cancelled. */
export async function listNetworkAgenda(tx: Tx, actor: Actor, now: Date, most: number): Promise<NetworkMeeting[]> {
	const names = new Map(
		(await listBodies(tx, actor, now)).filter((body) => body.organisationId === null).map((body) => [body.bodyId, body.name])
	);
	return (await listMeetingsSeen(tx, actor))
		.filter((meeting) => meeting.state === 'called' && meeting.endsAt >= now)
		.flatMap((meeting) => {
			const name = names.get(meeting.bodyId);
			return name === undefined ? [] : [{ ...meeting, name }];
		})
		.slice(0, most);
}

function whyOwn(body: Body, actor: Actor, withItem: boolean, withCase: boolean): OwnMeeting['why'] | null {
	if (withCase) return 'case';
	if (body.seats.some((seat) => seat.personId === actor.personId)) return 'seat';
	if (withItem) return 'item';
	return body.kind === 'learning' || body.kind === 'evaluation' ? 'open' : null;
}

/** The link by which the actor's calendar reads their agenda, when one stands. */
export const findCalendarLink = async (
	tx: Tx,
	actor: Actor,
	now: Date
): Promise<{ readonly linkId: string; readonly madeAt: Date; readonly expiresAt: Date } | null> =>
	(await tx
		.selectFrom('privateLink as l')
		.leftJoin('privateLinkEnd as e', (join) => join.onRef('e.networkId', '=', 'l.networkId').onRef('e.linkId', '=', 'l.linkId'))
		.select(['l.linkId', 'l.madeAt', 'l.expiresAt'])
		.where('l.networkId', '=', actor.networkId)
		.where('l.purpose', '=', 'calendar')
		.where('l.personId', '=', actor.personId)
		.where('l.subjectId', '=', actor.membershipId)
		.where('l.expiresAt', '>', now)
		.where('e.linkId', 'is', null)
		.orderBy('l.madeAt', 'desc')
		.limit(1)
		.executeTakeFirst()) ?? null;

/** The whole address of a calendar's link: a secret, for the page that shows it once to who made it. */
export async function calendarAddress(installation: Installation, actor: Actor, linkId: string): Promise<string> {
	const network = (await installation.door.listNetworks()).find((entry) => entry.networkId === actor.networkId);
	if (!network) throw new Error('An actor acts in a network of this installation.');
	return installation.settings.origin + (await linkPath(installation, network.slug, { linkId, purpose: 'calendar' }));
}
