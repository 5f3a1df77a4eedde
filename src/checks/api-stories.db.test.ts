import { afterAll, beforeAll, expect, test } from 'vitest';
import { storyOperations } from '#lib/api/story-operations.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords } from './case-words.ts';
import { sure } from './sure.ts';

/** By API: one allowed and one refused per act and reading on a story without names. The whole matrix stands at the commands. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene();
});
afterAll(() => scene.drop());

test('a story is written, read by a second, told, and taken back', async () => {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const invited = await inviteToTable(installation, actors.holder, {
		caseId,
		membershipId: actors.seated.membershipId,
		message: 'Doe mee'
	});
	sure(await acceptInvitation(installation, actors.seated, sure(invited)));
	sure(await closeCase(installation, actors.holder, { caseId, outcome: 'helped', cause: 'none', responsible: '' }));
	const path = `/cases/${caseId}/stories`;
	const story = { resident: 'yes', words: 'Wie wacht, betaalt dubbel.' };
	expect((await scene.ask('seated', 'POST', path, { body: story })).code).toBe('not_holder');
	expect((await scene.ask('holder', 'POST', path, { body: { ...story, resident: 'not_asked' } })).code).toBe('resident_not_asked');
	const written = await scene.ask('holder', 'POST', path, { body: story });
	expect(written.status).toBe(201);
	expect((await scene.ask('holder', 'POST', path, { body: story })).code).toBe('story_stands');
	const { storyId } = written.json as { storyId: string };

	expect((await scene.ask('seated', 'GET', path)).json).toMatchObject({ stories: [{ storyId, state: 'waiting', words: story.words }] });
	expect((await scene.ask('colleague', 'GET', path)).status).toBe(404);
	const hand = { body: { answer: 'released' } };
	expect((await scene.ask('holder', 'POST', `/stories/${storyId}/hand`, hand)).code).toBe('other_eyes');
	expect((await scene.ask('colleague', 'GET', '/stories')).json).toEqual({ stories: [] });
	expect((await scene.ask('seated', 'POST', `/stories/${storyId}/hand`, hand)).status).toBe(204);
	expect((await scene.ask('colleague', 'GET', '/stories')).json).toMatchObject({ stories: [{ body: story.words }] });
	expect((await scene.ask(null, 'GET', '/stories')).status).toBe(401);

	expect((await scene.ask('colleague', 'POST', `/stories/${storyId}/withdrawal`)).code).toBe('not_found');
	expect((await scene.ask('holder', 'POST', `/stories/${storyId}/withdrawal`)).status).toBe(204);
	expect((await scene.ask('colleague', 'GET', '/stories')).json).toEqual({ stories: [] });
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(storyOperations)).toEqual({ done: [], refused: [] }));
