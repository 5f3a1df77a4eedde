import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { addItem, callMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { acceptSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { bringCase, noteCase } from '#rooms/meetings/case-table/commands.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { addPerson } from './more-people.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { underWay } from '../../e2e/under-way.ts';

/** Who hears what of a meeting: everyone whom it concerns, once, and nobody else. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(81);
});
afterAll(() => scene.drop());

/** Whom word was left for since the product began, of one kind about one thing; in order of id. */
async function toldOf(kind: string, name: 'meetingId' | 'itemId', id: string): Promise<string[]> {
	const client = await scene.database.connections.owner();
	try {
		const { rows } = await client.query<{ person: string }>(
			"select payload->>'personId' as person from outbox where kind = $1 and payload->>$2 = $3 order by 1",
			[kind, name, id]
		);
		return rows.map(({ person }) => person);
	} finally {
		await client.end();
	}
}
const idsOf = (...people: readonly Actor[]): string[] => people.map((one) => one.personId).toSorted();

/** A meeting of the network that is under way, with these fixed seats. */
async function openMeeting(seats: readonly [Actor, ...Actor[]]): Promise<{ bodyId: string; meetingId: string }> {
	const { installation, actors } = scene;
	const named = { name: 'Visieteam', kind: 'vision_team', of: 'network', rule: 'consent' };
	const { bodyId } = sure(await makeBody(installation, actors.administrator, named));
	for (const seat of seats) {
		const offered = sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: seat.membershipId }));
		sure(await acceptSeat(installation, seat, offered));
	}
	const when = underWay(installation.world.now());
	const { meetingId } = sure(await callMeeting(installation, seats[0], { bodyId, ...when }));
	return { bodyId, meetingId };
}

/** A case of the holder, with seated at its table, brought to a case table that the facilitator called. */
async function openCaseTable(): Promise<{ bodyId: string; meetingId: string; caseId: string; itemId: string }> {
	const { installation, actors } = scene;
	const { holder, seated, facilitator } = actors;
	const { caseId } = sure(await openCase(installation, holder, caseWords));
	const asked = { caseId, membershipId: seated.membershipId, message: 'Doe mee' };
	sure(await acceptInvitation(installation, seated, sure(await inviteToTable(installation, holder, asked))));
	const named = { name: 'Casustafel', kind: 'case_table', of: 'network', rule: 'consent' };
	const { bodyId } = sure(await makeBody(installation, facilitator, named));
	const when = underWay(installation.world.now());
	const { meetingId } = sure(await callMeeting(installation, facilitator, { bodyId, ...when }));
	const { itemId } = sure(await bringCase(installation, holder, { meetingId, caseId, from: when.from, text: 'Wie weet raad?' }));
	return { bodyId, meetingId, caseId, itemId };
}

describe('a decision with its reason', () => {
	test('is told to who put the item on, who joined and the fixed seats; not to who records it, nor to who left', async () => {
		const { installation, actors, officers } = scene;
		const gone = await addPerson(scene, ['professional'], actors.colleague);
		const { meetingId } = await openMeeting([actors.holder, actors.seated]);
		const { itemId } = sure(await addItem(installation, actors.colleague, { meetingId, title: 'Roosters' }));
		for (const one of [officers.governor, actors.facilitator, gone]) sure(await joinItem(installation, one, { itemId }));
		const other = sure(await addItem(installation, actors.invited, { meetingId, title: 'Iets anders' }));
		sure(await propose(installation, actors.holder, { itemId, text: 'Per week.' }));
		for (const one of [actors.holder, actors.seated])
			sure(await takePosition(installation, one, { itemId, version: 1, position: 'consent' }));
		const client = await scene.database.connections.owner();
		await client.query('update membership set valid_until = $1 where membership_id = $2', [installation.world.now(), gone.membershipId]);
		await client.end();
		installation.world.tick(1000);
		sure(await decide(installation, actors.holder, { itemId, outcome: 'decided', version: 1, reason: 'Niemand had bezwaar.' }));
		expect(await toldOf('mail.item_decided', 'itemId', itemId)).toEqual(
			idsOf(actors.seated, actors.colleague, officers.governor, actors.facilitator)
		);
		sure(await decide(installation, actors.seated, { itemId: other.itemId, outcome: 'no_decision', reason: 'Eerst meer weten.' }));
		expect(await toldOf('mail.item_decided', 'itemId', other.itemId)).toEqual(idsOf(actors.holder, actors.invited));
	});

	test('about a case at a case table is told to who sits at that case, but to who notes it', async () => {
		const { installation, actors } = scene;
		const { itemId } = await openCaseTable();
		sure(await noteCase(installation, actors.holder, { itemId, decision: 'Uitstel.', reason: 'Rust.' }));
		expect(await toldOf('mail.case_item_noted', 'itemId', itemId)).toEqual(idsOf(actors.seated));
	});
});
