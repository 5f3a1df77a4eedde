import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Letter } from '#foundation/mail/letter.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { acceptInvitation, inviteToTable, leaveTable, openCase } from '#rooms/cases/commands.server.ts';
import { addItem, callMeeting, changeMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { findItem, listItems } from '#rooms/meetings/agenda/read.server.ts';
import { acceptSeat, makeBody, offerSeat, proposeRule } from '#rooms/meetings/bodies/commands.server.ts';
import { findBody, listMyBodies } from '#rooms/meetings/bodies/read.server.ts';
import { listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { bringCase } from '#rooms/meetings/case-table/commands.server.ts';
import { listCaseItems, openCaseItem } from '#rooms/meetings/case-table/read.server.ts';
import { meetingJobs } from '#rooms/meetings/jobs.server.ts';
import { listMeetingTopics } from '#rooms/meetings/live/read.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { said } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { contextOf, openSqlRoles } from './sql-as-role.server.ts';
import type { SqlRoles } from './sql-as-role.server.ts';

/** Meetings: what holds beyond who may do what. */

let scene: Scene;
let sql: SqlRoles;
beforeAll(async () => {
	scene = await openScene(45);
	sql = await openSqlRoles(scene.database.connections);
});
afterAll(async () => {
	await sql.close();
	await scene.drop();
});

const when = () => ({ day: addDays(dayAt(scene.installation.world.now()), 7), from: '9:30', until: '11:00' });
const owner = async (text: string, values: unknown[]): Promise<void> => {
	const client = await scene.database.connections.owner();
	try {
		await client.query(text, values);
	} finally {
		await client.end();
	}
};

/** A meeting of the network with these fixed seats, an open item, and a proposal on it. */
async function openItem(seats: readonly Actor[], rule = 'consent') {
	const { installation, actors } = scene;
	const named = { name: 'Visieteam', kind: 'vision_team', of: 'network', rule };
	const { bodyId } = sure(await makeBody(installation, actors.administrator, named));
	for (const seat of seats) {
		const offered = sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: seat.membershipId }));
		sure(await acceptSeat(installation, seat, offered));
	}
	const [first] = seats;
	if (!first) throw new Error('someone has a seat');
	const { meetingId } = sure(await callMeeting(installation, first, { bodyId, ...when() }));
	const { itemId } = sure(await addItem(installation, first, { meetingId, title: 'Roosters' }));
	sure(await propose(installation, first, { itemId, text: 'Per week.' }));
	return { bodyId, meetingId, itemId };
}

describe('the case table', () => {
	test('shows each person exactly the cases at whose table they sit, over every fill', { timeout: 120_000 }, async () => {
		const { installation, actors } = scene;
		const people = [actors.holder, actors.seated, actors.invited, actors.colleague];
		const named = { name: 'Casustafel', kind: 'case_table', of: 'network', rule: 'consent' };
		const { bodyId } = sure(await makeBody(installation, actors.facilitator, named));
		const fill = fc.array(fc.record({ holder: fc.nat(3), table: fc.uniqueArray(fc.nat(3), { maxLength: 3 }), leaves: fc.boolean() }), {
			maxLength: 4
		});
		await fc.assert(
			fc.asyncProperty(fill, async (cases) => {
				const { meetingId } = sure(await callMeeting(installation, actors.facilitator, { bodyId, ...when() }));
				const seats = new Map<string, Set<string>>();
				for (const { holder, table, leaves } of cases) {
					const by = people[holder] as Actor;
					const { caseId } = sure(await openCase(installation, by, caseWords));
					const there = new Set([by.personId]);
					for (const other of table.filter((one) => one !== holder).map((one) => people[one] as Actor)) {
						const asked = { caseId, membershipId: other.membershipId, message: 'Doe mee' };
						sure(await acceptInvitation(installation, other, sure(await inviteToTable(installation, by, asked))));
						there.add(other.personId);
					}
					sure(await bringCase(installation, by, { meetingId, caseId, from: '10:00', text: 'Wie weet raad?' }));
					const [goes] = people.filter((one) => one !== by && there.has(one.personId));
					scene.installation.world.tick(1000);
					if (leaves && goes) {
						sure(await leaveTable(installation, goes, { caseId }));
						there.delete(goes.personId);
					}
					scene.installation.world.tick(1000);
					seats.set(caseId, there);
				}
				for (const person of [...people, actors.facilitator, actors.checker, actors.oversight]) {
					const items = await read(installation, person, (tx) => listCaseItems(tx, person, meetingId));
					const own = [...seats].filter(([, there]) => there.has(person.personId)).map(([caseId]) => caseId);
					expect(items.map((item) => item.caseId).toSorted()).toEqual(own.toSorted());
					for (const item of items) {
						const words = await read(installation, person, (tx) => openCaseItem(tx, installation.keyring, person, item));
						expect(words.text).toBe('Wie weet raad?');
					}
				}
			}),
			{ numRuns: 8 }
		);
	});
});

