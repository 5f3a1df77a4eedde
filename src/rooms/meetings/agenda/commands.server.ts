import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { changedKind } from '#foundation/live/changed.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findOwnBody, hasFixedSeat, refuseForOther, refuseNotFixed } from '../bodies/commands.server.ts';
import type { Body } from '../bodies/read.server.ts';
import { findItem, findMeeting, listAtItems, sitsForOther } from './read.server.ts';
import type { AgendaItem, Meeting } from './read.server.ts';
import { isToCome, spanOf } from './rules.ts';
import { addItemSchema, callMeetingSchema, changeMeetingSchema, itemSchema } from './schema.ts';

interface When {
	readonly day: string;
	readonly from: number;
	readonly until: number;
}

/** When it is, or which field is wrong: a time that the clock skips, one that has gone by, or more than half a day. */
function readWhen({ now }: Deed, { day, from, until }: When): Outcome<{ startsAt: Date; endsAt: Date }> {
	const wrong = (path: string, code: 'no_such_time' | 'date_in_past' | 'meeting_too_long') =>
		refuse('invalid', { fields: [{ path: [path], code }] });
	const span = spanOf(day, from, until);
	if (span === 'starts_never') return wrong('from', 'no_such_time');
	if (span === 'ends_never') return wrong('until', 'no_such_time');
	if (span === 'lasts_too_long') return wrong('until', 'meeting_too_long');
	return span.endsAt <= now ? wrong('day', 'date_in_past') : ok(span);
}

/** A fixed seat or the facilitator convenes; nobody else. */
const mayConvene = (deed: Deed, body: Body): boolean => hasFixedSeat(deed, body) || deed.actor.roles.includes('facilitator');

async function addEvent(
	deed: Deed,
	meeting: { readonly meetingId: string; readonly bodyId: string; readonly startsAt: Date; readonly endsAt: Date; readonly place: string },
	kind: 'called' | 'moved' | 'cancelled'
): Promise<string> {
	const { networkId, personId, membershipId } = deed.actor;
	const { meetingId, bodyId, startsAt, endsAt, place } = meeting;
	const eventId = deed.id();
	await deed.tx
		.insertInto('meetingEvent')
		.values({ networkId, eventId, meetingId, bodyId, kind, startsAt, endsAt, place, personId, membershipId, at: deed.now })
		.execute();
	return eventId;
}

/** Word to who has a fixed seat, but to who does it. */
async function tellSeats(deed: Deed, body: Body, meetingId: string, kind: 'mail.meeting_called' | 'mail.meeting_changed'): Promise<void> {
	for (const { personId } of body.seats)
		if (personId !== deed.actor.personId) await deed.tell(kind, { bodyId: body.bodyId, meetingId, personId });
}

/** Puts an item on an agenda; answers its id. */
async function insertItem(
	deed: Deed,
	{ meetingId, bodyId }: Pick<Meeting, 'meetingId' | 'bodyId'>,
	{ title, text }: { readonly title: string; readonly text: string }
): Promise<string> {
	const itemId = deed.id();
	const { networkId, personId, membershipId } = deed.actor;
	await deed.tx
		.insertInto('agendaItem')
		.values({ networkId, itemId, meetingId, bodyId, title: title.trim(), text: text.trim(), personId, membershipId, at: deed.now })
		.execute();
	return itemId;
}

/** Word that it was moved or cancelled to everyone whom it concerns, once, by what they are to it. Who convenes a case table does not learn who sits at its cases. */
async function tellChanged(deed: Deed, body: Body, meetingId: string, eventId: string): Promise<void> {
	const { tx, actor, now } = deed;
	const { bodyId } = body;
	await tellSeats(deed, body, meetingId, 'mail.meeting_changed');
	const fixed = new Set(body.seats.map((seat) => seat.personId));
	for (const personId of await listAtItems(tx, actor, now, { meetingId }))
		if (personId !== actor.personId && !fixed.has(personId))
			await deed.tell('mail.meeting_of_item_changed', { bodyId, meetingId, personId });
	if (body.kind === 'case_table') await deed.tell('meeting.case_table_changed', { bodyId, meetingId, eventId });
}

/** A fixed seat or the facilitator calls a meeting, perhaps for one thing that stands on its agenda at once. */
export const callMeeting = command({
	act: 'meeting.call',
	schema: callMeetingSchema,
	async run(deed, input): Promise<Outcome<{ meetingId: string; bodyId: string }>> {
		deed.about('body', input.bodyId);
		const found = await findOwnBody(deed, input.bodyId);
		if (!found.ok) return found;
		const body = found.value;
		if (!mayConvene(deed, body)) return refuseNotFixed(deed, body);
		const when = readWhen(deed, input);
		if (!when.ok) return when;
		const { item } = input;
		if (item && body.kind === 'case_table') return refuse('wrong_state');
		const doubts = findDoubts({ text: item?.text });
		if (doubts.length > 0 && item?.acknowledged !== true)
			return refuse('needs_acknowledgement', { fields: doubts.map(({ path, ...doubt }) => ({ ...doubt, path: ['item', ...path] })) });
		const meetingId = deed.id();
		deed.about('meeting', meetingId);
		const { networkId, personId, membershipId } = deed.actor;
		const { bodyId } = body;
		await deed.tx.insertInto('meeting').values({ networkId, meetingId, bodyId, personId, membershipId, at: deed.now }).execute();
		await addEvent(deed, { meetingId, bodyId, ...when.value, place: input.place.trim() }, 'called');
		if (item) await insertItem(deed, { meetingId, bodyId }, item);
		await tellSeats(deed, body, meetingId, 'mail.meeting_called');
		return ok({ meetingId, bodyId });
	}
});

