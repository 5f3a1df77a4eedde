import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestOperations } from '#lib/api/request-operations.ts';
import { openApiScene } from './api-scene.server.ts';
import { fillSteps, lightWords, makeTestTeam, openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import type { SceneRole } from './scene.server.ts';
import { addPerson } from './more-people.server.ts';

/** By API: one allowed and one refused per act on requests and rules of the pot. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
let room: RequestScene;
let teamId: string;
beforeAll(async () => {
	scene = await openApiScene(16);
	room = await openRequestScene(scene);
	const gemeente = await addPerson(scene, ['professional'], scene.officers.governor);
	teamId = await makeTestTeam(scene, [scene.actors.holder, scene.actors.seated, scene.actors.colleague, gemeente], 'Team van de API');
});
afterAll(() => scene.drop());

const nobody = '00000000-0000-7000-8000-000000000000';
const id = (json: unknown, name: string): string => String((json as Record<string, unknown>)[name]);
const askOf = async (questionId: string, personId: string): Promise<string> =>
	(
		await room.asOwner<{ ask_id: string }>('select ask_id from question_ask where question_id = $1 and person_id = $2', [
			questionId,
			personId
		])
	)[0]?.ask_id ?? nobody;

test('a small request is asked, read, agreed to, found to deserve more, and taken back', async () => {
	const caseId = await room.openCase();
	const body = { ...lightWords, amount: '75', teamId };
	const asked = await scene.ask('holder', 'POST', `/cases/${caseId}/small-requests`, { body });
	expect(asked.status).toBe(201);
	expect((await scene.ask('holder', 'POST', `/cases/${caseId}/small-requests`, { body: { ...body, amount: '501' } })).code).toBe(
		'above_limit'
	);
	const [requestId, questionId] = [id(asked.json, 'requestId'), id(asked.json, 'questionId')];
	expect(asked.headers.get('location')).toBe(`/api/v1/requests/${requestId}`);
	const seen = await scene.ask('seated', 'GET', `/requests/${requestId}`);
	expect(seen.json).toMatchObject({ requestId, state: 'asked', amountCents: 7500, words: { request_supplier: lightWords.supplier } });
	expect(JSON.stringify(seen.json)).not.toContain(caseId);
	expect((await scene.ask('invited', 'GET', `/requests/${requestId}`)).status).toBe(404);
	const mine = await askOf(questionId, scene.actors.seated.personId);
	expect((await scene.ask('seated', 'POST', `/asks/${mine}/vote`)).json).toEqual({ requestId, outcome: 'waits' });
	expect((await scene.ask('seated', 'POST', `/asks/${mine}/vote`)).code).toBe('already_answered');
	const other = await askOf(questionId, scene.actors.colleague.personId);
	expect((await scene.ask('seated', 'POST', `/asks/${other}/more`, { body: {} })).status).toBe(404);
	expect((await scene.ask('colleague', 'POST', `/asks/${other}/more`, { body: { text: 'Hier speelt meer.' } })).status).toBe(201);
	expect((await scene.ask('seated', 'POST', `/requests/${requestId}/withdrawal`)).code).toBe('not_asker');
	expect((await scene.ask('holder', 'POST', `/requests/${requestId}/withdrawal`)).status).toBe(204);
});

test('a larger request is prepared, sent and judged; one stands aside', async () => {
	const caseId = await room.openCase();
	const body = { ...lightWords, amount: '2.500' };
	expect((await scene.ask('colleague', 'POST', `/cases/${caseId}/requests`, { body })).status).toBe(404);
	const prepared = await scene.ask('holder', 'POST', `/cases/${caseId}/requests`, { body });
	expect(prepared.status).toBe(201);
	const requestId = id(prepared.json, 'requestId');
	expect((await scene.ask('holder', 'POST', `/requests/${requestId}/submission`)).code).toBe('steps_missing');
	await fillSteps(scene, scene.actors.holder, requestId);
	expect((await scene.ask('holder', 'POST', `/requests/${requestId}/submission`)).status).toBe(204);
	const grant = { body: { verdict: 'grant' } };
	expect((await scene.ask('holder', 'POST', `/requests/${requestId}/judgements`, grant)).code).toBe('not_allowed');
	expect((await scene.ask('secretaryTwo' as SceneRole, 'POST', `/requests/${requestId}/judgements`, grant)).json).toMatchObject({
		outcome: 'waits'
	});
	expect((await scene.ask('holder', 'POST', `/requests/${requestId}/standing-aside`)).code).toBe('not_allowed');
	expect((await scene.ask('secretaryTwo' as SceneRole, 'POST', `/requests/${requestId}/standing-aside`)).status).toBe(204);
});

test('a rule of the pot is proposed and confirmed by two organisations', async () => {
	const body = { setting: 'reservation_days', value: '30', fromDay: '2026-12-01' };
	expect((await scene.ask('holder', 'POST', '/pot/rules', { body })).code).toBe('not_allowed');
	const proposed = await scene.ask('administrator', 'POST', '/pot/rules', { body });
	expect(proposed.status).toBe(201);
	const path = `/pot/rules/${id(proposed.json, 'ruleId')}/answer`;
	expect((await scene.ask('administrator', 'POST', path, { body: { answer: 'confirmed' } })).code).toBe('other_eyes');
	expect((await scene.ask('treasurer' as SceneRole, 'POST', path, { body: { answer: 'confirmed' } })).status).toBe(204);
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(requestOperations)).toEqual({ done: [], refused: [] }));
