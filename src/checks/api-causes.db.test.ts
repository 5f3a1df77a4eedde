import { afterAll, beforeAll, expect, test } from 'vitest';
import { causeOperations } from '#lib/api/cause-operations.ts';
import { handOverOperations } from '#lib/api/hand-over-operations.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { proposeSignalRule } from '#rooms/causes/signal-rule/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { nameOften, sharedCause } from './fill-causes.server.ts';
import { caseWords, sure } from './scene.server.ts';

/** By API: one allowed and one refused per act and reading on causes and on handing over. The whole matrix stands at the commands. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene();
});
afterAll(() => scene.drop());

const nobody = '00000000-0000-7000-8000-000000000000';

async function openTable(): Promise<string> {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	const wish = { caseId, membershipId: actors.seated.membershipId, message: 'Doe mee' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, wish))));
	return caseId;
}

test('a cause is named at the table, seen by the network as counts, and followed by who goes about it', async () => {
	const caseId = await openTable();
	const named = sharedCause(scene);
	await nameOften(scene, 1, named);
	expect((await scene.ask('colleague', 'POST', `/cases/${caseId}/causes`, { body: named })).status).toBe(404);
	expect((await scene.ask('colleague', 'POST', `/cases/${caseId}/causes/skip`)).status).toBe(404);
	expect((await scene.ask('seated', 'POST', `/cases/${caseId}/causes/skip`)).status).toBe(204);
	expect((await scene.ask('seated', 'GET', `/cases/${caseId}`)).json).toMatchObject({ causeOffer: null });
	const early = await scene.ask('colleague', 'GET', '/causes');
	expect(early.json).toMatchObject({ causes: [{ cases: 1, organisationId: null, signal: null }] });
	const made = await scene.ask('seated', 'POST', `/cases/${caseId}/causes`, { body: named });
	expect(made.status).toBe(201);
	const { causeId } = made.json as { causeId: string };
	await nameOften(scene, 1, { causeId });

	expect((await scene.ask(null, 'GET', '/causes')).status).toBe(401);
	expect((await scene.ask('stranger', 'GET', `/causes/${causeId}`)).status).toBe(404);
	expect((await scene.ask('stranger', 'GET', '/causes')).json).toEqual({ causes: [] });
	const seen = await scene.ask('oversight', 'GET', `/causes/${causeId}`);
	expect(seen.json).toMatchObject({ cases: 3, organisationId: scene.actors.colleague.organisationId, signal: { state: 'seen' } });
	expect(JSON.stringify(seen.json)).not.toContain(caseId);
	const { signalId } = (seen.json as { signal: { signalId: string } }).signal;

	const act = (role: 'holder' | 'colleague', name: string, body: object) =>
		scene.ask(role, 'POST', `/signals/${signalId}/${name}`, { body });
	const due = { dueOn: '2030-01-01' };
	const said = { words: 'Wij vragen het voortaan.' };
	expect((await act('holder', 'takings', due)).code).toBe('not_responsible');
	expect((await act('holder', 'refusals', said)).code).toBe('not_responsible');
	expect((await act('colleague', 'changes', { ...said, ...due })).code).toBe('wrong_state');
	expect((await act('colleague', 'rules', { ...said, changedOn: '2026-11-23' })).code).toBe('wrong_state');
	expect((await act('colleague', 'refusals', said)).status).toBe(204);
	expect((await act('colleague', 'takings', due)).status).toBe(204);
	scene.installation.world.tick(1000);
	expect((await act('colleague', 'changes', { words: 'Bel 06-12345678', ...due })).errors).toEqual(['words looks_like_phone']);
	expect((await act('colleague', 'changes', { ...said, ...due })).status).toBe(204);
	scene.installation.world.tick(1000);
	expect((await act('colleague', 'rules', { ...said, changedOn: '2030-01-01' })).errors).toEqual(['changedOn date_in_future']);
	expect((await act('colleague', 'rules', { ...said, changedOn: '2026-11-23' })).status).toBe(204);
	expect((await scene.ask('holder', 'GET', `/causes/${causeId}`)).json).toMatchObject({
		signal: { state: 'in_force', changedOn: '2026-11-23', events: [{}, {}, {}, {}, { words: said.words }] }
	});
	expect((await scene.ask('holder', 'GET', `/causes/${nobody}`)).status).toBe(404);
});

test('a cause that was handed back is asked of another, and what they say outside the network is recorded with proof', async () => {
	const { installation, actors } = scene;
	const named = { ...sharedCause(scene), title: 'Een loket dat niet belt' };
	await nameOften(scene, 3, named);
	const { causes } = (await scene.ask('colleague', 'GET', '/causes')).json as {
		causes: { causeId: string; title: string; signal: { signalId: string } }[];
	};
	const { causeId = '', signal = null } = causes.find(({ title }) => title === named.title) ?? {};
	const path = `/signals/${signal?.signalId ?? ''}`;
	const back = (role: 'colleague' | 'holder', more: object = {}) =>
		scene.ask(role, 'POST', `${path}/refusals`, { body: { words: 'Niet van ons.', ...more } });
	const other = (role: 'colleague' | 'facilitator', responsible: string) =>
		scene.ask(role, 'POST', `${path}/other-owner`, { body: { responsible } });
	expect((await other('facilitator', 'uwv')).code).toBe('wrong_state');
	expect((await back('colleague')).status).toBe(204);
	installation.world.tick(1000);
	expect((await other('colleague', 'uwv')).code).toBe('not_allowed');
	expect((await other('facilitator', '')).errors).toEqual(['responsible required']);
	expect((await other('facilitator', 'uwv')).status).toBe(204);
	installation.world.tick(1000);
	expect((await back('holder')).errors).toEqual(['proof required']);
	expect((await back('holder', { proof: 'Mail van 4 mei' })).status).toBe(204);
	installation.world.tick(1000);
	expect((await other('facilitator', actors.colleague.organisationId)).code).toBe('asked_before');
	expect((await scene.ask('oversight', 'GET', `/causes/${causeId}`)).json).toMatchObject({
		...{ outside: 'uwv', organisationId: null, gone: false, heldBack: null },
		signal: { state: 'not_ours', events: [{}, {}, { kind: 'asked_other' }, { onBehalf: true, proof: 'Mail van 4 mei' }] }
	});
});

test('the rule of signals is proposed by one and confirmed by another organisation', async () => {
	const path = '/signal-rule/proposals';
	const body = { cases: 4, months: 12, quietMonths: 6 };
	expect((await scene.ask('colleague', 'POST', path, { body })).code).toBe('not_allowed');
	expect((await scene.ask('administrator', 'POST', path, { body: { ...body, cases: 2 } })).errors).toEqual(['cases number_too_small']);
	const made = await scene.ask('administrator', 'POST', path, { body });
	expect(made.status).toBe(201);
	const { ruleId } = made.json as { ruleId: string };
	expect((await scene.ask('administrator', 'POST', `${path}/${ruleId}/answer`, { body: { answer: 'confirmed' } })).code).toBe('other_eyes');
	expect((await scene.ask('colleague', 'GET', '/signal-rule')).json).toMatchObject({
		cases: 3,
		since: null,
		proposals: [{ ruleId, answer: null }]
	});
	expect((await scene.ask(null, 'GET', '/signal-rule')).status).toBe(401);
	const theirs = sure(await proposeSignalRule(scene.installation, scene.officers.governor, body));
	const answered = { body: { answer: 'confirmed' } };
	expect((await scene.ask('administrator', 'POST', `${path}/${theirs.ruleId}/answer`, answered)).status).toBe(204);
	expect((await scene.ask('colleague', 'GET', '/signal-rule')).json).toMatchObject({
		cases: 4,
		proposals: [{ answer: 'confirmed' }, { ruleId, answer: null }]
	});
	expect((await scene.ask('administrator', 'POST', `${path}/${theirs.ruleId}/answer`, answered)).code).toBe('already_answered');
});

test('a case is offered, declined, taken back and taken over', async () => {
	const caseId = await openTable();
	const path = `/cases/${caseId}/hand-overs`;
	const body = { membershipId: scene.actors.seated.membershipId, stays: 'no', message: 'Neem jij het over?' };
	expect((await scene.ask('seated', 'POST', path, { body })).code).toBe('not_holder');
	expect((await scene.ask('holder', 'POST', path, { body })).status).toBe(201);
	expect((await scene.ask('holder', 'POST', path, { body })).code).toBe('already_offered');
	expect((await scene.ask('holder', 'POST', `${path}/refusal`)).code).toBe('not_offered');
	expect((await scene.ask('seated', 'POST', `${path}/refusal`)).status).toBe(204);
	expect((await scene.ask('seated', 'POST', `${path}/acceptance`)).code).toBe('not_offered');
	expect((await scene.ask('holder', 'POST', path, { body })).status).toBe(201);
	expect((await scene.ask('seated', 'DELETE', path)).code).toBe('not_holder');
	expect((await scene.ask('holder', 'DELETE', path)).status).toBe(204);
	expect((await scene.ask('holder', 'POST', path, { body })).status).toBe(201);
	expect((await scene.ask('seated', 'GET', '/hand-overs')).json).toMatchObject({ cases: [{ caseId, why: 'offered' }] });
	expect((await scene.ask(null, 'GET', '/hand-overs')).status).toBe(401);
	expect((await scene.ask('seated', 'POST', `${path}/acceptance`)).status).toBe(204);
	expect((await scene.ask('holder', 'GET', `/cases/${caseId}`)).status).toBe(404);
	expect((await scene.ask('seated', 'GET', '/hand-overs')).json).toEqual({ cases: [] });
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen([...causeOperations, ...handOverOperations])).toEqual({ done: [], refused: [] }));
