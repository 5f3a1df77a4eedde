import { sql as query } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { addItem, callMeeting, changeMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { findItem, listItems } from '#rooms/meetings/agenda/read.server.ts';
import { listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { carryItem, takeOffItem } from '#rooms/meetings/carrying/commands.server.ts';
import { listCarriedFrom } from '#rooms/meetings/carrying/read.server.ts';
import { bringCase, chooseCaseTime, noteCase, takeOffCase } from '#rooms/meetings/case-table/commands.server.ts';
import { listCaseItems, openCaseItem } from '#rooms/meetings/case-table/read.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { said } from './acts-document.ts';
import { hoursMs, idsOf, meetingScene } from './meeting-scene.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import type { SqlRoles } from './sql-as-role.server.ts';
import { daysOn, underWay } from '../../e2e/under-way.ts';

/** Nothing that was put on an agenda is left without a word: it goes on with everything of it or is taken off, and told. */

let scene: Scene;
let sql: SqlRoles;
beforeAll(async () => {
	scene = await openScene(911);
	sql = await openSqlRoles(scene.database.connections);
});
afterAll(async () => {
	await sql.close();
	await scene.drop();
});

const { owned, toldOf, reads, openMeetings, openCaseTables } = meetingScene(() => scene);

describe('an item that is carried over', () => {
	test('takes seats, proposal and positions along, is told to who had one, and is decided at the next meeting only', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague, invited } = actors;
		const { bodyId, meetingId, nextId } = await openMeetings(holder, seated);
		const { itemId } = sure(await addItem(installation, colleague, { meetingId, title: 'Roosters', text: 'Wie?' }));
		sure(await joinItem(installation, invited, { itemId }));
		sure(await propose(installation, invited, { itemId, text: 'Per week.' }));
		for (const one of [holder, seated]) sure(await takePosition(installation, one, { itemId, version: 1, position: 'consent' }));
		installation.world.tick(1000);
		const wish = { itemId, meetingId: nextId, reason: 'De tijd was op.' };
		const other = await openMeetings(holder);
		for (const wrong of [meetingId, other.nextId])
			expect(await carryItem(installation, holder, { ...wish, meetingId: wrong })).toMatchObject({
				refusal: { code: 'invalid', fields: [{ path: ['meetingId'], code: 'not_a_choice' }] }
			});
		sure(await carryItem(installation, holder, wish));
		expect(await toldOf('mail.item_carried', 'itemId', itemId)).toEqual(idsOf(seated, colleague, invited));
		expect(await reads(colleague, (tx) => findItem(tx, colleague, itemId))).toMatchObject({
			...{ meetingId: nextId, bodyId, end: null, proposal: { version: 1 }, joined: [{ personId: invited.personId }] },
			positions: [{ position: 'consent' }, { position: 'consent' }],
			carried: { fromMeetingId: meetingId, reason: 'De tijd was op.', personId: holder.personId }
		});
		const at = (id: string) => reads(colleague, async (tx) => (await listItems(tx, colleague, id)).map((item) => item.itemId));
		expect([await at(meetingId), await at(nextId)]).toEqual([[], [itemId]]);
		expect(await reads(colleague, (tx) => listCarriedFrom(tx, colleague, meetingId))).toMatchObject([
			{ itemId, meetingId: nextId, title: 'Roosters', reason: 'De tijd was op.' }
		]);
		expect((await reads(invited, (tx, now) => listMyAgenda(tx, invited, now, now))).map((one) => [one.meetingId, one.why])).toContainEqual([
			...[nextId, 'item']
		]);
		const decision = { itemId, outcome: 'decided', version: 1, reason: 'Akkoord.' };
		expect(said(await decide(installation, holder, decision))).toBe('wrong_state');
		// That meeting is moved to now: who carried it there needs not say anything anew.
		installation.world.tick(1000);
		sure(await changeMeeting(installation, holder, { kind: 'moved', meetingId: nextId, ...underWay(installation.world.now()) }));
		expect(await toldOf('mail.meeting_of_item_changed', 'meetingId', nextId)).toEqual(idsOf(colleague, invited));
		installation.world.tick(1000);
		sure(await decide(installation, holder, decision));
		expect(said(await carryItem(installation, holder, { ...wish, meetingId }))).toBe('item_closed');
	});

	test('can come from a meeting that was cancelled, go back and forth, and of two who carry it at once one does', async () => {
		const { installation, actors, officers } = scene;
		const { holder, seated } = actors;
		const { bodyId, meetingId, nextId } = await openMeetings(holder, seated);
		const third = sure(await callMeeting(installation, holder, { bodyId, ...daysOn(installation.world.now(), 14) })).meetingId;
		const { itemId } = sure(await addItem(installation, officers.governor, { meetingId, title: 'Roosters', text: 'Wie?' }));
		installation.world.tick(1000);
		sure(await changeMeeting(installation, holder, { kind: 'cancelled', meetingId }));
		const carries = (actor: Actor, to: string) => carryItem(installation, actor, { itemId, meetingId: to, reason: 'Het ging niet door.' });
		expect((await Promise.all([carries(holder, nextId), carries(seated, nextId)])).map(said).toSorted()).toEqual(['invalid', 'yes']);
		sure(await carries(holder, third));
		sure(await carries(holder, nextId));
		const where = await reads(holder, (tx) => findItem(tx, holder, itemId));
		expect([where?.meetingId, where?.carried?.fromMeetingId]).toEqual([nextId, third]);
		expect((await reads(holder, (tx) => listCarriedFrom(tx, holder, nextId))).length).toBe(0);
		expect((await reads(holder, (tx) => listCarriedFrom(tx, holder, meetingId))).map((one) => one.meetingId)).toEqual([nextId]);
		sure(await joinItem(installation, officers.governor, { itemId }));
	});

	test('is written by the database for a fixed seat only, from where it stands, while it is not closed', async () => {
		const { installation, actors } = scene;
		const { holder, colleague, facilitator } = actors;
		const { bodyId, meetingId, nextId } = await openMeetings(holder);
		const { itemId } = sure(await addItem(installation, colleague, { meetingId, title: 'Roosters', text: 'Wie?' }));
		const now = installation.world.now();
		const writes = (actor: Actor, from: string, to: string) =>
			sql.tried(
				'app',
				contextOf(actor, now.toISOString()),
				"insert into item_carry (network_id, carry_id, item_id, body_id, from_meeting_id, meeting_id, reason, person_id, membership_id, at) values ($1, gen_random_uuid(), $2, $3, $4, $5, 'Zo.', $6, $7, $8)",
				[actor.networkId, itemId, bodyId, from, to, actor.personId, actor.membershipId, now]
			);
		expect([
			await writes(holder, meetingId, nextId),
			await writes(holder, nextId, meetingId),
			await writes(colleague, meetingId, nextId),
			await writes(facilitator, meetingId, nextId)
		]).toEqual([1, '42501', '42501', '42501']);
		const takesOff = (actor: Actor) =>
			sql.tried(
				'app',
				contextOf(actor, now.toISOString()),
				"insert into item_end (network_id, item_id, body_id, kind, rule, reason, person_id, membership_id, at) values ($1, $2, $3, 'taken_off', 'consent', 'Zo.', $4, $5, $6)",
				[actor.networkId, itemId, bodyId, actor.personId, actor.membershipId, now]
			);
		// Once the meeting has begun who put it on takes it off no more.
		expect([await takesOff(holder), await takesOff(colleague), await takesOff(facilitator)]).toEqual([1, '42501', '42501']);
		sure(await decide(installation, holder, { itemId, outcome: 'informed', reason: 'Het rooster is verteld.' }));
		expect(await writes(holder, meetingId, nextId)).toBe('42501');
	});
});

