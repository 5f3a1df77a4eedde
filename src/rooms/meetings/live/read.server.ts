import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { findMeeting, listItems } from '../agenda/read.server.ts';
import { listCaseItems } from '../case-table/read.server.ts';

/**
 * What the pages of a meeting and of its items show changes when one of these ids does; null when the actor may not see it now. Of a case table only
 * one's own cases: nobody learns by it that another is spoken of.
 */
export async function listMeetingTopics(tx: Tx, actor: Actor, meetingId: string): Promise<readonly string[] | null> {
	const meeting = await findMeeting(tx, actor, meetingId);
	if (!meeting) return null;
	const items = [...(await listItems(tx, actor, meetingId)), ...(await listCaseItems(tx, actor, meetingId))];
	return [meeting.bodyId, meetingId, ...items.map(({ itemId }) => itemId)];
}
