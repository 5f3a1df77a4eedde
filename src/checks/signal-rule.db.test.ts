import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOften, sharedCause } from './fill-causes.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import { confirmSignalRule, proposeSignalRule } from '#rooms/causes/signal-rule/commands.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(24);
});
afterAll(() => scene.drop());

test('the rule says how many cases in how many months open a signal', async () => {
	const { installation, actors, officers } = scene;
	const { ruleId } = sure(await proposeSignalRule(installation, officers.governor, { cases: 4, months: 2, quietMonths: 6 }));
	sure(await confirmSignalRule(installation, actors.administrator, { ruleId, answer: 'confirmed' }));
	const cause = sharedCause(scene);
	const signals = () => read(installation, actors.colleague, (tx) => listSignals(tx, actors.colleague.networkId));
	await nameOften(scene, 3, cause);
	expect(await signals()).toEqual([]);
	installation.world.tick(70 * 24 * 60 * 60 * 1000);
	await nameOften(scene, 1, cause);
	expect(await signals()).toEqual([]);
	await nameOften(scene, 3, cause);
	expect(await signals()).toMatchObject([{ state: 'seen' }]);
});
