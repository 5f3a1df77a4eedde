import { afterAll, beforeAll, expect, test } from 'vitest';
import { leavingOperations } from '#lib/api/leaving-operations.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { openApiScene } from './api-scene.server.ts';

/** By API: an organisation that leaves. Each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(683);
});
afterAll(() => scene.drop());

test('is proposed by who binds it, seen as counts, taken back, and confirmed by another', async () => {
	const { organisationId } = scene.officers.administratorTwo;
	const on = (days: number) => ({ body: { leavesOn: addDays(dayAt(scene.installation.world.now()), days) } });
	const propose = (who: 'holder' | 'administratorTwo', days = 0) => scene.ask(who, 'POST', '/organisation-leaves', on(days));
	const answer = (who: 'holder' | 'governor' | 'administratorTwo', leaveId: string, what: 'confirmation' | 'withdrawal') =>
		scene.ask(who, 'POST', `/organisation-leaves/${leaveId}/${what}`);
	const counts = (who: 'governor' | 'administratorTwo' | 'holder') =>
		scene.ask(who, 'GET', `/organisations/${organisationId}/leave-counts`);
	expect((await propose('holder')).code).toBe('not_allowed');
	expect((await propose('administratorTwo', -1)).code).toBe('invalid');
	expect((await counts('administratorTwo')).status).toBe(200);
	expect((await counts('governor')).status).toBe(404);
	const first = (await propose('administratorTwo', 30)).json as { leaveId: string };
	expect((await counts('governor')).status).toBe(200);
	expect((await counts('holder')).status).toBe(404);
	expect((await scene.ask('holder', 'GET', '/organisation-leaves')).json).toMatchObject({ leaves: [{ organisationId, state: 'waiting' }] });
	expect((await scene.ask(null, 'GET', '/organisation-leaves')).status).toBe(401);
	expect((await answer('governor', first.leaveId, 'withdrawal')).code).toBe('not_yours');
	expect((await answer('administratorTwo', first.leaveId, 'withdrawal')).status).toBe(204);
	const { leaveId } = (await propose('administratorTwo')).json as { leaveId: string };
	expect((await answer('administratorTwo', leaveId, 'confirmation')).code).toBe('other_eyes');
	expect((await answer('governor', leaveId, 'confirmation')).json).toEqual({ left: true });
	// The next call of someone who works there alone: their token opens nothing any more.
	expect((await scene.ask('holder', 'GET', '/organisation-leaves')).status).toBe(401);
	expect((await scene.ask('governor', 'GET', '/organisation-leaves')).json).toEqual({ leaves: [] });
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(leavingOperations)).toEqual({ done: [], refused: [] }));