/** The meeting for an act on it, with its body, locked. */
export async function findOwnMeeting(deed: Deed, meetingId: string): Promise<Outcome<{ meeting: Meeting; body: Body }>> {
	deed.about('meeting', meetingId);
	const seen = await findMeeting(deed.tx, deed.actor, meetingId);
	if (!seen) return refuse('not_found');
	const body = await findOwnBody(deed, seen.bodyId);
	if (!body.ok) return body;
	const meeting = await findMeeting(deed.tx, deed.actor, meetingId);
	return meeting ? ok({ meeting, body: body.value }) : refuse('not_found');
}

/** A meeting that has not gone by is moved, or cancelled. */
export const changeMeeting = command({
	act: 'meeting.change',
	schema: changeMeetingSchema,
	async run(deed, input): Promise<Outcome<{ meetingId: string; bodyId: string }>> {
		const found = await findOwnMeeting(deed, input.meetingId);
		if (!found.ok) return found;
		const { meeting, body } = found.value;
		if (!mayConvene(deed, body)) return refuseNotFixed(deed, body);
		if (!isToCome(meeting, deed.now)) return refuse('wrong_state');
		const when = input.kind === 'moved' ? readWhen(deed, input) : ok(meeting);
		if (!when.ok) return when;
		const { startsAt, endsAt } = when.value;
		const place = input.kind === 'moved' ? input.place.trim() : meeting.place;
		const eventId = await addEvent(deed, { ...meeting, startsAt, endsAt, place }, input.kind);
		await tellChanged(deed, body, meeting.meetingId, eventId);
		return ok({ meetingId: meeting.meetingId, bodyId: body.bodyId });
	}
});

/** Who may see the agenda puts something on it. On a case table only cases stand, each seen by its own. */
export const addItem = command({
	act: 'item.add',
	schema: addItemSchema,
	async run(deed, input): Promise<Outcome<{ itemId: string; meetingId: string; bodyId: string }>> {
		const found = await findOwnMeeting(deed, input.meetingId);
		if (!found.ok) return found;
		const { meeting, body } = found.value;
		if (body.kind === 'case_table' || !isToCome(meeting, deed.now)) return refuse('wrong_state');
		const doubts = findDoubts({ text: input.text });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { meetingId, bodyId } = meeting;
		const itemId = await insertItem(deed, meeting, input);
		deed.about('agenda_item', itemId);
		// Who looks at the agenda does not know of the item yet.
		await deed.tell(changedKind, { meetingId });
		return ok({ itemId, meetingId, bodyId });
	}
});

/** Word to whom an item concerns, but to who does it: the fixed seats, who put it on and who joined for it. */
export async function tellAtItem(
	deed: Deed,
	body: Body,
	{ itemId, meetingId, bodyId }: Pick<AgendaItem, 'itemId' | 'meetingId' | 'bodyId'>,
	kind: 'mail.item_decided' | 'mail.item_carried' | 'mail.item_taken_off'
): Promise<void> {
	const { tx, actor, now } = deed;
	const people = new Set([...body.seats.map((seat) => seat.personId), ...(await listAtItems(tx, actor, now, { itemId }))]);
	people.delete(actor.personId);
	for (const personId of people) await deed.tell(kind, { bodyId, meetingId, itemId, personId });
}

/** The item for an act on it while it is not closed, with its meeting and its body, locked; its meeting may have been cancelled. */
export async function findUnclosedItem(deed: Deed, itemId: string): Promise<Outcome<{ item: AgendaItem; body: Body; meeting: Meeting }>> {
	deed.about('agenda_item', itemId);
	const seen = await findItem(deed.tx, deed.actor, itemId);
	if (!seen) return refuse('not_found');
	const body = await findOwnBody(deed, seen.bodyId);
	if (!body.ok) return body;
	const item = await findItem(deed.tx, deed.actor, itemId);
	const meeting = item && (await findMeeting(deed.tx, deed.actor, item.meetingId));
	if (!item || !meeting) return refuse('not_found');
	return item.end ? refuse('item_closed') : ok({ item, body: body.value, meeting });
}

/** The item for an act on it while it is open and its meeting not cancelled, with both and its body, locked. */
export async function findOpenItem(deed: Deed, itemId: string): ReturnType<typeof findUnclosedItem> {
	const found = await findUnclosedItem(deed, itemId);
	return found.ok && found.value.meeting.state === 'cancelled' ? refuse('wrong_state') : found;
}

/** "Ik sluit aan bij dit punt": someone without a fixed seat has one for this item, until it is closed. */
export const joinItem = command({
	act: 'item.join',
	schema: itemSchema,
	async run(deed, { itemId }): Promise<Outcome<{ itemId: string; meetingId: string; bodyId: string }>> {
		const found = await findOpenItem(deed, itemId);
		if (!found.ok) return found;
		const { item, body } = found.value;
		const { networkId, personId, membershipId } = deed.actor;
		const seats = [...body.seats, ...item.joined];
		if (await sitsForOther(deed.tx, deed.actor, deed.now, seats)) return refuseForOther();
		if (seats.some((seat) => seat.personId === personId)) return refuse('wrong_state');
		await deed.tx.insertInto('itemSeat').values({ networkId, itemId, bodyId: body.bodyId, personId, membershipId, at: deed.now }).execute();
		return ok({ itemId, meetingId: item.meetingId, bodyId: body.bodyId });
	}
});
