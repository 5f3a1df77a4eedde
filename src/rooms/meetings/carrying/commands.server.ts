import { command } from '#foundation/command/command.server.ts';
import { changedKind } from '#foundation/live/changed.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findOpenItem, findUnclosedItem, tellAtItem } from '../agenda/commands.server.ts';
import { listMeetings } from '../agenda/read.server.ts';
import { nextMeetings } from '../agenda/rules.ts';
import { hasFixedSeat, refuseNotFixed } from '../bodies/commands.server.ts';
import { mayDecide } from '../bodies/rules.ts';
import { carryItemSchema, takeOffItemSchema } from './schema.ts';

interface Where {
	readonly itemId: string;
	readonly meetingId: string;
	readonly bodyId: string;
}

const refuseRole = () => refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });

/**
 * A fixed seat carries an item over to another meeting of the same people that is to come, and says why; also where its own meeting was cancelled or is over.
 * Who joined, what was proposed and what each found of it stay with the item.
 */
export const carryItem = command({
	act: 'item.carry',
	schema: carryItemSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const found = await findUnclosedItem(deed, input.itemId);
		if (!found.ok) return found;
		const { item, body } = found.value;
		if (!mayDecide(deed.actor.roles)) return refuseRole();
		if (!hasFixedSeat(deed, body)) return refuseNotFixed(deed, body);
		const meetings = await listMeetings(deed.tx, deed.actor, body.bodyId);
		const to = nextMeetings(meetings, item.meetingId, deed.now).find((meeting) => meeting.meetingId === input.meetingId);
		if (!to) return refuse('invalid', { fields: [{ path: ['meetingId'], code: 'not_a_choice' }] });
		const doubts = findDoubts({ reason: input.reason });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = deed.actor;
		const [{ itemId, bodyId, meetingId: fromMeetingId }, { meetingId }] = [item, to];
		// Who does it at the same moment as it came there comes after it all the same.
		const at = item.carried && item.carried.at >= deed.now ? new Date(item.carried.at.getTime() + 1) : deed.now;
		await deed.tx
			.insertInto('itemCarry')
			.values({
				...{ networkId, carryId: deed.id(), itemId, bodyId, fromMeetingId, meetingId, reason: input.reason.trim() },
				...{ personId, membershipId, at }
			})
			.execute();
		await tellAtItem(deed, body, { itemId, bodyId, meetingId }, 'mail.item_carried');
		// Who looks at the agenda to which it goes does not know of it yet.
		await deed.tell(changedKind, { meetingId });
		return ok({ itemId, meetingId, bodyId });
	}
});

/** A fixed seat takes an item off the agenda, or who put it on before the meeting begins; and says why. It closes the item. */
export const takeOffItem = command({
	act: 'item.take_off',
	schema: takeOffItemSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const found = await findOpenItem(deed, input.itemId);
		if (!found.ok) return found;
		const { item, body, meeting } = found.value;
		const own = item.personId === deed.actor.personId && meeting.startsAt > deed.now;
		if (!own && !mayDecide(deed.actor.roles)) return refuseRole();
		if (!own && !hasFixedSeat(deed, body)) return refuseNotFixed(deed, body);
		const doubts = findDoubts({ reason: input.reason });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = deed.actor;
		const { itemId, bodyId, meetingId } = item;
		await deed.tx
			.insertInto('itemEnd')
			.values({
				...{ networkId, itemId, bodyId, kind: 'taken_off', rule: body.rule, reason: input.reason.trim(), version: null },
				...{ personId, membershipId, at: deed.now }
			})
			.execute();
		await tellAtItem(deed, body, item, 'mail.item_taken_off');
		return ok({ itemId, meetingId, bodyId });
	}
});
