import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { residentOperations } from '#lib/api/resident-operations.ts';
import { objectAsResident } from '#rooms/privacy/resident/commands.server.ts';
import { readResidentPlan } from '#rooms/privacy/resident/read.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { caseWords } from './case-words.ts';
import { sure } from './sure.ts';

/** By API: one allowed and one refused per act and reading about the resident's link. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(5);
});
afterAll(() => scene.drop());

async function openCase(): Promise<string> {
	const opened = await scene.ask('holder', 'POST', '/cases', { body: caseWords });
	return (opened.json as { caseId: string }).caseId;
}
const tokenIn = (json: unknown): string => (json as { address: string }).address.split('/').at(-1) ?? '';

describe("the resident's link", () => {
	test('is made by the holder, answers its address, and the same one for the same key', async () => {
		const caseId = await openCase();
		const headers = { 'idempotency-key': 'one-link' };
		const made = await scene.ask('holder', 'POST', `/cases/${caseId}/resident-link`, { headers });
		expect(made.status).toBe(201);
		expect((made.json as { address: string }).address).toMatch(/^http:\/\/localhost:4173\/bewoner\/haven\/[\w-]{43}$/);
		expect(sure(await readResidentPlan(scene.installation, 'haven', tokenIn(made.json))).goal).toBe(caseWords.goal);
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/resident-link`, { headers })).json).toEqual(made.json);
		const refused = await scene.ask('colleague', 'POST', `/cases/${caseId}/resident-link`);
		expect([refused.status, refused.code]).toEqual([404, 'not_found']);
	});

	test('is taken back by the holder', async () => {
		const caseId = await openCase();
		const made = await scene.ask('holder', 'POST', `/cases/${caseId}/resident-link`);
		expect((await scene.ask('colleague', 'DELETE', `/cases/${caseId}/resident-link`)).status).toBe(404);
		expect((await scene.ask('holder', 'DELETE', `/cases/${caseId}/resident-link`)).status).toBe(204);
		expect((await scene.ask('holder', 'DELETE', `/cases/${caseId}/resident-link`)).code).toBe('wrong_state');
		expect(await readResidentPlan(scene.installation, 'haven', tokenIn(made.json))).toMatchObject({ refusal: { code: 'link_invalid' } });
	});
});

describe('an objection', () => {
	test('is read and answered by the holder, and is not there for a colleague', async () => {
		const caseId = await openCase();
		const made = await scene.ask('holder', 'POST', `/cases/${caseId}/resident-link`);
		const { objectionId } = sure(
			await objectAsResident(scene.installation, 'haven', tokenIn(made.json), {
				key: scene.installation.world.id(),
				words: 'Dit klopt niet.'
			})
		);
		const path = `/cases/${caseId}/objections`;
		expect((await scene.ask('holder', 'GET', path)).json).toMatchObject({
			objections: [{ objectionId, words: 'Dit klopt niet.', answeredAt: null, answer: null }]
		});
		expect((await scene.ask('colleague', 'GET', path)).status).toBe(404);
		const answer = { body: { words: 'Wij passen het aan.' } };
		expect((await scene.ask('colleague', 'POST', `/objections/${objectionId}/answers`, answer)).status).toBe(404);
		expect((await scene.ask('holder', 'POST', `/objections/${objectionId}/answers`, answer)).status).toBe(204);
		expect((await scene.ask('holder', 'POST', `/objections/${objectionId}/answers`, answer)).code).toBe('already_answered');
		expect((await scene.ask('holder', 'GET', path)).json).toMatchObject({ objections: [{ answer: 'Wij passen het aan.' }] });
	});
});

test('an administrator chooses whether residents see names, a professional does not', async () => {
	const choose = { body: { show: 'yes' } };
	expect((await scene.ask('administrator', 'POST', '/organisation/names-to-residents', choose)).status).toBe(204);
	const refused = await scene.ask('holder', 'POST', '/organisation/names-to-residents', choose);
	expect([refused.status, refused.code]).toEqual([403, 'not_allowed']);
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(residentOperations)).toEqual({ done: [], refused: [] }));