test('an item that is taken off is told with its reason to who had a seat, and closed', async () => {
	const { installation, actors } = scene;
	const { holder, seated, colleague, invited } = actors;
	const { meetingId } = await openMeetings(holder, seated);
	const { itemId } = sure(await addItem(installation, colleague, { meetingId, title: 'Roosters', text: 'Wie?' }));
	sure(await joinItem(installation, invited, { itemId }));
	expect(said(await takeOffItem(installation, holder, { itemId, reason: 'Bel 06-12345678.' }))).toBe('needs_acknowledgement');
	sure(await takeOffItem(installation, holder, { itemId, reason: 'Het is al geregeld.' }));
	expect(await toldOf('mail.item_taken_off', 'itemId', itemId)).toEqual(idsOf(seated, colleague, invited));
	expect(await reads(colleague, (tx) => findItem(tx, colleague, itemId))).toMatchObject({
		end: { kind: 'taken_off', decision: null, reason: 'Het is al geregeld.' }
	});
	expect(said(await joinItem(installation, actors.administrator, { itemId }))).toBe('item_closed');
});

describe('a case at a case table', () => {
	test('goes on to the next one at a time of its own, keeps its words, and is seen there by its own alone', async () => {
		const { installation, actors } = scene;
		const { holder, seated, facilitator } = actors;
		const { meetingId, nextId, itemId, caseId, from } = await openCaseTables();
		const there = async (actor: Actor, id: string) => (await reads(actor, (tx) => listCaseItems(tx, actor, id))).map((item) => item.itemId);
		installation.world.tick(3 * hoursMs);
		expect(said(await chooseCaseTime(installation, holder, { itemId, from }))).toBe('wrong_state');
		expect(said(await chooseCaseTime(installation, holder, { itemId, from, meetingId: caseId }))).toBe('invalid');
		expect(said(await chooseCaseTime(installation, seated, { itemId, from, meetingId: nextId }))).toBe('not_holder');
		sure(await chooseCaseTime(installation, holder, { itemId, from, meetingId: nextId }));
		expect(await toldOf('mail.case_item', 'meetingId', nextId)).toEqual(idsOf(seated));
		expect([await there(holder, meetingId), await there(seated, nextId), await there(facilitator, nextId)]).toEqual([[], [itemId], []]);
		const words = await reads(seated, (tx) => openCaseItem(tx, installation.keyring, seated, { caseId, itemId }));
		expect(words.text).toBe('Wie weet raad?');
		// It is not put there twice, and can be brought to the former table no more: that is over.
		expect(said(await bringCase(installation, holder, { meetingId: nextId, caseId, from, text: 'Nog eens' }))).toBe('wrong_state');
	});

	test('that went on may be brought to a table of before again, and the move of its table is told where it is now', async () => {
		const { installation, actors } = scene;
		const { holder, seated, facilitator } = actors;
		const { meetingId, nextId, itemId, caseId, from } = await openCaseTables();
		installation.world.tick(1000);
		sure(await chooseCaseTime(installation, holder, { itemId, from, meetingId: nextId }));
		const again = sure(await bringCase(installation, holder, { meetingId, caseId, from, text: 'Toch ook vandaag' }));
		sure(await takeOffCase(installation, holder, { itemId: again.itemId, reason: 'Een keer is genoeg.' }));
		expect(await toldOf('mail.case_item_taken_off', 'itemId', again.itemId)).toEqual(idsOf(seated));
		expect(said(await noteCase(installation, holder, { itemId: again.itemId, decision: 'Ja.', reason: 'Nee.' }))).toBe('item_closed');
		const hears = async (id: string): Promise<number> => {
			installation.world.tick(1000);
			sure(await changeMeeting(installation, facilitator, { kind: 'moved', meetingId: id, ...daysOn(installation.world.now(), 9) }));
			const [event] = await owned<{ event: string }>(
				"select payload->>'eventId' as event from outbox where kind = 'meeting.case_table_changed' and payload->>'meetingId' = $1",
				[id]
			);
			const { rows } = await installation.door.job(holder.networkId, installation.world.now(), (tx) =>
				query`select p from app.people_at_case_table(${event?.event}::uuid) as p`.execute(tx)
			);
			return rows.length;
		};
		expect([await hears(meetingId), await hears(nextId)]).toEqual([0, 2]);
	});
});
