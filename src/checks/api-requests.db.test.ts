import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgingOperations } from '#lib/api/judging-operations.ts';
import { requestOperations } from '#lib/api/request-operations.ts';
import { requestStepOperations } from '#lib/api/request-step-operations.ts';
import { voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { lapse } from './granted.server.ts';
import { fillSteps, lightWords, makeTestTeam, openRequestScene } from './request-scene.server.ts';
import type { RequestScene } from './request-scene.server.ts';
import { sure } from './sure.ts';
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

test('what lapsed is asked again, by who asked', async () => {
	const caseId = await room.openCase();
	const asked = await scene.ask('holder', 'POST', `/cases/${caseId}/small-requests`, {
		body: { ...lightWords, amount: '30', teamId: room.teamId }
	});
	const requestId = id(asked.json, 'requestId');
	for (const voter of [room.voters.wijk, room.voters.kade, room.voters.gemeente])
		sure(await voteOnRequest(scene.installation, voter, { askId: await askOf(id(asked.json, 'questionId'), voter.personId) }));
	expect((await scene.ask('holder', 'POST', `/requests/${requestId}/again`)).code).toBe('wrong_state');
	await lapse(scene, requestId);
	expect((await scene.ask('holder', 'GET', `/requests/${requestId}`)).json).toMatchObject({ state: 'lapsed' });
	expect((await scene.ask('colleague', 'POST', `/requests/${requestId}/again`)).status).toBe(404);
	const again = await scene.ask('holder', 'POST', `/requests/${requestId}/again`);
	expect([again.status, (again.json as { state: string }).state]).toEqual([201, 'asked']);
	expect(again.headers.get('location')).toBe(`/api/v1/requests/${id(again.json, 'requestId')}`);
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

test('every step of a larger request is written and read by who may, and by nobody else', async () => {
	const caseId = await room.openCase();
	const prepared = await scene.ask('holder', 'POST', `/cases/${caseId}/requests`, {
		body: { ...lightWords, amount: '2.500', acute: true }
	});
	const requestId = id(prepared.json, 'requestId');
	const steps = (as: SceneRole | null) => scene.ask(as, 'GET', `/requests/${requestId}/steps`);
	const path = (step: string): string => `/requests/${requestId}/${step}`;
	const scores = (score: string) => ({ legitimacy: score, involvement: score, return: score });
	const problem = { problem: 'Geen bed in huis.', kind: 'household', place: '1' };
	const scheme = {
		scheme: 'Bijzondere bijstand',
		answer: 'refused',
		askedOn: '2026-11-02',
		answeredOn: '2026-11-16',
		why: 'Valt er niet onder.'
	};
	const written: Readonly<Record<string, object>> = {
		goal: { goal: 'Ik wil weer thuis slapen.', residentDoes: 'Hij belt zelf.', horizonMonths: '12' },
		...{ problems: problem, schemes: scheme },
		triangle: {
			...{ present: scores('2'), looming: scores('1'), proposed: scores('4') },
			...{ presentBecause: 'Zo is het nu.', loomingBecause: 'Dit dreigt.', proposedBecause: 'Dit stellen we voor.' }
		},
		...{ durability: { outlook: 'yes', because: 'De huur is te betalen.' }, effects: { socialAssistance: 'no', administration: 'none' } },
		...{ precedents: { because: 'Hier kan het niet anders.' }, replies: { reply: 'De winkel levert morgen.' } }
	};
	for (const [step, body] of Object.entries(written)) {
		expect([step, (await scene.ask('colleague', 'POST', path(step), { body })).status]).toEqual([step, 404]);
		expect([step, (await scene.ask('holder', 'POST', path(step), { body })).status]).toEqual([step, 201]);
	}
	expect((await scene.ask('holder', 'POST', path('goal'), { body: { residentDoes: 'Hij belt.', horizonMonths: '12' } })).errors).toEqual([
		'goal required'
	]);
	expect((await scene.ask('holder', 'POST', path('durability'), { body: { outlook: 'perhaps', because: 'Zo.' } })).status).toBe(400);
	const seen = (await steps('holder')).json as {
		problems: { entryId: string }[];
		schemes: { entryId: string; objectUntil: string }[];
	};
	expect(seen).toMatchObject({
		...{ requestId, missing: [], goal: { goal: 'Ik wil weer thuis slapen.', ownWords: true, horizonMonths: 12 } },
		...{ problems: [{ ...problem, place: 1 }], schemes: [{ ...scheme, objectUntil: '2026-12-28' }] },
		...{ triangle: { better: true, proposedBecause: 'Dit stellen we voor.' }, durability: { outlook: 'yes' } },
		...{ effects: { toDo: [] }, precedents: { seen: true, because: 'Hier kan het niet anders.', alike: [] } },
		replies: [{ reply: 'De winkel levert morgen.' }]
	});
	expect(JSON.stringify(seen)).not.toContain(caseId);
	expect((await steps('colleague')).status).toBe(404);
	expect((await steps(null)).status).toBe(401);

	const entry = seen.problems[0]?.entryId ?? nobody;
	const again = await scene.ask('holder', 'POST', path('problems'), { body: { ...problem, entryId: entry, place: '2' } });
	expect(again.json).toEqual({ entryId: entry });
	expect((await scene.ask('seated', 'DELETE', path(`entries/${entry}`))).status).toBe(404);
	expect((await scene.ask('holder', 'DELETE', path(`entries/${requestId}`))).status).toBe(404);
	expect((await scene.ask('holder', 'DELETE', path(`entries/${entry}`))).status).toBe(204);
	expect((await steps('holder')).json).toMatchObject({ problems: [] });

	expect((await scene.ask('holder', 'POST', path('submission'))).status).toBe(204);
	const list = async (as: SceneRole) =>
		((await scene.ask(as, 'GET', '/pot/requests')).json as { requests: { requestId: string }[] }).requests.filter(
			(one) => one.requestId === requestId
		);
	expect(await list('secretaryTwo' as SceneRole)).toMatchObject([{ acute: true, late: false, mine: true, conflict: null }]);
	expect(await list('colleague')).toEqual([]);
	expect((await scene.ask(null, 'GET', '/pot/requests')).status).toBe(401);
	await scene.ask('secretaryTwo' as SceneRole, 'POST', path('judgements'), { body: { verdict: 'ask', reason: 'Welke winkel?' } });
	expect((await steps('secretaryTwo' as SceneRole)).json).toMatchObject({ judgements: [{ verdict: 'ask', reason: 'Welke winkel?' }] });
	expect(await scene.countLines('request.read', 'seen')).toBeGreaterThan(2);
});

test('what the secretariat decided is listed for it, a page at a time', async () => {
	const made: string[] = [];
	for (const verdict of [{ verdict: 'grant' }, { verdict: 'refuse', reason: 'Dit hoort bij de gemeente.', whoHelps: 'De gemeente' }]) {
		scene.installation.world.tick(60_000);
		const { requestId } = await room.send();
		for (const as of ['secretaryTwo', 'secretaryThree'] as unknown as SceneRole[])
			expect((await scene.ask(as, 'POST', `/requests/${requestId}/judgements`, { body: verdict })).status).toBe(201);
		made.push(requestId);
	}
	const path = '/pot/requests/decided';
	const first = await scene.ask('secretaryTwo' as SceneRole, 'GET', `${path}?limit=1`);
	expect(first.json).toMatchObject({ requests: [{ requestId: made[1], outcome: 'refused', grantedCents: null, late: false }] });
	expect(first.headers.get('link')).toContain(`before=${made[1]}`);
	const second = await scene.ask('secretaryTwo' as SceneRole, 'GET', `${path}?limit=1&before=${made[1]}`);
	expect(second.json).toMatchObject({ requests: [{ requestId: made[0], outcome: 'granted', state: 'granted' }] });
	expect((await scene.ask('colleague', 'GET', path)).json).toEqual({ requests: [] });
	expect((await scene.ask(null, 'GET', path)).status).toBe(401);
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen([...requestOperations, ...requestStepOperations, ...judgingOperations])).toEqual({
		done: [],
		refused: []
	}));
