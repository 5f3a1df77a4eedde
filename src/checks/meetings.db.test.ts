import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Letter } from '#foundation/mail/letter.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { acceptInvitation, inviteToTable, leaveTable, openCase } from '#rooms/cases/commands.server.ts';
import { addItem, callMeeting, changeMeeting, joinItem } from '#rooms/meetings/agenda/commands.server.ts';
import { findItem } from '#rooms/meetings/agenda/read.server.ts';
import { acceptSeat, makeBody, offerSeat, proposeRule } from '#rooms/meetings/bodies/commands.server.ts';
import { findBody, listMyBodies } from '#rooms/meetings/bodies/read.server.ts';
import { listMyAgenda } from '#rooms/meetings/calendar/read.server.ts';
import { bringCase } from '#rooms/meetings/case-table/commands.server.ts';
import { listCaseItems, openCaseItem } from '#rooms/meetings/case-table/read.server.ts';
import { meetingJobs } from '#rooms/meetings/jobs.server.ts';
import { decide, propose, takePosition } from '#rooms/meetings/minutes/commands.server.ts';
import { said } from './acts-document.ts';
import { addPerson } from './more-people.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { underWay } from '../../e2e/under-way.ts';
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
async function openItem(seats: readonly Actor[], rule = 'consent', at: ReturnType<typeof when> = underWay(scene.installation.world.now())) {
	const { installation, actors } = scene;
	const named = { name: 'Visieteam', kind: 'vision_team', of: 'network', rule };
	const { bodyId } = sure(await makeBody(installation, actors.administrator, named));
	for (const seat of seats) {
		const offered = sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: seat.membershipId }));
		sure(await acceptSeat(installation, seat, offered));
	}
	const [first] = seats;
	if (!first) throw new Error('someone has a seat');
	const { meetingId } = sure(await callMeeting(installation, first, { bodyId, ...at }));
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
		expect(said(await joinItem(installation, elsewhere, { itemId }))).toBe('sits_for_other');
		expect(said(await joinItem(installation, twice, { itemId }))).toBe('wrong_state');
		expect((await read(installation, twice, (tx) => findItem(tx, twice, itemId)))?.joined).toHaveLength(1);
		expect((await read(installation, twice, (tx, now) => findBody(tx, twice, now, bodyId)))?.seats).toHaveLength(1);
	});

	test('of who works for two organisations is acted with for the one they sit for, which the refusal says they can do; it is one voice', async () => {
		const { installation, actors, officers } = scene;
		const twice = await addPerson(scene, ['professional'], actors.colleague);
		const other = installation.world.id();
		await owner(
			"insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from) values ($1, $2, $3, $4, 'begeleider', '{facilitator}', $5)",
			[twice.networkId, other, twice.personId, officers.governor.organisationId, installation.world.now()]
		);
		installation.world.tick(1000);
		const elsewhere: Actor = { ...twice, membershipId: other, organisationId: officers.governor.organisationId, roles: ['facilitator'] };
		const { itemId, bodyId } = await openItem([actors.holder]);
		sure(await joinItem(installation, twice, { itemId }));
		const consents = { itemId, version: 1, position: 'consent' };
		const sitsForOther = { ok: false, refusal: { code: 'sits_for_other', lift: { kind: 'role', role: 'yourself' } } };
		expect(await propose(installation, elsewhere, { itemId, text: 'Per dag.' })).toMatchObject(sitsForOther);
		expect(await takePosition(installation, elsewhere, consents)).toMatchObject(sitsForOther);
		sure(await takePosition(installation, twice, consents));
		// A fixed seat too: offered to one membership, it is no seat of the other.
		const offered = sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: twice.membershipId }));
		sure(await acceptSeat(installation, twice, offered));
		installation.world.tick(1000);
		const decision = { itemId, outcome: 'decided', version: 1, reason: 'Akkoord.' };
		expect(await decide(installation, elsewhere, decision)).toMatchObject(sitsForOther);
		expect(await proposeRule(installation, elsewhere, { bodyId, rule: 'advice' })).toMatchObject(sitsForOther);
		expect(said(await decide(installation, twice, decision))).toBe('too_few_heard');
		sure(await takePosition(installation, twice, consents));
		expect((await read(installation, twice, (tx) => findItem(tx, twice, itemId)))?.positions).toHaveLength(1);
	});

	test('that was taken for an organisation that one left is not lost: the same person goes on with it for the other', async () => {
		const { installation, actors, officers } = scene;
		const twice = await addPerson(scene, ['professional'], actors.colleague);
		const other = installation.world.id();
		await owner(
			"insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from) values ($1, $2, $3, $4, 'bestuurslid', '{professional}', $5)",
			[twice.networkId, other, twice.personId, officers.governor.organisationId, installation.world.now()]
		);
		installation.world.tick(1000);
		const { itemId } = await openItem([actors.holder]);
		sure(await joinItem(installation, twice, { itemId }));
		await owner('update membership set valid_until = $1 where membership_id = $2', [installation.world.now(), twice.membershipId]);
		installation.world.tick(1000);
		const now: Actor = { ...twice, membershipId: other, organisationId: officers.governor.organisationId };
		sure(await takePosition(installation, now, { itemId, version: 1, position: 'consent' }));
		expect(said(await joinItem(installation, now, { itemId }))).toBe('wrong_state');
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
				"insert into item_end (network_id, item_id, body_id, kind, rule, reason, person_id, membership_id, at) values ($1, $2, $3, 'no_decision', 'consent', 'Zo.', $4, $5, $6)",
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
		if (kind.startsWith('mail.'))
			await handler(installation, {
				...{ id: installation.world.id(), kind, networkId: asked.networkId, now: installation.world.now(), tries: 0 },
				payload: { bodyId, meetingId, itemId, personId: asked.personId },
				sendMail: async (letter) => void letters.push(letter),
				ask: () => Promise.resolve()
			});
	expect(letters).toHaveLength(13);
	for (const { text, to } of letters) {
		expect(to).toBe(`${asked.personId}@haven.example`);
		expect(text).toMatch(new RegExp(`/haven/overleg/${bodyId}(/${meetingId}(/(casus/)?${itemId})?)?$`, 'm'));
		expect(text).not.toContain('Visieteam');
	}
});
