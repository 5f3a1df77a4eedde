import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { callMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { acceptSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { bringCase } from '#rooms/meetings/case-table/commands.server.ts';
import { caseWords, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { daysOn, underWay } from '../../e2e/under-way.ts';

/** In order of id, as `toldOf` answers. */
export const idsOf = (...people: readonly Actor[]): string[] => people.map((one) => one.personId).toSorted();
export const hoursMs = 3_600_000;

/** Meetings that are under way, each with the one that comes a week later, in the scene of a test. */
export function meetingScene(sceneOf: () => Scene) {
	const owned = async <Row extends object>(text: string, values: unknown[]): Promise<Row[]> => {
		const client = await sceneOf().database.connections.owner();
		try {
			return (await client.query<Row>(text, values)).rows;
		} finally {
			await client.end();
		}
	};
	/** Whom word was left for, of one kind about one thing; in order of id. */
	const toldOf = async (kind: string, name: 'meetingId' | 'itemId', id: string): Promise<string[]> =>
		(
			await owned<{ person: string }>(
				"select payload->>'personId' as person from outbox where kind = $1 and payload->>$2 = $3 order by 1",
				[kind, name, id]
			)
		).map(({ person }) => person);
	const reads = <V>(actor: Actor, work: (tx: Tx, now: Date) => Promise<V>): Promise<V> => read(sceneOf().installation, actor, work);

	/** A meeting of the network that is under way, with these fixed seats, and one that comes a week later. */
	async function openMeetings(...seats: readonly [Actor, ...Actor[]]) {
		const { installation, actors } = sceneOf();
		const named = { name: 'Visieteam', kind: 'vision_team', of: 'network', rule: 'consent' };
		const { bodyId } = sure(await makeBody(installation, actors.administrator, named));
		for (const seat of seats) {
			const offered = sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: seat.membershipId }));
			sure(await acceptSeat(installation, seat, offered));
		}
		const now = installation.world.now();
		const { meetingId } = sure(await callMeeting(installation, seats[0], { bodyId, ...underWay(now) }));
		const next = sure(await callMeeting(installation, seats[0], { bodyId, ...daysOn(now, 7) }));
		return { bodyId, meetingId, nextId: next.meetingId };
	}

	/** A case of the holder, with seated at its table, brought to a case table that the facilitator called, and the next one. */
	async function openCaseTables() {
		const { installation, actors } = sceneOf();
		const { holder, seated, facilitator } = actors;
		const { caseId } = sure(await openCase(installation, holder, caseWords));
		const asked = { caseId, membershipId: seated.membershipId, message: 'Doe mee' };
		sure(await acceptInvitation(installation, seated, sure(await inviteToTable(installation, holder, asked))));
		const named = { name: 'Casustafel', kind: 'case_table', of: 'network', rule: 'consent' };
		const { bodyId } = sure(await makeBody(installation, facilitator, named));
		const now = installation.world.now();
		const when = underWay(now);
		const { meetingId } = sure(await callMeeting(installation, facilitator, { bodyId, ...when }));
		const { meetingId: nextId } = sure(await callMeeting(installation, facilitator, { bodyId, ...daysOn(now, 7) }));
		const { itemId } = sure(await bringCase(installation, holder, { meetingId, caseId, from: when.from, text: 'Wie weet raad?' }));
		return { bodyId, meetingId, nextId, caseId, itemId, from: when.from };
	}

	return { owned, toldOf, reads, openMeetings, openCaseTables };
}
