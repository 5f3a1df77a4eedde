import { afterAll, beforeAll, expect, test } from 'vitest';
import { lessonOperations } from '#lib/api/lesson-operations.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords, sure } from './scene.server.ts';

/** By API: lessons. One allowed and one refused each, each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(58);
});
afterAll(() => scene.drop());

const nobody = '00000000-0000-7000-8000-000000000000';

test('a lesson is written down, taken over in an agreement of a case, and put away', async () => {
	const { installation, actors } = scene;
	const words = { form: 'fixed_contact', title: 'Een vaste monteur', did: 'Elke straat een monteur.', changed: 'Bewoners bellen eerder.' };
	const does = async (who: Parameters<typeof scene.ask>[0], path: string, body?: unknown) => {
		const { status, code, json } = await scene.ask(who, 'POST', path, body === undefined ? {} : { body });
		return { status, code, json: json as Record<string, string> };
	};
	expect((await does('checker', '/lessons', words)).code).toBe('not_allowed');
	expect((await scene.ask('holder', 'POST', '/lessons', { body: { ...words, form: 'other' } })).errors).toEqual(['form not_a_choice']);
	expect((await does('holder', '/lessons', { ...words, did: 'Mail naar jan@voorbeeld.nl' })).code).toBe('personal_data');
	const lessonId = (await does('holder', '/lessons', words)).json['lessonId'] ?? '';
	expect((await scene.ask('colleague', 'GET', '/lessons')).json).toMatchObject({ lessons: [{ lessonId, cases: null }] });
	expect((await scene.ask(null, 'GET', '/lessons')).status).toBe(401);
	expect((await scene.ask('colleague', 'GET', `/lessons/${lessonId}`)).json).toMatchObject({ title: 'Een vaste monteur', retired: false });
	expect((await scene.ask('stranger', 'GET', `/lessons/${lessonId}`)).status).toBe(404);

	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const asked = { caseId, membershipId: actors.seated.membershipId, message: 'Doe mee' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, asked))));
	const promise = { caseId, what: 'Ik kom elke week langs', dueOn: '2099-01-01', receiverId: actors.holder.personId };
	const { agreementId } = sure(await makeAgreement(installation, actors.seated, promise));
	const path = `/agreements/${agreementId}/lessons`;
	expect((await does('holder', path, { lessonId })).code).toBe('not_promiser');
	expect((await does('seated', path, { lessonId: nobody })).status).toBe(404);
	expect((await does('seated', path, { lessonId })).status).toBe(204);
	expect((await does('seated', path, { lessonId })).code).toBe('lesson_used');
	expect((await does('seated', `/lessons/${lessonId}/retirement`)).code).toBe('not_yours');
	expect((await does('holder', `/lessons/${lessonId}/retirement`)).status).toBe(204);
	expect((await does('holder', `/lessons/${lessonId}/retirement`)).code).toBe('wrong_state');
});

test('every operation was seen to be done and to be refused', () => {
	expect(scene.documented.neverSeen(lessonOperations)).toEqual({ done: [], refused: [] });
});
