import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { caseWords } from './case-words.ts';
import { grantRequest, lapse } from './granted.server.ts';
import { openPotScene } from './pot-scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A case is closed by what is true of it: the share that was helped without money hangs on it. */

let scene: Scene;
beforeAll(async () => {
	({ scene } = await openPotScene(35));
});
afterAll(() => scene.drop());

const close = (caseId: string, outcome: string) =>
	closeCase(scene.installation, scene.actors.holder, { caseId, outcome, cause: 'not_known_yet' });

test('a case to which money was granted was not helped without money', async () => {
	const { caseId } = await grantRequest(scene, { cents: 250_00 });
	expect(await close(caseId, 'helped_without_money')).toMatchObject({
		refusal: { code: 'invalid', fields: [{ path: ['outcome'], code: 'money_was_given' }] }
	});
	sure(await close(caseId, 'helped'));
});

test('one of which the money went back, unspent, may be', async () => {
	const { caseId, requestId } = await grantRequest(scene, { cents: 250_00 });
	await lapse(scene, requestId);
	sure(await close(caseId, 'helped_without_money'));
});

test('a case to which none was granted may be', async () => {
	const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
	sure(await close(caseId, 'helped_without_money'));
});
