import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { addItem, changeMeeting } from '#rooms/meetings/agenda/commands.server.ts';
import { listItems } from '#rooms/meetings/agenda/read.server.ts';
import { carryItem, takeOffItem } from '#rooms/meetings/carrying/commands.server.ts';
import { noteCase } from '#rooms/meetings/case-table/commands.server.ts';
import { listCaseItems } from '#rooms/meetings/case-table/read.server.ts';
import { decide } from '#rooms/meetings/minutes/commands.server.ts';
import { listMissingMinutes } from '#rooms/meetings/minutes/read.server.ts';
import { tableUnder } from './acts-document.ts';
import { hoursMs, idsOf, meetingScene } from './meeting-scene.server.ts';
import { runDaily } from './run-daily.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** After a meeting who keeps its minutes is asked what came of each item; who has nothing to record hears nothing. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(912);
});
afterAll(() => scene.drop());
const { owned, toldOf, reads, openMeetings, openCaseTables } = meetingScene(() => scene);

describe('missing minutes', () => {
	async function stage(what: 'item' | 'case' | 'nothing' | 'carried' | 'cancelled') {
		const { installation, actors } = scene;
		if (what === 'case') return openCaseTables();
		const at = await openMeetings(actors.holder, actors.seated);
		const { meetingId, nextId } = at;
		const { itemId } = sure(await addItem(installation, actors.colleague, { meetingId, title: 'Roosters', text: 'Wie ruilt er?' }));
		const why = { itemId, reason: 'De tijd was op.' };
		if (what === 'nothing') sure(await decide(installation, actors.holder, { ...why, outcome: 'informed' }));
		if (what === 'carried') sure(await carryItem(installation, actors.holder, { ...why, meetingId: nextId }));
		installation.world.tick(1000);
		if (what === 'cancelled') sure(await changeMeeting(installation, actors.holder, { kind: 'cancelled', meetingId }));
		return at;
	}
	const over = async (what: Parameters<typeof stage>[0], hours = 3) => {
		const at = await stage(what);
		scene.installation.world.tick(hours * hoursMs);
		return at;
	};
	const asks = () => runDaily(scene, 'daily.meetings');
	const asked = async (...laterHours: readonly number[]) => {
		const at = await over('item');
		for (const hours of laterHours) {
			await asks();
			scene.installation.world.tick(hours * hoursMs);
		}
		return at;
	};
	const states: Record<string, () => Promise<{ meetingId: string }>> = {
		'over, an item is open': () => over('item'),
		'over, a case was not noted': () => over('case'),
		'over, everything is recorded': () => over('nothing'),
		'over, carried over': () => over('carried'),
		'over, cancelled': () => over('cancelled'),
		'not over': () => stage('item'),
		asked: () => asked(24),
		'asked a week ago': () => asked(24 * 7),
		'asked twice': () => asked(24 * 7, 24 * 8),
		'over for thirty days': () => over('item', 24 * 31)
	};
	const logged = async (id: string): Promise<number> =>
		(await owned('select 1 from log_line where act = $1 and object_id = $2 and person_id is null', ['minutes.ask', id])).length;
	for (const [act = '', state = '', cell = ''] of tableUnder('Acts of the product on missing minutes').rows)
		test(`${act} ${state}`, async () => {
			const { meetingId } = (await states[state]?.()) ?? { meetingId: '' };
			const before = await logged(meetingId);
			await asks();
			expect((await logged(meetingId)) > before ? 'yes' : 'wrong_state').toBe(cell);
		});

	test('are asked of the fixed seats, and of who holds the case; each once, however many look', async () => {
		const { actors } = scene;
		const at = await stage('item');
		const table = await stage('case');
		scene.installation.world.tick(3 * hoursMs);
		await Promise.all([asks(), asks()]);
		await asks();
		expect(await toldOf('mail.minutes_missing', 'meetingId', at.meetingId)).toEqual(idsOf(actors.holder, actors.seated));
		expect(await toldOf('mail.minutes_missing', 'meetingId', table.meetingId)).toEqual(idsOf(actors.holder));
	});

	test('stand on the page of who keeps them until each item has its word, and on no other', async () => {
		const { installation, actors } = scene;
		const { holder, seated, colleague, facilitator } = actors;
		const at = await over('item');
		const table = await over('case');
		const shows = async (actor: Actor, id: string) =>
			(await reads(actor, (tx, now) => listMissingMinutes(tx, actor, now))).some((one) => one.meetingId === id);
		const whom = async (id: string) => [
			...[await shows(holder, id), await shows(seated, id)],
			...[await shows(colleague, id), await shows(facilitator, id)]
		];
		expect(await whom(at.meetingId)).toEqual([true, true, false, false]);
		expect(await whom(table.meetingId)).toEqual([true, false, false, false]);
		const [item] = await reads(holder, (tx) => listItems(tx, holder, at.meetingId));
		sure(await takeOffItem(installation, holder, { itemId: item?.itemId ?? '', reason: 'Niemand wilde erover praten.' }));
		const [own] = await reads(holder, (tx) => listCaseItems(tx, holder, table.meetingId));
		sure(await noteCase(installation, holder, { itemId: own?.itemId ?? '', decision: 'Uitstel.', reason: 'Rust.' }));
		expect([await shows(holder, at.meetingId), await shows(holder, table.meetingId)]).toEqual([false, false]);
	});
});