describe('who looks at a meeting', () => {
	const topics = (actor: Actor, meetingId: string) => read(scene.installation, actor, (tx) => listMeetingTopics(tx, actor, meetingId));

	test('hears of its items, also of one that comes later; who does not see it hears nothing', async () => {
		const { installation, actors } = scene;
		const { bodyId, meetingId, itemId } = await openItem([actors.holder]);
		expect(await topics(actors.colleague, meetingId)).toEqual([bodyId, meetingId, itemId]);
		scene.installation.world.tick(1000);
		const later = sure(await addItem(installation, actors.colleague, { meetingId, title: 'De sleutels' }));
		expect(await topics(actors.holder, meetingId)).toEqual([bodyId, meetingId, itemId, later.itemId]);
		const { rows } = await scene.database.connections.owner().then(async (client) => {
			const found = await client.query("select from outbox where kind = 'live.changed' and payload ->> 'meetingId' = $1", [meetingId]);
			await client.end();
			return found;
		});
		expect(rows.length).toBe(2);
		const own = { name: 'Teamoverleg', kind: 'meeting', of: 'organisation', rule: 'consent' };
		const made = sure(await makeBody(installation, actors.holder, own));
		sure(
			await acceptSeat(
				installation,
				actors.holder,
				sure(await offerSeat(installation, actors.holder, { ...made, membershipId: actors.holder.membershipId }))
			)
		);
		const called = sure(await callMeeting(installation, actors.holder, { ...made, ...when() }));
		expect(await topics(actors.holder, called.meetingId)).toEqual([made.bodyId, called.meetingId]);
		expect(await topics(actors.seated, called.meetingId)).toBeNull();
	});

	test('hears at a case table of their own cases alone', async () => {
		const { installation, actors } = scene;
		const named = { name: 'Casustafel', kind: 'case_table', of: 'network', rule: 'consent' };
		const { bodyId } = sure(await makeBody(installation, actors.facilitator, named));
		const { meetingId } = sure(await callMeeting(installation, actors.facilitator, { bodyId, ...when() }));
		const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
		const { itemId } = sure(await bringCase(installation, actors.holder, { meetingId, caseId, from: '10:00', text: 'Wie weet raad?' }));
		expect(await topics(actors.holder, meetingId)).toEqual([bodyId, meetingId, itemId]);
		expect(await topics(actors.colleague, meetingId)).toEqual([bodyId, meetingId]);
	});
});

describe('a meeting that is called for one thing', () => {
	const called = (wish: object) => callMeeting(scene.installation, scene.actors.facilitator, { ...when(), ...wish });
	const bodyOf = async (kind: string) =>
		sure(await makeBody(scene.installation, scene.actors.facilitator, { name: 'Netwerk', kind, of: 'network', rule: 'consent' }));

	test('has that on its agenda at once, by a facilitator too, and asks first about what looks like a number of someone', async () => {
		const body = await bodyOf('meeting');
		const { facilitator, colleague } = scene.actors;
		const doubted = await called({ ...body, item: { title: 'Wie belooft wat?', text: 'Bel 06 12345678' } });
		expect(doubted).toMatchObject({ refusal: { code: 'needs_acknowledgement', fields: [{ path: ['item', 'text'] }] } });
		const { meetingId } = sure(await called({ ...body, item: { title: 'Wie belooft wat?', text: 'Wat kunnen de anderen doen?' } }));
		const items = await read(scene.installation, colleague, (tx) => listItems(tx, colleague, meetingId));
		expect(items).toMatchObject([{ title: 'Wie belooft wat?', personId: facilitator.personId, end: null }]);
	});

	test('is not a case table: only cases stand there, each seen by its own', async () => {
		expect(said(await called({ ...(await bodyOf('case_table')), item: { title: 'Wie belooft wat?' } }))).toBe('wrong_state');
	});
});

