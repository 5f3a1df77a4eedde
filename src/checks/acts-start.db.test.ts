import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { addStartNote, closeStartTable, moveStartTable, openStartTable } from '#rooms/network/start/table/commands.server.ts';
import { findStartTable, listStartTables } from '#rooms/network/start/table/read.server.ts';
import { said } from './acts-document.ts';
import { partnersOf, testMatrix } from './partners.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** Whole: every act on the table of the start, as every role in every state, for real; and several phones at one table. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(36);
});
afterAll(() => scene.drop());

/** Closes what is open in someone's network: one table is open at a time. */
const closesOpen = async (actor: Actor): Promise<void> => {
	const tables = await read(scene.installation, actor, (tx) => listStartTables(tx, actor));
	for (const { tableId, part } of tables) if (part !== null) sure(await closeStartTable(scene.installation, actor, { tableId }));
};
const opens = async (): Promise<string> => {
	await closesOpen(scene.actors.holder);
	return sure(await openStartTable(scene.installation, scene.actors.holder, {})).tableId;
};
const note = (actor: Actor, tableId: string, text: string) => addStartNote(scene.installation, actor, { tableId, part: 'relations', text });

const acts: Readonly<Record<string, (actor: Actor, tableId: string) => Promise<Outcome<unknown>>>> = {
	'start_table.open': (actor) => openStartTable(scene.installation, actor, {}),
	'start_table.note': (actor, tableId) => note(actor, tableId, 'Wij bellen elkaar.'),
	'start_table.move': (actor, tableId) => moveStartTable(scene.installation, actor, { tableId, part: 'process' }),
	'start_table.close': (actor, tableId) => closeStartTable(scene.installation, actor, { tableId })
};

describe('acts on the table of the start', () => {
	const stage = async (state: string): Promise<string> => {
		await closesOpen(scene.actors.stranger);
		await closesOpen(scene.actors.holder);
		if (state === 'none') return '';
		const tableId = await opens();
		scene.installation.world.tick(1000);
		if (state === 'closed') sure(await closeStartTable(scene.installation, scene.actors.holder, { tableId }));
		return tableId;
	};
	testMatrix('Acts on the table of the start', () => partnersOf(scene), stage, acts);
});

describe('several phones at one table', () => {
	const find = (tableId: string) =>
		read(scene.installation, scene.actors.checker, (tx) => findStartTable(tx, scene.actors.checker, tableId));

	test('that say something at the same moment are all heard, each with a name', async () => {
		const tableId = await opens();
		const { holder, seated, colleague, facilitator } = scene.actors;
		const all = [holder, seated, colleague, facilitator];
		await Promise.all([...all, ...all].map(async (actor, index) => sure(await note(actor, tableId, `Zin ${index}`))));
		const table = await find(tableId);
		expect(table?.notes.map(({ text }) => text).toSorted()).toEqual(Array.from({ length: 8 }, (_, index) => `Zin ${index}`));
		expect(new Set(table?.notes.map(({ personId }) => personId)).size).toBe(4);
	});

	test('one is open at a time: of six who open one at the same moment one does, and who may open it may close it', async () => {
		const { installation, actors } = scene;
		await closesOpen(actors.holder);
		const all = [actors.holder, actors.seated, actors.colleague, actors.facilitator, actors.invited, actors.holder];
		const answers = await Promise.all(all.map((actor) => openStartTable(installation, actor, {})));
		expect(answers.map(said).toSorted()).toEqual([...Array.from({ length: 5 }, () => 'table_open'), 'yes']);
		expect(answers.find((answer) => !answer.ok)).toMatchObject({ refusal: { lift: { kind: 'role', role: 'yourself' } } });
		await closesOpen(actors.seated);
		sure(await openStartTable(installation, actors.colleague, {}));
	});

	test('where one closes and others speak at the same moment: nothing is said after it was closed', async () => {
		const tableId = await opens();
		const { holder, seated } = scene.actors;
		const outcomes = await Promise.all([
			...Array.from({ length: 6 }, (_, index) => note(seated, tableId, `Zin ${index}`)),
			closeStartTable(scene.installation, holder, { tableId }),
			moveStartTable(scene.installation, seated, { tableId, part: 'rules' })
		]);
		const told = outcomes.map(said);
		expect(told[6]).toBe('yes');
		expect(new Set(told)).toEqual(new Set(told.includes('table_closed') ? ['yes', 'table_closed'] : ['yes']));
		const table = await find(tableId);
		expect(table?.part).toBeNull();
		expect(table?.notes.length).toBe(told.slice(0, 6).filter((answer) => answer === 'yes').length);
	});

	test('that move it in one moment leave it where the last of them went', async () => {
		for (let round = 0; round < 8; round++) {
			const tableId = await opens();
			for (const part of ['rules', 'process', 'who', 'relations'] as const)
				sure(await moveStartTable(scene.installation, scene.actors.holder, { tableId, part }));
			expect((await find(tableId))?.part).toBe('relations');
		}
	});

	test('of which two write one part at once: one stands, the other is shown both', async () => {
		const { installation, actors } = scene;
		for (const part of ['went_before', 'who']) sure(await writeStart(installation, actors.holder, { part, text: 'Zin.' }));
		const write = (actor: Actor, text: string, seen: string | null) => writeStart(installation, actor, { part: 'challenge', text, seen });
		const both = await Promise.all([write(actors.holder, 'Eerste.', null), write(actors.seated, 'Tweede.', null)]);
		expect(both.map(said).toSorted()).toEqual(['changed_meanwhile', 'yes']);
		const start = () => read(installation, actors.holder, (tx) => getNetworkStart(tx, actors.holder));
		const stands = (await start()).sentences.get('challenge');
		expect(stands?.versions).toBe(1);
		installation.world.tick(1000);
		expect(said(await write(actors.colleague, 'Derde.', stands?.startId ?? ''))).toBe('yes');
		expect(said(await write(actors.holder, 'Vierde.', stands?.startId ?? ''))).toBe('changed_meanwhile');
	});

	test('each state the interest of their own organisation, and of no other', async () => {
		const { installation, actors, officers } = scene;
		for (const part of ['went_before', 'who', 'challenge', 'ambition', 'sign_1'])
			sure(await writeStart(installation, actors.holder, { part, text: 'Zin.' }));
		sure(await stateInterest(installation, actors.holder, { gains: 'Rust.', brings: 'Woningen.', keeps: 'Onze naam.', seen: null }));
		sure(await stateInterest(installation, officers.governor, { gains: 'Geld.', brings: 'Ruimte in regels.', seen: null }));
		const other = { gains: 'x', brings: 'y', organisationId: officers.governor.organisationId };
		expect(said(await stateInterest(installation, actors.holder, other))).toBe('invalid');
		const { interests } = await read(installation, actors.checker, (tx) => getNetworkStart(tx, actors.checker));
		expect(interests.map(({ organisationId, gains }) => [organisationId, gains])).toEqual([
			[actors.holder.organisationId, 'Rust.'],
			[officers.governor.organisationId, 'Geld.']
		]);
	});
});
