import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { addItem, callMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { listItems } from '#rooms/meetings/agenda/read.server.ts';
import { acceptSeat, makeBody, offerSeat } from '#rooms/meetings/bodies/commands.server.ts';
import { bringCase } from '#rooms/meetings/case-table/commands.server.ts';
import { listMeetingTopics } from '#rooms/meetings/live/read.server.ts';
import { said } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Meetings as others see them come: a page that waits, and a meeting that is called for one thing. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(46);
});
afterAll(() => scene.drop());

const when = () => ({ day: addDays(dayAt(scene.installation.world.now()), 7), from: '9:30', until: '11:00' });

/** A meeting of the network with one fixed seat and an open item. */
async function openItem(seat: Actor) {
	const { installation, actors } = scene;
	const named = { name: 'Visieteam', kind: 'vision_team', of: 'network', rule: 'consent' };
	const { bodyId } = sure(await makeBody(installation, actors.administrator, named));
	const offered = sure(await offerSeat(installation, actors.administrator, { bodyId, membershipId: seat.membershipId }));
	sure(await acceptSeat(installation, seat, offered));
	const { meetingId } = sure(await callMeeting(installation, seat, { bodyId, ...when() }));
	const { itemId } = sure(await addItem(installation, seat, { meetingId, title: 'Roosters' }));
	return { bodyId, meetingId, itemId };
}

describe('who looks at a meeting', () => {
	const topics = (actor: Actor, meetingId: string) => read(scene.installation, actor, (tx) => listMeetingTopics(tx, actor, meetingId));

	test('hears of its items, also of one that comes later; who does not see it hears nothing', async () => {
		const { installation, actors } = scene;
		const { bodyId, meetingId, itemId } = await openItem(actors.holder);
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
