import { afterAll, beforeAll, expect, test } from 'vitest';
import { comingBackOperations } from '#lib/api/coming-back-operations.ts';
import { openApiScene } from './api-scene.server.ts';

/** By API: an organisation that comes back. Each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(972);
});
afterAll(() => scene.drop());

test('is proposed by one, taken back, confirmed by another, and listed no more', async () => {
	const { organisationId } = scene.officers.treasurerTwo;
	const propose = (who: 'holder' | 'governor' | 'facilitator', of = organisationId) =>
		scene.ask(who, 'POST', '/organisation-returns', { body: { organisationId: of } });
	const answer = (who: 'holder' | 'governor' | 'administratorTwo', returnId: string, what: 'confirmation' | 'withdrawal') =>
		scene.ask(who, 'POST', `/organisation-returns/${returnId}/${what}`);
	expect((await propose('holder')).code).toBe('not_allowed');
	expect((await propose('governor')).code).toBe('wrong_state');
	expect((await propose('governor', scene.installation.world.id())).status).toBe(404);
	const owner = await scene.database.connections.owner();
	await owner.query('update organisation set left_at = $1 where organisation_id = $2', [scene.installation.world.now(), organisationId]);
	await owner.end();
	const first = (await propose('governor')).json as { returnId: string };
	expect((await propose('facilitator')).code).toBe('already_proposed');
	expect((await answer('administratorTwo', first.returnId, 'withdrawal')).code).toBe('not_yours');
	expect((await answer('holder', first.returnId, 'withdrawal')).code).toBe('not_allowed');
	expect((await answer('governor', first.returnId, 'withdrawal')).status).toBe(204);
	expect((await answer('governor', first.returnId, 'withdrawal')).code).toBe('wrong_state');
	const { returnId } = (await propose('governor')).json as { returnId: string };
	expect((await scene.ask('holder', 'GET', '/organisation-returns')).json).toMatchObject({
		left: [{ organisationId, proposal: { returnId } }]
	});
	expect((await answer('holder', returnId, 'confirmation')).code).toBe('not_allowed');
	expect((await answer('governor', returnId, 'confirmation')).code).toBe('four_eyes');
	expect((await answer('administratorTwo', scene.installation.world.id(), 'confirmation')).status).toBe(404);
	expect((await answer('administratorTwo', scene.installation.world.id(), 'withdrawal')).status).toBe(404);
	const back = await answer('administratorTwo', returnId, 'confirmation');
	expect(back.status).toBe(201);
	expect((back.json as { organisationId: string }).organisationId).not.toBe(organisationId);
	expect((await answer('administratorTwo', returnId, 'confirmation')).code).toBe('wrong_state');
	expect((await scene.ask('holder', 'GET', '/organisation-returns')).json).toEqual({ left: [] });
	expect((await scene.ask(null, 'GET', '/organisation-returns')).status).toBe(401);
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(comingBackOperations)).toEqual({ done: [], refused: [] }));
