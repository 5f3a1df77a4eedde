import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addItem, callMeeting, changeMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { acceptSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { bringCase, chooseCaseTime, noteCase } from '#rooms/meetings/case-table/commands.server.ts';
import { listCaseItems } from '#rooms/meetings/case-table/read.server.ts';
import { meetingJobs } from '#rooms/meetings/jobs.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { acceptInvitation, inviteToTable, leaveTable, openCase } from '#rooms/cases/commands.server.ts';
import { said } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { daysOn, underWay } from '../../e2e/under-way.ts';

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

/** Does the job that was left about a case table that was changed; answers the letters it asks for. */
async function asksOf(meetingId: string): Promise<{ kind: string; personId: string; once: string }[]> {
	const { installation, actors, database } = scene;
	const client = await database.connections.owner();
	const { rows } = await client.query<{ payload: Record<string, string> }>(
		"select payload from outbox where kind = 'meeting.case_table_changed' and payload->>'meetingId' = $1",
		[meetingId]
	);
	await client.end();
	const asked: { kind: string; personId: string; once: string }[] = [];
	for (const { payload } of rows)
		await meetingJobs['meeting.case_table_changed']?.(installation, {
			...{ id: installation.world.id(), kind: 'meeting.case_table_changed', networkId: actors.holder.networkId, payload },
			...{ now: installation.world.now(), tries: 0, sendMail: () => Promise.reject(new Error('one letter a job')) },
			ask: async (kind, _, to, once) => void asked.push({ kind, personId: to['personId'] ?? '', once })
		});
	return asked;
}

describe('a meeting that is moved or cancelled', () => {
	test('is told once to everyone whom it concerns, by what they are to it', async () => {
		const { installation, actors, officers } = scene;
		const { meetingId } = await openMeeting([actors.holder, actors.seated]);
		const first = sure(await addItem(installation, actors.seated, { meetingId, title: 'Roosters' }));
		const second = sure(await addItem(installation, actors.colleague, { meetingId, title: 'Sleutels' }));
		for (const { itemId } of [first, second]) sure(await joinItem(installation, officers.governor, { itemId }));
		const when = daysOn(installation.world.now(), 5);
		sure(await changeMeeting(installation, actors.holder, { kind: 'moved', meetingId, ...when }));
		expect(await toldOf('mail.meeting_changed', 'meetingId', meetingId)).toEqual(idsOf(actors.seated));
		expect(await toldOf('mail.meeting_of_item_changed', 'meetingId', meetingId)).toEqual(idsOf(actors.colleague, officers.governor));
		expect(await asksOf(meetingId)).toEqual([]);
		installation.world.tick(1000);
		sure(await changeMeeting(installation, actors.facilitator, { kind: 'cancelled', meetingId }));
		expect(await toldOf('mail.meeting_changed', 'meetingId', meetingId)).toEqual(idsOf(actors.seated, actors.seated, actors.holder));
	});

	test('is told to who sits at a case that was brought to it, not to who left, and twice asked for once', async () => {
		const { installation, actors } = scene;
		const { meetingId, caseId } = await openCaseTable();
		const { caseId: other } = sure(await openCase(installation, actors.holder, caseWords));
		for (const one of [actors.colleague]) {
			const asked = { caseId: other, membershipId: one.membershipId, message: 'Doe mee' };
			sure(await acceptInvitation(installation, one, sure(await inviteToTable(installation, actors.holder, asked))));
		}
		const from = underWay(installation.world.now()).from;
		sure(await bringCase(installation, actors.holder, { meetingId, caseId: other, from, text: 'En deze?' }));
		installation.world.tick(1000);
		sure(await changeMeeting(installation, actors.facilitator, { kind: 'moved', meetingId, ...daysOn(installation.world.now(), 3) }));
		const asks = await asksOf(meetingId);
		expect(asks.map((one) => one.personId).toSorted()).toEqual(idsOf(actors.holder, actors.seated, actors.colleague));
		expect(asks.every((one) => one.kind === 'mail.case_table_changed')).toBe(true);
		expect(await asksOf(meetingId)).toEqual(asks);
		sure(await leaveTable(installation, actors.seated, { caseId }));
		installation.world.tick(1000);
		expect((await asksOf(meetingId)).map((one) => one.personId).toSorted()).toEqual(idsOf(actors.holder, actors.colleague));
	});
});

describe('a case at a case table that is moved', () => {
	test('keeps its place from the beginning on; where that no longer fits it has no time, until its holder chooses one', async () => {
		const { installation, actors } = scene;
		const { holder, seated, facilitator } = actors;
		const { meetingId, itemId } = await openCaseTable();
		const day = daysOn(installation.world.now(), 9).day;
		const moves = async (from: string, until: string) => {
			installation.world.tick(1000);
			sure(await changeMeeting(installation, facilitator, { kind: 'moved', meetingId, day, from, until }));
			installation.world.tick(1000);
		};
		const seen = async (actor: Actor) =>
			(await read(installation, actor, (tx) => listCaseItems(tx, actor, meetingId))).map((item) =>
				item.startsAt?.toLocaleTimeString('nl', { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit' })
			);
		await moves('9:30', '11:00');
		expect(await seen(holder)).toEqual(['09:30']);
		sure(await chooseCaseTime(installation, holder, { itemId, from: '10:15' }));
		await moves('14:00', '15:00');
		expect(await seen(seated)).toEqual(['14:45']);
		await moves('14:00', '14:30');
		expect([await seen(seated), await seen(facilitator)]).toEqual([[undefined], []]);
		expect(said(await chooseCaseTime(installation, holder, { itemId, from: '14:30' }))).toBe('invalid');
		sure(await chooseCaseTime(installation, holder, { itemId, from: '14:10' }));
		expect(await seen(seated)).toEqual(['14:10']);
		await moves('23:00', '1:00');
		expect(await seen(seated)).toEqual(['23:10']);
	});
});