describe('a seat', () => {
	test('for one item is one of a person, also who works for two organisations', async () => {
		const { installation, actors, officers } = scene;
		const { itemId, bodyId } = await openItem([actors.holder]);
		const twice = await addPerson(scene, ['professional'], actors.colleague);
		const other = installation.world.id();
		await owner(
			"insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from) values ($1, $2, $3, $4, 'bestuurslid', '{professional}', $5)",
			[twice.networkId, other, twice.personId, officers.governor.organisationId, installation.world.now()]
		);
		installation.world.tick(1000);
		sure(await joinItem(installation, twice, { itemId }));
		const elsewhere: Actor = { ...twice, membershipId: other, organisationId: officers.governor.organisationId };
		expect(said(await joinItem(installation, elsewhere, { itemId }))).toBe('wrong_state');
		expect((await read(installation, twice, (tx) => findItem(tx, twice, itemId)))?.joined).toHaveLength(1);
		expect((await read(installation, twice, (tx, now) => findBody(tx, twice, now, bodyId)))?.seats).toHaveLength(1);
	});

	test('of who left their work does not count any more: most of those who are left decide', async () => {
		const { installation, actors } = scene;
		const gone = await addPerson(scene, ['professional'], actors.colleague);
		installation.world.tick(1000);
		const { itemId } = await openItem([actors.holder, gone], 'majority');
		sure(await takePosition(installation, actors.holder, { itemId, version: 1, position: 'consent' }));
		const decision = { itemId, outcome: 'decided', version: 1, reason: 'De meeste stemmen.' };
		expect(said(await decide(installation, actors.holder, decision))).toBe('too_few_agree');
		await owner('update membership set valid_until = $1 where membership_id = $2', [installation.world.now(), gone.membershipId]);
		installation.world.tick(1000);
		sure(await decide(installation, actors.holder, decision));
	});

	test('eight who join at once all have one; of two who close at once one does', async () => {
		const { installation, actors } = scene;
		const joining = await Promise.all(Array.from({ length: 8 }, () => addPerson(scene, ['professional'])));
		installation.world.tick(1000);
		const { itemId } = await openItem([actors.holder, actors.seated]);
		for (const answer of await Promise.all(joining.map((one) => joinItem(installation, one, { itemId })))) sure(answer);
		const decision = { itemId, outcome: 'decided', version: 1, reason: 'Goed.' };
		expect(said(await decide(installation, actors.holder, decision))).toBe('too_few_heard');
		for (const one of [actors.holder, actors.seated])
			sure(await takePosition(installation, one, { itemId, version: 1, position: 'consent' }));
		const closing = [actors.holder, actors.seated].map((one) => decide(installation, one, decision));
		expect((await Promise.all(closing)).map(said).toSorted()).toEqual(['item_closed', 'yes']);
	});
});

