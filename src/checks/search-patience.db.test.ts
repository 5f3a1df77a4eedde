import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { findCases } from '#foundation/search/find-cases.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(11);
});
afterAll(async () => await scene.drop());

// A statement that takes 15 seconds is ended by the database, and a few of those at once would keep everyone else waiting.
test('many words over many long texts that hold none of them are answered within the patience of the database', async () => {
	const { installation, actors } = scene;
	const long = '1 '.repeat(50_000);
	const texts = { stuck: long, goal: long, firstNeed: long, ownOrganisation: long, looming: long };
	for (let round = 0; round < 16; round++)
		sure(await openCase(installation, actors.holder, { ...texts, residentKnows: 'yes', acknowledged: true }));
	expect(await read(installation, actors.holder, (tx) => findCases(tx, 'abcd efgh ijkl mnop qrst uvwx yzab cdef'))).toEqual([]);
}, 90_000);
