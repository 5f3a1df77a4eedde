import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findBody } from '../bodies/read.server.ts';
import { findMeeting, listMeetings } from '../agenda/read.server.ts';
import type { Meeting } from '../agenda/read.server.ts';
import { isToCome, nextMeetings } from '../agenda/rules.ts';
import { findCaseItem, listCaseItems } from './read.server.ts';
import type { CaseItem } from './read.server.ts';
import { momentWithin } from './rules.ts';
import { bringCaseSchema, caseTimeSchema, noteCaseSchema, takeOffCaseSchema } from './schema.ts';

interface Where {
	readonly itemId: string;
	readonly meetingId: string;
	readonly bodyId: string;
}

/** Who holds a case brings it to a case table, at a time of its own. Who sits at the case sees it there, and nobody else. */
export const bringCase = command({
	act: 'case_item.bring',
	schema: bringCaseSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		deed.about('case', input.caseId, input.caseId);
		const { tx, actor, now } = deed;
		const standing = await findStanding(tx, actor, now, input.caseId);
		if (!standing) return refuse('not_found');
		const meeting = await findMeeting(tx, actor, input.meetingId);
		const body = meeting && (await findBody(tx, actor, now, meeting.bodyId));
		if (!meeting || body?.kind !== 'case_table') return refuse('not_found');
		if (standing.holder.membershipId !== actor.membershipId)
			return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (!isUnderWay(standing.state) || !isToCome(meeting, now)) return refuse('wrong_state');
		if ((await listCaseItems(tx, actor, meeting.meetingId)).some((item) => item.caseId === input.caseId)) return refuse('wrong_state');
		const startsAt = momentWithin(meeting, input.from);
		if (!startsAt) return refuse('invalid', { fields: [{ path: ['from'], code: 'outside_meeting' }] });
		const doubts = findDoubts({ text: input.text });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = actor;
		const [itemId, { caseId }, { meetingId, bodyId, eventId }] = [deed.id(), input, meeting];
		await tx
			.insertInto('caseItem')
			.values({ networkId, caseId, itemId, meetingId, bodyId, eventId, startsAt, personId, membershipId, at: now })
			.execute();
		await deed.write({ caseId, aboutId: itemId, part: 'case_item', text: input.text });
		for (const seat of standing.seats)
			if (seat.personId !== personId) await deed.tell('mail.case_item', { bodyId, meetingId, personId: seat.personId });
		return ok({ itemId, meetingId, bodyId });
	}
});

/** A case at a case table for an act of its holder on it while it is open, with its meeting and its standing. */
async function findHeldItem(
	deed: Deed,
	itemId: string
): Promise<Outcome<{ item: CaseItem; meeting: Meeting; standing: NonNullable<Awaited<ReturnType<typeof findStanding>>> }>> {
	deed.about('agenda_item', itemId);
	const { tx, actor, now } = deed;
	const seen = await findCaseItem(tx, actor, itemId);
	if (!seen) return refuse('not_found');
	deed.about('agenda_item', itemId, seen.caseId);
	// Acts on one case wait for each other: what is looked at after it holds until the end.
	const standing = await findStanding(tx, actor, now, seen.caseId);
	const item = await findCaseItem(tx, actor, itemId);
	const meeting = item && (await findMeeting(tx, actor, item.meetingId));
	if (!standing || !item || !meeting) return refuse('not_found');
	if (standing.holder.membershipId !== actor.membershipId)
		return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
	return item.noted ? refuse('item_closed') : ok({ item, meeting, standing });
}

/**
 * Who holds the case chooses another time for it, such as when the meeting was moved and is over by the one that was chosen; or carries it over to another
 * meeting of the same case table, also when its own is over or was cancelled.
 */
export const chooseCaseTime = command({
	act: 'case_item.time',
	schema: caseTimeSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const { tx, actor, now } = deed;
		const found = await findHeldItem(deed, input.itemId);
		if (!found.ok) return found;
		const { item, standing } = found.value;
		const goesOn = input.meetingId !== undefined && input.meetingId !== item.meetingId;
		const meeting = goesOn
			? nextMeetings(await listMeetings(tx, actor, item.bodyId), item.meetingId, now).find((one) => one.meetingId === input.meetingId)
			: found.value.meeting;
		if (!meeting) return refuse('invalid', { fields: [{ path: ['meetingId'], code: 'not_a_choice' }] });
		if (!isToCome(meeting, now)) return refuse('wrong_state');
		const { itemId, caseId, bodyId } = item;
		const { meetingId, eventId } = meeting;
		if (goesOn && (await listCaseItems(tx, actor, meetingId)).some((one) => one.caseId === caseId)) return refuse('wrong_state');
		const startsAt = momentWithin(meeting, input.from);
		if (!startsAt) return refuse('invalid', { fields: [{ path: ['from'], code: 'outside_meeting' }] });
		const { networkId, personId, membershipId } = actor;
		await tx
			.insertInto('caseItemTime')
			.values({ networkId, caseId, timeId: deed.id(), itemId, meetingId, eventId, startsAt, personId, membershipId, at: now })
			.execute();
		for (const seat of standing.seats)
			if (seat.personId !== personId) await deed.tell('mail.case_item', { bodyId, meetingId, personId: seat.personId });
		return ok({ itemId, meetingId, bodyId });
	}
});

/** Who holds the case takes it off the case table, and says why. */
export const takeOffCase = command({
	act: 'case_item.take_off',
	schema: takeOffCaseSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const found = await findHeldItem(deed, input.itemId);
		if (!found.ok) return found;
		const { item, standing } = found.value;
		const doubts = findDoubts({ reason: input.reason });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		await closeItem(deed, item, 'taken_off');
		await deed.write({ caseId: item.caseId, aboutId: item.itemId, part: 'minutes_why', text: input.reason });
		return ok(await tellClosed(deed, item, standing, 'mail.case_item_taken_off'));
	}
});

async function closeItem({ tx, actor, now }: Deed, { itemId, caseId }: CaseItem, kind: 'noted' | 'taken_off'): Promise<void> {
	const { networkId, personId, membershipId } = actor;
	await tx.insertInto('caseItemEnd').values({ networkId, caseId, itemId, kind, personId, membershipId, at: now }).execute();
}

async function tellClosed(
	deed: Deed,
	{ itemId, meetingId, bodyId }: CaseItem,
	{ seats }: { readonly seats: readonly { readonly personId: string }[] },
	kind: 'mail.case_item_noted' | 'mail.case_item_taken_off'
): Promise<Where> {
	for (const { personId } of seats) if (personId !== deed.actor.personId) await deed.tell(kind, { bodyId, meetingId, itemId, personId });
	return { itemId, meetingId, bodyId };
}

/** Who holds the case notes what was agreed about it at the case table, and why; once. */
export const noteCase = command({
	act: 'case_item.note',
	schema: noteCaseSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const found = await findHeldItem(deed, input.itemId);
		if (!found.ok) return found;
		const { item, standing } = found.value;
		const doubts = findDoubts({ decision: input.decision, reason: input.reason });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { itemId, caseId } = item;
		await closeItem(deed, item, 'noted');
		await deed.write({ caseId, aboutId: itemId, part: 'minutes', text: input.decision });
		await deed.write({ caseId, aboutId: itemId, part: 'minutes_why', text: input.reason });
		return ok(await tellClosed(deed, item, standing, 'mail.case_item_noted'));
	}
});