describe('the database itself', () => {
	test('lets nobody join, propose or object once an item is closed', async () => {
		const { installation, actors } = scene;
		const { itemId, bodyId } = await openItem([actors.holder]);
		const { networkId, personId, membershipId } = actors.colleague;
		const insert = 'insert into item_seat (network_id, item_id, body_id, person_id, membership_id, at) values ($1, $2, $3, $4, $5, $6)';
		const row = [networkId, itemId, bodyId, personId, membershipId, installation.world.now()];
		const context = contextOf(actors.colleague, installation.world.now().toISOString());
		expect(await sql.tried('app', context, insert, row)).toBe(1);
		sure(await decide(installation, actors.holder, { itemId, outcome: 'no_decision', reason: 'Later.' }));
		expect(await sql.tried('app', context, insert, row)).toBe('42501');
	});

	test('lets nobody close an item without a fixed seat, confirm their own rule, or sit for another', async () => {
		const { installation, actors } = scene;
		const { itemId, bodyId } = await openItem([actors.holder, actors.seated]);
		const now = installation.world.now();
		const by = (actor: Actor) => contextOf(actor, now.toISOString());
		const ends = (actor: Actor) =>
			sql.tried(
				'app',
				by(actor),
				"insert into item_end (network_id, item_id, body_id, rule, reason, person_id, membership_id, at) values ($1, $2, $3, 'consent', 'Zo.', $4, $5, $6)",
				[actor.networkId, itemId, bodyId, actor.personId, actor.membershipId, now]
			);
		expect([await ends(actors.holder), await ends(actors.colleague), await ends(actors.facilitator)]).toEqual([1, '42501', '42501']);
		const { ruleId } = sure(await proposeRule(installation, actors.holder, { bodyId, rule: 'advice' }));
		const confirms = (actor: Actor) =>
			sql.tried(
				'app',
				by(actor),
				'insert into body_rule_answer (network_id, rule_id, body_id, person_id, membership_id, at) values ($1, $2, $3, $4, $5, $6)',
				[actor.networkId, ruleId, bodyId, actor.personId, actor.membershipId, now]
			);
		expect([await confirms(actors.seated), await confirms(actors.holder), await confirms(actors.colleague)]).toEqual([1, '42501', '42501']);
		const { seatId } = sure(await offerSeat(installation, actors.holder, { bodyId, membershipId: actors.colleague.membershipId }));
		const takes = (actor: Actor, person: Actor) =>
			sql.tried(
				'app',
				by(actor),
				"insert into body_seat_answer (network_id, seat_id, body_id, answer, person_id, at) values ($1, $2, $3, 'accepted', $4, $5)",
				[actor.networkId, seatId, bodyId, person.personId, now]
			);
		const { colleague, holder } = actors;
		expect([await takes(colleague, colleague), await takes(holder, colleague), await takes(holder, holder)]).toEqual([1, '42501', '42501']);
	});
});

test('the own agenda holds what one has a seat in or joined, cancelled too, and nothing that is over', async () => {
	const { installation, actors } = scene;
	const someone = await addPerson(scene, ['professional']);
	installation.world.tick(1000);
	const { itemId, meetingId } = await openItem([actors.holder]);
	const own = () => read(installation, someone, (tx, now) => listMyAgenda(tx, someone, now, now));
	expect(await own()).toEqual([]);
	sure(await joinItem(installation, someone, { itemId }));
	expect(await own()).toMatchObject([{ meetingId, why: 'item', state: 'called', changes: 0 }]);
	installation.world.tick(1000);
	sure(await changeMeeting(installation, actors.holder, { kind: 'cancelled', meetingId }));
	expect(await own()).toMatchObject([{ meetingId, state: 'cancelled', changes: 1 }]);
	installation.world.tick(10 * 86_400_000);
	expect(await own()).toEqual([]);
});

test('what waits is a seat that was offered, and a way to decide for a second fixed seat; the letters say nothing of what it is about', async () => {
	const { installation, actors } = scene;
	const asked = await addPerson(scene, ['professional']);
	installation.world.tick(1000);
	const { bodyId, meetingId, itemId } = await openItem([actors.holder, actors.seated]);
	sure(await offerSeat(installation, actors.holder, { bodyId, membershipId: asked.membershipId }));
	sure(await proposeRule(installation, actors.holder, { bodyId, rule: 'advice' }));
	const waits = (actor: Actor) => read(installation, actor, (tx, now) => listMyBodies(tx, actor, now));
	expect(await waits(asked)).toEqual({ offers: [{ bodyId, name: 'Visieteam' }], rules: [] });
	expect((await waits(actors.holder)).rules).not.toContainEqual({ bodyId, name: 'Visieteam' });
	expect((await waits(actors.seated)).rules).toContainEqual({ bodyId, name: 'Visieteam' });

	const letters: Letter[] = [];
	for (const [kind, handler] of Object.entries(meetingJobs))
		await handler(installation, {
			...{ id: installation.world.id(), kind, networkId: asked.networkId, now: installation.world.now(), tries: 0 },
			payload: { bodyId, meetingId, itemId, personId: asked.personId },
			sendMail: async (letter) => void letters.push(letter),
			ask: () => Promise.resolve()
		});
	expect(letters).toHaveLength(7);
	for (const { text, to } of letters) {
		expect(to).toBe(`${asked.personId}@haven.example`);
		expect(text).toMatch(new RegExp(`/haven/overleg/${bodyId}(/${meetingId}(/(casus/)?${itemId})?)?$`, 'm'));
		expect(text).not.toContain('Visieteam');
	}
});
