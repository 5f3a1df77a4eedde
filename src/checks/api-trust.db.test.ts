import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustOperations } from '#lib/api/trust-operations.ts';
import { openApiScene } from './api-scene.server.ts';

/** By API: trust in a pair. One allowed and one refused each, each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(53);
});
afterAll(() => scene.drop());

type Who = Parameters<typeof scene.ask>[0];
const does = async (who: Who, path: string, body?: unknown): Promise<[status: number, code: string | undefined, json: unknown]> => {
	const { status, code, json } = await scene.ask(who, 'POST', path, body === undefined ? {} : { body });
	return [status, code, json];
};
const field = (json: unknown, name: string): string => (json as Record<string, string>)[name] ?? '';

test('a pair: asked, answered by both, seen by the two alone, and ended', async () => {
	const { seated } = scene.actors;
	const asks = { membershipId: seated.membershipId, message: 'Zullen we kijken hoe het gaat?' };
	expect((await does('facilitator', '/pairs', asks))[1]).toBe('not_allowed');
	expect(
		(await scene.ask('holder', 'POST', '/pairs', { body: { ...asks, membershipId: scene.actors.holder.membershipId } })).errors
	).toEqual(['membershipId not_a_choice']);
	const [status, , opened] = await does('holder', '/pairs', asks);
	expect(status).toBe(201);
	const pairId = field(opened, 'pairId');
	expect((await does('holder', '/pairs', asks))[1]).toBe('already_paired');
	expect((await scene.ask('seated', 'GET', '/pairs')).json).toEqual({ pairs: [] });
	expect((await scene.ask(null, 'GET', '/pairs')).status).toBe(401);
	expect((await does('holder', `/pairs/${pairId}/rounds`))[1]).toBe('wrong_state');
	expect((await does('seated', `/invitations/${field(opened, 'invitationId')}/acceptance`))[0]).toBe(201);
	expect((await scene.ask('seated', 'GET', '/pairs')).json).toMatchObject({
		pairs: [{ pairId, state: 'standing', organisation: 'De Kade' }]
	});

	const roundId = field((await does('seated', `/pairs/${pairId}/rounds`))[2], 'roundId');
	expect((await does('holder', `/pairs/${pairId}/rounds`))[1]).toBe('round_open');
	const answers = `/trust-rounds/${roundId}/answers`;
	expect((await scene.ask('holder', 'POST', answers, { body: { scores: [1, 2, 3, 4] } })).errors).toEqual(['scores wrong_type']);
	expect((await scene.ask('holder', 'POST', answers, { body: { scores: [1, 2, 3, 4, 6] } })).errors).toEqual(['scores.4 not_a_choice']);
	expect((await does('colleague', answers, { scores: [1, 1, 1, 1, 1] }))[0]).toBe(404);
	expect((await does('holder', answers, { scores: [4, 4, 4, 2, 4] }))[0]).toBe(204);
	expect((await does('holder', answers, { scores: [4, 4, 4, 2, 4] }))[1]).toBe('already_answered');
	const seen = async (who: Who) => (await scene.ask(who, 'GET', `/pairs/${pairId}`)).json;
	expect(await seen('seated')).toMatchObject({ rounds: [{ state: 'to_answer', together: null }] });
	expect((await does('seated', answers, { scores: [4, 4, 4, 4, 4] }))[0]).toBe(204);
	expect(await seen('seated')).toMatchObject({ rounds: [{ state: 'to_promise', together: { level: 3.8, gap: 2 } }] });
	const promise = { what: 'Ik bel vooraf.', dueOn: '2099-01-01', receiverId: seated.personId };
	expect((await does('holder', `/cases/${pairId}/agreements`, promise))[0]).toBe(201);
	expect(await seen('holder')).toMatchObject({ rounds: [{ state: 'other_promises' }], agreements: [{ state: 'promised' }] });
	for (const who of ['colleague', 'facilitator', 'stranger'] as const)
		expect((await scene.ask(who, 'GET', `/pairs/${pairId}`)).status).toBe(404);
	expect((await scene.ask(null, 'GET', `/pairs/${pairId}`)).status).toBe(401);
	expect((await does('colleague', `/pairs/${pairId}/end`))[0]).toBe(404);
	expect((await does('seated', `/pairs/${pairId}/end`))[0]).toBe(204);
	expect((await does('holder', `/pairs/${pairId}/end`))[1]).toBe('wrong_state');
});

test('every operation was seen to be done and to be refused', () => {
	expect(scene.documented.neverSeen(trustOperations)).toEqual({ done: [], refused: [] });
});
