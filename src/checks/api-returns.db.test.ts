import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followUpOperations } from '#lib/api/follow-up-operations.ts';
import { networkOperations } from '#lib/api/network-operations.ts';
import { returnOperations } from '#lib/api/return-operations.ts';
import { openApiScene, triedWithReturns } from './api-scene.server.ts';
import { halfAYear, makeHelpedCase, sweepFollowUps } from './fill-returns.server.ts';

/** By API: one allowed and one refused for each act and reading on returns and follow-ups, each answer held against the document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
let caseId: string;
let followUpId: string;
beforeAll(async () => {
	scene = await openApiScene(185);
	({ caseId, followUpId } = await makeHelpedCase(scene));
	// Before anyone signs in: a token does not live so long.
	scene.installation.world.tick(halfAYear);
	await sweepFollowUps(scene.installation, scene.actors.holder.networkId, scene.installation.world.now());
});
afterAll(() => scene.drop());

describe('the return of a case', () => {
	test('with other assumptions is counted and not stored; whose each is stands beside it', async () => {
		const stands = await scene.ask('seated', 'GET', `/cases/${caseId}/return`);
		expect(stands.json).toMatchObject({ tried: false, realised: null });
		expect((stands.json as { assumptions: object[] }).assumptions).toMatchObject([
			{ name: 'chance', value: 75, membershipId: scene.actors.holder.membershipId, why: 'Het vonnis ligt er.' },
			{ name: 'years', value: 1, why: null }
		]);
		const tried = await scene.ask('seated', 'GET', `/cases/${caseId}/return?chance=10&deadweight=20`);
		expect(tried.json).toMatchObject({ tried: true, version: 1, facts: { looming: [{ chancePercent: 10 }], deadweightPercent: 20 } });
		expect((await scene.ask('seated', 'GET', `/cases/${caseId}/return?chance=101`)).errors).toEqual(['chance number_too_large']);
	});
	test('goes out as an open file to who sits there', async () => {
		const file = await scene.ask('holder', 'GET', `/cases/${caseId}/value-map`);
		expect(file.json).toMatchObject({ format: 'social-return/value-map', version: 1, horizonYears: 1 });
		expect((await scene.ask('colleague', 'GET', `/cases/${caseId}/value-map`)).status).toBe(404);
	});
	test('prices are found by words', async () => {
		const found = await scene.ask('colleague', 'GET', '/prices?words=ontruiming%20bond');
		expect((found.json as { prices: { code: string }[] }).prices.map(({ code }) => code)).toEqual(['ontruiming-bond-voorbeeld']);
		expect((await scene.ask('colleague', 'GET', '/prices?word=x')).status).toBe(400);
	});
});

describe('who paid and who gained', () => {
	test('is told per organisation, of a case to who sits there and of the network to everyone in it', async () => {
		const { json } = await scene.ask('holder', 'GET', `/cases/${caseId}/return`);
		const { organisations } = json as { organisations: { who: { kind: string }; paidCents: number }[] };
		expect(organisations).toContainEqual(expect.objectContaining({ who: { kind: 'payer', code: 'pot' }, paidCents: 4_000_00 }));
		expect((await scene.ask('colleague', 'GET', '/figures/parties')).json).toMatchObject({ kind: 'none', parties: [] });
		expect((await scene.ask(null, 'GET', '/figures/parties')).status).toBe(401);
	});
});

describe('a study', () => {
	test('is set beside the returns and taken away by the facilitator alone', async () => {
		const body = {
			title: 'Eerst een huis',
			source: 'Hogeschool Haven',
			year: 2024,
			says: 'Met alle uren erbij 1,4.',
			url: 'https://example.org/x'
		};
		expect((await scene.ask('holder', 'POST', '/studies', { body })).code).toBe('not_allowed');
		expect((await scene.ask('facilitator', 'POST', '/studies', { body: { ...body, url: 'http://x' } })).errors).toEqual([
			'url not_a_web_address'
		]);
		const made = await scene.ask('facilitator', 'POST', '/studies', { body });
		expect(made.status).toBe(201);
		const { studyId } = made.json as { studyId: string };
		expect((await scene.ask('colleague', 'GET', '/studies')).json).toMatchObject({
			studies: [{ studyId, grade: null, withdrawnAt: null }]
		});
		expect((await scene.ask(null, 'GET', '/studies')).status).toBe(401);
		expect((await scene.ask('holder', 'POST', `/studies/${studyId}/withdrawals`)).code).toBe('not_allowed');
		expect((await scene.ask('facilitator', 'POST', `/studies/${studyId}/withdrawals`)).status).toBe(204);
		expect((await scene.ask('facilitator', 'POST', `/studies/${studyId}/withdrawals`)).code).toBe('wrong_state');
	});
});

describe('follow-up', () => {
	test('waits for who holds the case', async () => {
		expect((await scene.ask('holder', 'GET', '/follow-ups')).json).toMatchObject({ followUps: [{ followUpId, caseId, month: 6 }] });
		expect((await scene.ask('seated', 'GET', '/follow-ups')).json).toEqual({ followUps: [] });
		expect((await scene.ask(null, 'GET', '/follow-ups')).status).toBe(401);
		expect((await scene.ask('seated', 'GET', `/cases/${caseId}/follow-ups`)).json).toMatchObject({
			followUps: [{ followUpId, kind: '6', month: 6, state: 'due', answerable: true, outcome: null, findings: [] }]
		});
		expect((await scene.ask('colleague', 'GET', `/cases/${caseId}/follow-ups`)).status).toBe(404);
	});
	test('is answered once, and what was found stands beside what was foreseen', async () => {
		const answer = { outcome: 'reached', findings: [{ flow: 0, happened: 'no' }] };
		const at = `/follow-ups/${followUpId}/answers`;
		expect((await scene.ask('seated', 'POST', at, { body: answer })).code).toBe('not_holder');
		expect((await scene.ask('holder', 'POST', at, { body: { outcome: 'goed' } })).errors).toEqual(['outcome not_a_choice']);
		expect((await scene.ask('holder', 'POST', at, { body: answer })).json).toEqual({ caseId, told: 1 });
		expect((await scene.ask('holder', 'POST', at, { body: answer })).code).toBe('already_answered');
		expect((await scene.ask('holder', 'GET', `/cases/${caseId}/return`)).json).toMatchObject({
			realised: { followUpId, ways: { fundOnly: { benefitCents: 450_000 }, adjusted: {}, full: {} } }
		});
	});
	test('too early is refused', async () => {
		const made = await makeHelpedCase(scene);
		const early = await scene.ask('holder', 'POST', `/follow-ups/${made.followUpId}/answers`, { body: { outcome: 'reached' } });
		expect([early.status, early.code]).toEqual([409, 'too_early']);
		expect((await scene.ask('holder', 'POST', `/cases/${made.caseId}/success`, { body: {} })).json).toEqual({ told: 1 });
		expect((await scene.ask('holder', 'POST', `/cases/${made.caseId}/success`, { body: {} })).code).toBe('already_told');
	});
	test('thanks are for who helped, the figure for everyone in the network', async () => {
		expect((await scene.ask('seated', 'GET', '/thanks')).json).toMatchObject({
			thanks: [{ kinds: ['agreed'] }, { kinds: ['agreed'], caseId }]
		});
		expect((await scene.ask('colleague', 'GET', '/thanks')).json).toEqual({ thanks: [] });
		expect((await scene.ask(null, 'GET', '/thanks')).status).toBe(401);
		expect((await scene.ask('oversight', 'GET', '/return')).json).toMatchObject({
			...{ helped: 2, followed: 1, missing: 0, notDue: 1, estimate: { cases: 2, ways: null }, realised: { cases: 1, ways: null } }
		});
		expect((await scene.ask(null, 'GET', '/return')).status).toBe(401);
	});
});

test('every operation was seen to be done and to be refused', () => {
	expect(scene.documented.neverSeen(followUpOperations)).toEqual({ done: [], refused: [] });
	const here = [...returnOperations, ...networkOperations].filter(({ operationId }) => triedWithReturns.has(operationId));
	expect(here).toHaveLength(triedWithReturns.size);
	expect(scene.documented.neverSeen(here)).toEqual({ done: [], refused: [] });
});
