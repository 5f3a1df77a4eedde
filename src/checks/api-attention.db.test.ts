import { afterAll, beforeAll, expect, test } from 'vitest';
import { attentionOperations } from '#lib/api/attention-operations.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords } from './case-words.ts';
import { sure } from './sure.ts';

/** By API: one's own attention, and a reminder of the facilitator. Each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(581);
});
afterAll(() => scene.drop());

test('what asks for attention is one’s own, and a facilitator has an organisation reminded', async () => {
	const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
	const body = { organisationId: scene.actors.holder.organisationId, code: 'silent' };
	const remind = (who: 'holder' | 'facilitator' | 'stranger') => scene.ask(who, 'POST', '/facilitation/reminders', { body });
	expect((await remind('facilitator')).code).toBe('nothing_to_nudge');
	scene.installation.world.tick(15 * 86_400_000);
	expect((await scene.ask('holder', 'GET', '/my-attention')).json).toMatchObject({ silent: [{ caseId }], open: null });
	expect((await scene.ask('seated', 'GET', '/my-attention')).json).toEqual({ silent: [], overdue: [], open: null, oneSided: [] });
	expect((await scene.ask(null, 'GET', '/my-attention')).status).toBe(401);
	expect((await remind('holder')).code).toBe('not_allowed');
	expect((await remind('stranger')).status).toBe(404);
	expect((await remind('facilitator')).status).toBe(201);
	expect((await remind('facilitator')).code).toBe('already_nudged');
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(attentionOperations)).toEqual({ done: [], refused: [] }));
