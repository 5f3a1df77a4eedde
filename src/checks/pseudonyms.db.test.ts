import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '#rooms/cases/commands.server.ts';
import { caseWords } from './case-words.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(36);
});
afterAll(() => scene.drop());

test('two who draw the same name for a case at the same moment get each another', async () => {
	const { installation, actors } = scene;
	// Chance that says the same to each of them, one thing after the other.
	const sameChance = () => {
		let drawn = 0;
		return {
			...{ now: () => installation.world.now(), id: () => installation.world.id() },
			random: (size: number) => new Uint8Array(size).fill((drawn += 37) % 256)
		};
	};
	const opened = await Promise.all(
		Array.from({ length: 6 }, () => openCase({ ...installation, world: sameChance() }, actors.holder, caseWords))
	);
	expect(new Set(opened.map((one) => sure(one).pseudonym)).size).toBe(6);
});
