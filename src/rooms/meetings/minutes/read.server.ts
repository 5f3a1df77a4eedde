import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { listMeetingsSeen } from '../agenda/read.server.ts';
import { listBodies } from '../bodies/read.server.ts';
import { mayDecide } from '../bodies/rules.ts';
import { listMyCaseItems } from '../case-table/read.server.ts';

/** A meeting that is over, of which something was not recorded yet. */
export interface MissingMinutes {
	readonly bodyId: string;
	readonly meetingId: string;
	readonly name: string;
	readonly startsAt: Date;
}

/**
 * The meetings that are over of which the actor keeps minutes that are not there yet, the last one first: items where they have a fixed seat, and cases that
 * they hold at a case table. Of a case table nobody learns by it that another case is open.
 */
export async function listMissingMinutes(tx: Tx, actor: Actor, now: Date): Promise<readonly MissingMinutes[]> {
	const bodies = new Map((await listBodies(tx, actor, now)).map((body) => [body.bodyId, body]));
	const fixed = new Set(
		mayDecide(actor.roles)
			? [...bodies.values()]
					.filter((body) => body.seats.some((seat) => seat.membershipId === actor.membershipId))
					.map((body) => body.bodyId)
			: []
	);
	const over = (await listMeetingsSeen(tx, actor)).filter((meeting) => meeting.state === 'called' && meeting.endsAt <= now);
	if (over.length === 0) return [];
	const { rows: items } = await sql<{ meetingId: string }>`
		select app.item_meeting(i.item_id) as meeting_id from agenda_item i
		where i.network_id = ${actor.networkId} and i.body_id = any(${[...fixed]}::uuid[]) and app.unclosed_item(i.item_id)`.execute(tx);
	const { rows: held } = await sql<{ caseId: string }>`select h as case_id from app.my_held_cases() as h`.execute(tx);
	const holds = new Set(held.map((one) => one.caseId));
	const cases = (await listMyCaseItems(tx, actor)).filter((item) => item.noted === null && holds.has(item.caseId));
	const lacking = new Set([...items, ...cases].map((one) => one.meetingId));
	return over
		.filter((meeting) => lacking.has(meeting.meetingId))
		.toReversed()
		.flatMap(({ bodyId, meetingId, startsAt }) => {
			const name = bodies.get(bodyId)?.name;
			return name === undefined ? [] : [{ bodyId, meetingId, name, startsAt }];
		});
}
