import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';

/** An item that stood on an agenda and went on to another meeting. */
export interface CarriedItem {
	readonly itemId: string;
	readonly title: string;
	/** At which meeting it stands now. */
	readonly meetingId: string;
	/** When that begins. */
	readonly startsAt: Date;
	/** Why it left this agenda. */
	readonly reason: string;
}

/** The items that stood on the agenda of a meeting and stand on another now, the first that went on first. */
export async function listCarriedFrom(tx: Tx, actor: Actor, meetingId: string): Promise<readonly CarriedItem[]> {
	const { rows } = await sql<CarriedItem>`
		select i.item_id, i.title, e.meeting_id, e.starts_at, c.reason from (
			select distinct on (c.item_id) c.item_id, c.reason, c.at from item_carry c
			where c.network_id = ${actor.networkId} and c.from_meeting_id = ${meetingId} order by c.item_id, c.at desc, c.carry_id desc
		) c
		join agenda_item i on i.network_id = ${actor.networkId} and i.item_id = c.item_id
		join lateral (
			select e.meeting_id, e.starts_at from meeting_event e
			where e.network_id = i.network_id and e.meeting_id = app.item_meeting(i.item_id) order by e.at desc, e.event_id desc limit 1
		) e on e.meeting_id <> ${meetingId}
		order by c.at, i.item_id`.execute(tx);
	return rows;
}
