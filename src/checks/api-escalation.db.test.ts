import { afterAll, beforeAll, expect, test } from 'vitest';
import { escalationOperations } from '#lib/api/escalation-operations.ts';
import { makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords } from './case-words.ts';
import { sure } from './sure.ts';

/** By API: the ladder of a case, and more than agreed. Each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
let caseId: string;
beforeAll(async () => {
	scene = await openApiScene(701);
	const { installation, actors } = scene;
	caseId = sure(await openCase(installation, actors.holder, caseWords)).caseId;
	const wish = { caseId, membershipId: actors.seated.membershipId, message: 'Doe je mee?' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, wish))));
});
afterAll(() => scene.drop());

test('a rung is asked, read and answered; the ladder tells which is next', async () => {
	const { actors } = scene;
	const path = `/cases/${caseId}/escalations`;
	const body = { rung: 'colleagues', words: 'Wie kan dit?', amount: '750', membershipIds: [actors.invited.membershipId] };
	expect((await scene.ask('seated', 'POST', path, { body })).code).toBe('not_holder');
	expect((await scene.ask('stranger', 'POST', path, { body })).status).toBe(404);
	expect((await scene.ask('holder', 'POST', path, { body: { ...body, rung: 'governors' } })).code).toBe('not_next_rung');
	expect((await scene.ask('holder', 'POST', path, { body: { ...body, membershipIds: [] } })).errors).toEqual(['membershipIds required']);
	const asked = await scene.ask('holder', 'POST', path, { body });
	expect(asked.status).toBe(201);
	const { escalationId } = asked.json as { escalationId: string };
	expect((await scene.ask('holder', 'POST', path, { body })).code).toBe('rung_open');
	expect((await scene.ask('seated', 'GET', path)).json).toMatchObject({
		next: [],
		steps: [{ escalationId, words: 'Wie kan dit?', answer: null }]
	});
	expect((await scene.ask('invited', 'GET', path)).status).toBe(404);
	expect((await scene.ask('invited', 'GET', `/escalations/${escalationId}`)).json).toMatchObject({
		...{ words: 'Wie kan dit?', amountCents: 75_000, open: true }
	});
	expect((await scene.ask('seated', 'GET', `/escalations/${escalationId}`)).status).toBe(404);
	const answer = (who: 'invited' | 'seated', more: object) => scene.ask(who, 'POST', `/escalations/${escalationId}/answer`, { body: more });
	expect((await answer('seated', { answer: 'will' })).code).toBe('not_asked');
	expect((await answer('invited', { answer: 'no' })).errors).toEqual(['words required']);
	expect((await answer('invited', { answer: 'next' })).status).toBe(204);
	expect((await answer('invited', { answer: 'next' })).code).toBe('already_answered');
	expect((await scene.ask('holder', 'GET', path)).json).toMatchObject({ next: ['secretariat'], steps: [{ answer: 'next' }] });
});

test('the terms of the ladder are proposed by one organisation and confirmed by another', async () => {
	const terms = { colleagues: 3, secretariat: 3, governors: 5, outside: 15 };
	const path = '/ladder-terms/proposals';
	expect((await scene.ask('holder', 'POST', path, { body: terms })).code).toBe('not_allowed');
	expect((await scene.ask('administrator', 'POST', path, { body: { ...terms, outside: 61 } })).status).toBe(400);
	const made = await scene.ask('administrator', 'POST', path, { body: terms });
	expect(made.status).toBe(201);
	const { termsId } = made.json as { termsId: string };
	const answer = (who: 'administrator' | 'holder', body: object) => scene.ask(who, 'POST', `${path}/${termsId}/answer`, { body });
	expect((await answer('holder', { answer: 'confirmed' })).code).toBe('not_allowed');
	expect((await answer('administrator', { answer: 'confirmed' })).code).toBe('other_eyes');
	expect((await answer('administrator', { answer: 'declined' })).status).toBe(204);
	expect((await answer('administrator', { answer: 'declined' })).code).toBe('already_answered');
	expect((await scene.ask('holder', 'GET', '/ladder-terms')).json).toMatchObject({
		...{ colleagues: 2, outside: 10 },
		proposals: expect.arrayContaining([expect.objectContaining({ termsId, ...terms, answer: 'declined' })]) as unknown
	});
	expect((await scene.ask(null, 'GET', '/ladder-terms')).status).toBe(401);
});

test('the receiver says that more was done than agreed', async () => {
	const { installation, actors } = scene;
	const wish = { caseId, what: 'Ik bel', dueOn: '2027-01-01', receiverId: actors.holder.personId };
	const { agreementId } = sure(await makeAgreement(installation, actors.seated, wish));
	const say = (who: 'holder' | 'seated') => scene.ask(who, 'POST', `/agreements/${agreementId}/did-more`, { body: { words: 'Dank!' } });
	expect((await say('holder')).code).toBe('not_reported');
	sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
	expect((await say('seated')).code).toBe('not_receiver');
	expect((await say('holder')).status).toBe(204);
	expect((await say('holder')).code).toBe('already_said');
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(escalationOperations)).toEqual({ done: [], refused: [] }));
