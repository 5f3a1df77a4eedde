import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findBody } from '../bodies/read.server.ts';
import { findMeeting } from '../agenda/read.server.ts';
import { isToCome } from '../agenda/rules.ts';
import { findCaseItem, listCaseItems } from './read.server.ts';
import { momentWithin } from './rules.ts';
import { bringCaseSchema, caseTimeSchema, noteCaseSchema } from './schema.ts';

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

/** Who holds the case chooses another time for it, such as when the meeting was moved and is over by the one that was chosen. */
export const chooseCaseTime = command({
	act: 'case_item.time',
	schema: caseTimeSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		deed.about('agenda_item', input.itemId);
		const { tx, actor, now } = deed;
		const item = await findCaseItem(tx, actor, input.itemId);
		const meeting = item && (await findMeeting(tx, actor, item.meetingId));
		const standing = item && (await findStanding(tx, actor, now, item.caseId));
		if (!item || !meeting || !standing) return refuse('not_found');
		const { itemId, caseId, meetingId, bodyId } = item;
		deed.about('agenda_item', itemId, caseId);
		if (standing.holder.membershipId !== actor.membershipId)
			return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (item.noted) return refuse('item_closed');
		if (!isToCome(meeting, now)) return refuse('wrong_state');
		const startsAt = momentWithin(meeting, input.from);
		if (!startsAt) return refuse('invalid', { fields: [{ path: ['from'], code: 'outside_meeting' }] });
		const { networkId, personId, membershipId } = actor;
		await tx
			.insertInto('caseItemTime')
			.values({
				...{ networkId, caseId, timeId: deed.id(), itemId, meetingId, eventId: meeting.eventId, startsAt },
				...{ personId, membershipId, at: now }
			})
			.execute();
		for (const seat of standing.seats)
			if (seat.personId !== personId) await deed.tell('mail.case_item', { bodyId, meetingId, personId: seat.personId });
		return ok({ itemId, meetingId, bodyId });
	}
});

/** Who holds the case notes what was agreed about it at the case table, and why; once. */
export const noteCase = command({
	act: 'case_item.note',
	schema: noteCaseSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		deed.about('agenda_item', input.itemId);
		const { tx, actor, now } = deed;
		const seen = await findCaseItem(tx, actor, input.itemId);
		if (!seen) return refuse('not_found');
		const { itemId, caseId, meetingId, bodyId } = seen;
		deed.about('agenda_item', itemId, caseId);
		const standing = await findStanding(tx, actor, now, caseId);
		if (!standing) return refuse('not_found');
		if (standing.holder.membershipId !== actor.membershipId)
			return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if ((await findCaseItem(tx, actor, itemId))?.noted) return refuse('item_closed');
		const doubts = findDoubts({ decision: input.decision, reason: input.reason });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = actor;
		await tx.insertInto('caseItemEnd').values({ networkId, caseId, itemId, personId, membershipId, at: now }).execute();
		await deed.write({ caseId, aboutId: itemId, part: 'minutes', text: input.decision });
		await deed.write({ caseId, aboutId: itemId, part: 'minutes_why', text: input.reason });
		for (const seat of standing.seats)
			if (seat.personId !== personId) await deed.tell('mail.case_item_noted', { bodyId, meetingId, itemId, personId: seat.personId });
		return ok({ itemId, meetingId, bodyId });
	}
});
