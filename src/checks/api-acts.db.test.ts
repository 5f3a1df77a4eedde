import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseOperations } from '#lib/api/case-operations.ts';
import { invitationOperations } from '#lib/api/invitation-operations.ts';
import { networkOperations } from '#lib/api/network-operations.ts';
import { returnOperations } from '#lib/api/return-operations.ts';
import { openApiScene, triedWithReturns } from './api-scene.server.ts';
import { caseWords } from './scene.server.ts';

/** By API: one allowed and one refused per act and reading, each answer held against the OpenAPI document. The whole matrix stands at the commands. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene();
});
afterAll(() => scene.drop());

const nobody = '00000000-0000-7000-8000-000000000000';
const field = (json: unknown, name: string): string => {
	const value = (json as Record<string, unknown>)[name];
	if (typeof value !== 'string') throw new Error(`No ${name} in ${JSON.stringify(json)}`);
	return value;
};
const agreement = (receiverId: string) => ({ what: 'Ik bel de deurwaarder.', dueOn: '2026-12-01', receiverId, proof: 'Een brief.' });
const closing = { outcome: 'helped', cause: 'organisation_rule', responsible: 'uwv', words: 'De regel past hier niet.' };
const valueMap = {
	potCents: 500_00,
	horizonYears: 1,
	looming: [{ price: 'huisuitzetting-maatschappelijk', quantity: 1, years: 1, chancePercent: 60 }],
	hours: 10,
	hourCents: 50_00
};

async function openCase(): Promise<string> {
	const opened = await scene.ask('holder', 'POST', '/cases', { body: caseWords });
	expect(opened.status).toBe(201);
	return field(opened.json, 'caseId');
}

async function invite(caseId: string, role: 'seated' | 'invited' | 'colleague'): Promise<string> {
	const body = { membershipId: scene.actors[role].membershipId, message: 'Doe je mee?' };
	const invited = await scene.ask('holder', 'POST', `/cases/${caseId}/invitations`, { body });
	expect(invited.status).toBe(201);
	return field(invited.json, 'invitationId');
}

/** A case with two at the table. */
async function openTable(): Promise<string> {
	const caseId = await openCase();
	const invitationId = await invite(caseId, 'seated');
	expect((await scene.ask('seated', 'POST', `/invitations/${invitationId}/acceptance`)).status).toBe(201);
	return caseId;
}

describe('cases', () => {
	test('a professional brings in a case, an overseer may not', async () => {
		const opened = await scene.ask('holder', 'POST', '/cases', { body: caseWords });
		expect(opened.status).toBe(201);
		expect(opened.headers.get('location')).toBe(`/api/v1/cases/${field(opened.json, 'caseId')}`);
		const refused = await scene.ask('oversight', 'POST', '/cases', { body: caseWords });
		expect([refused.status, refused.code]).toEqual([403, 'not_allowed']);
		expect(refused.json).toMatchObject({ lift: { kind: 'role', role: 'administrator' } });
	});

	test('what is wrong is said at once, with every field', async () => {
		const refused = await scene.ask('holder', 'POST', '/cases', { body: { stuck: 'BSN 111222333', residentKnows: 'maybe', extra: 1 } });
		expect([refused.status, refused.code]).toEqual([400, 'invalid']);
		expect(refused.errors).toEqual([
			'extra unknown_field',
			'firstNeed required',
			'ownOrganisation required',
			'residentKnows not_a_choice',
			'stuck bsn'
		]);
	});

	test('what looks like a telephone number is asked about once', async () => {
		const body = { ...caseWords, stuck: 'Bel 06-12345678 over de huur.' };
		const asked = await scene.ask('holder', 'POST', '/cases', { body });
		expect([asked.status, asked.code, asked.errors]).toEqual([400, 'needs_acknowledgement', ['stuck looks_like_phone']]);
		expect((await scene.ask('holder', 'POST', '/cases', { body: { ...body, acknowledged: true } })).status).toBe(201);
	});

	test('the table is there for who sits at it, and leaves a line; to others it is not', async () => {
		const caseId = await openTable();
		const before = await scene.countLines('case.read', 'refused_reading');
		const seen = await scene.ask('seated', 'GET', `/cases/${caseId}`);
		expect(seen.status).toBe(200);
		expect(seen.json).toMatchObject({ caseId, state: 'open', words: { stuck: { text: caseWords.stuck }, looming: null } });
		expect((await scene.ask('seated', 'GET', `/cases/${caseId.toUpperCase()}`)).json).toEqual(seen.json);
		for (const role of ['colleague', 'stranger', 'checker'] as const) {
			const hidden = await scene.ask(role, 'GET', `/cases/${caseId}`);
			expect([hidden.status, hidden.code]).toEqual([404, 'not_found']);
		}
		expect(await scene.countLines('case.read', 'refused_reading')).toBe(before + 3);
	});

	test('the log of a case is for its table', async () => {
		const caseId = await openTable();
		const log = await scene.ask('holder', 'GET', `/cases/${caseId}/log`);
		expect(log.status).toBe(200);
		expect((log.json as { lines: { act: string; origin: string }[] }).lines.map((line) => `${line.act} ${line.origin}`)).toContain(
			'case.open api'
		);
		expect((await scene.ask('colleague', 'GET', `/cases/${caseId}/log`)).status).toBe(404);
	});

	test('a list is paged by key, each case once', async () => {
		const mine = new Set<string>();
		for (let made = 0; made < 5; made++) mine.add(await openCase());
		const seen: string[] = [];
		let path: string | null = '/cases?limit=2';
		while (path !== null) {
			const page: Awaited<ReturnType<typeof scene.ask>> = await scene.ask('holder', 'GET', path);
			expect(page.status).toBe(200);
			seen.push(...(page.json as { cases: { caseId: string }[] }).cases.map((line) => line.caseId));
			path = /^<http:\/\/localhost:4173\/api\/v1(\/cases\?[^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1] ?? null;
		}
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen).toEqual(seen.toSorted().reverse());
		expect([...mine].every((caseId) => seen.includes(caseId))).toBe(true);
		const wrong = await scene.ask('holder', 'GET', '/cases?limit=0&before=x&page=2');
		expect([wrong.status, wrong.errors]).toEqual([400, ['before not_an_id', 'limit number_too_small', 'page unknown_field']]);
		expect((await scene.ask('holder', 'GET', '/cases?limit=1&limit=2')).errors).toEqual(['limit wrong_type']);
		expect((await scene.ask('holder', 'GET', '/cases?limit=1e3')).errors).toEqual(['limit not_a_number']);
	});

	test('the holder closes with a cause and opens again; a colleague at the table may not', async () => {
		const caseId = await openTable();
		const refused = await scene.ask('seated', 'POST', `/cases/${caseId}/closure`, { body: closing });
		expect([refused.status, refused.code]).toEqual([403, 'not_holder']);
		expect(refused.json).toMatchObject({
			lift: { kind: 'person', personId: scene.actors.holder.personId, detail: expect.stringContaining('Iemand holder') as string }
		});
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/closure`, { body: { ...closing, responsible: '' } })).errors).toEqual([
			'responsible required'
		]);
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/closure`, { body: closing })).status).toBe(201);
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/closure`, { body: closing })).code).toBe('wrong_state');
		scene.installation.world.tick(1000);
		expect((await scene.ask('seated', 'POST', `/cases/${caseId}/reopenings`)).code).toBe('not_holder');
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/reopenings`)).status).toBe(204);
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/reopenings`)).status).toBe(409);
		expect((await scene.ask('holder', 'GET', `/cases/${caseId}`)).json).toMatchObject({ state: 'reopened', cause: { outside: 'uwv' } });
	});

	test('who leaves the table sees the case no more; the holder stays', async () => {
		const caseId = await openTable();
		expect((await scene.ask('holder', 'DELETE', `/cases/${caseId}/seats/me`)).code).toBe('holder_cannot_leave');
		scene.installation.world.tick(1000);
		expect((await scene.ask('seated', 'DELETE', `/cases/${caseId}/seats/me`)).status).toBe(204);
		scene.installation.world.tick(1000);
		expect((await scene.ask('seated', 'GET', `/cases/${caseId}`)).status).toBe(404);
	});
});

describe('invitations', () => {
	test('only the holder invites, a colleague once', async () => {
		const caseId = await openTable();
		const body = { membershipId: scene.actors.invited.membershipId, message: 'Doe je mee?' };
		expect((await scene.ask('seated', 'POST', `/cases/${caseId}/invitations`, { body })).code).toBe('not_holder');
		await invite(caseId, 'invited');
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/invitations`, { body })).code).toBe('already_invited');
		const ofPath = await scene.ask('holder', 'POST', `/cases/${caseId}/invitations`, {
			body: { ...body, caseId: nobody, membershipId: 7 }
		});
		expect(ofPath.errors).toEqual(['caseId unknown_field', 'membershipId not_an_id']);
	});

	test('the invited reads who asks and why, others do not', async () => {
		const invitationId = await invite(await openCase(), 'invited');
		const listed = await scene.ask('invited', 'GET', '/invitations');
		expect((listed.json as { invitations: { invitationId: string }[] }).invitations.map((one) => one.invitationId)).toContain(invitationId);
		const read = await scene.ask('invited', 'GET', `/invitations/${invitationId}`);
		expect(read.json).toMatchObject({ inviterName: 'Iemand holder', message: 'Doe je mee?', state: 'waiting', asAsked: true });
		expect((await scene.ask('colleague', 'GET', `/invitations/${invitationId}`)).status).toBe(404);
	});

	test('accepted once, declined by who is asked, withdrawn by the holder', async () => {
		const caseId = await openCase();
		const first = await invite(caseId, 'invited');
		expect((await scene.ask('colleague', 'POST', `/invitations/${first}/acceptance`)).status).toBe(404);
		expect((await scene.ask('invited', 'POST', `/invitations/${first}/refusal`)).status).toBe(204);
		expect((await scene.ask('invited', 'POST', `/invitations/${first}/refusal`)).code).toBe('invitation_over');
		const second = await invite(caseId, 'invited');
		expect((await scene.ask('invited', 'POST', `/invitations/${second}/withdrawal`)).code).toBe('not_allowed');
		expect((await scene.ask('holder', 'POST', `/invitations/${second}/withdrawal`)).status).toBe(204);
		expect((await scene.ask('invited', 'POST', `/invitations/${second}/acceptance`)).code).toBe('invitation_over');
		const third = await invite(caseId, 'invited');
		expect((await scene.ask('holder', 'POST', `/invitations/${third}/acceptance`)).code).toBe('not_invited');
		const accepted = await scene.ask('invited', 'POST', `/invitations/${third}/acceptance`);
		expect([accepted.status, accepted.json]).toEqual([201, { caseId }]);
		expect((await scene.ask('invited', 'GET', `/cases/${caseId}`)).status).toBe(200);
	});
});

describe('agreements', () => {
	test('made, reported, answered, each by its own side', async () => {
		const caseId = await openTable();
		const { holder, colleague } = scene.actors;
		const elsewhere = await scene.ask('seated', 'POST', `/cases/${caseId}/agreements`, { body: agreement(colleague.personId) });
		expect([elsewhere.code, elsewhere.errors]).toEqual(['receiver_not_at_table', ['receiverId not_a_choice']]);
		const made = await scene.ask('seated', 'POST', `/cases/${caseId}/agreements`, { body: agreement(holder.personId.toUpperCase()) });
		expect(made.status).toBe(201);
		const agreementId = field(made.json, 'agreementId');
		const report = { outcome: 'kept', words: 'Het is gelukt.' };
		expect((await scene.ask('holder', 'POST', `/agreements/${agreementId}/reports`, { body: report })).code).toBe('not_promiser');
		expect((await scene.ask('seated', 'POST', `/agreements/${agreementId}/reports`, { body: report })).status).toBe(201);
		expect((await scene.ask('seated', 'POST', `/agreements/${agreementId}/reports`, { body: report })).code).toBe('already_reported');
		expect((await scene.ask('seated', 'POST', `/agreements/${agreementId}/answers`, { body: { answer: 'confirmed' } })).code).toBe(
			'not_receiver'
		);
		expect((await scene.ask('holder', 'POST', `/agreements/${agreementId}/answers`, { body: { answer: 'confirmed' } })).status).toBe(204);
		expect((await scene.ask('holder', 'POST', `/agreements/${agreementId}/answers`, { body: { answer: 'confirmed' } })).code).toBe(
			'already_answered'
		);
		expect((await scene.ask('colleague', 'POST', `/agreements/${agreementId}/answers`, { body: { answer: 'confirmed' } })).status).toBe(
			404
		);
		const table = await scene.ask('holder', 'GET', `/cases/${caseId}`);
		expect(table.json).toMatchObject({
			state: 'running',
			agreements: [{ agreementId, state: 'kept', reports: [{ words: { text: 'Het is gelukt.' } }] }]
		});
	});
});

describe('returns', () => {
	test('recorded by the table, read with the three ways together, its rows and sources', async () => {
		const caseId = await openTable();
		expect((await scene.ask('holder', 'GET', `/cases/${caseId}/return`)).status).toBe(404);
		expect((await scene.ask('colleague', 'POST', `/cases/${caseId}/value-maps`, { body: valueMap })).status).toBe(404);
		const unknown = { ...valueMap, looming: [{ price: 'bestaat-niet', quantity: 1, years: 1 }] };
		expect((await scene.ask('holder', 'POST', `/cases/${caseId}/value-maps`, { body: unknown })).errors).toEqual([
			'looming.0.price not_a_choice'
		]);
		const recorded = await scene.ask('holder', 'POST', `/cases/${caseId}/value-maps`, { body: valueMap });
		expect(recorded.status).toBe(201);
		const read = await scene.ask('seated', 'GET', `/cases/${caseId}/return`);
		expect(read.status).toBe(200);
		const { figures } = read.json as { figures: { ways: object; rows: { path: string; source: string | null }[] } };
		expect(Object.keys(figures.ways)).toEqual(['fundOnly', 'adjusted', 'full']);
		expect(figures.rows.filter((row) => row.path === 'looming').every((row) => (row.source ?? '') !== '')).toBe(true);
		expect((await scene.ask('stranger', 'GET', `/cases/${caseId}/return`)).status).toBe(404);
		expect((await scene.ask('seated', 'GET', `/cases/${caseId}/value-map`)).json).toMatchObject({ format: 'social-return/value-map' });
		expect((await scene.ask('stranger', 'GET', `/cases/${caseId}/value-map`)).status).toBe(404);
	});

	test('every price has a source; without sign-in there are none', async () => {
		const list = await scene.ask('colleague', 'GET', '/prices');
		const { prices } = list.json as { prices: { source: string }[] };
		expect(prices.length).toBeGreaterThan(100);
		expect(prices.every((price) => price.source !== '')).toBe(true);
		expect((await scene.ask(null, 'GET', '/prices')).code).toBe('not_signed_in');
	});
});

describe('the network', () => {
	test.each(['/figures', '/ties', '/organisations', '/colleagues'])('%s is for its people', async (path) => {
		expect((await scene.ask('oversight', 'GET', path)).status).toBe(200);
		expect((await scene.ask(null, 'GET', path)).status).toBe(401);
	});

	test('another network is another world', async () => {
		const caseId = await openCase();
		const theirs = await scene.ask('stranger', 'GET', '/figures');
		expect(theirs.json).toMatchObject({ cases: [], requests: { asked: 0, granted: 0, medianHoursLight: null, medianHoursFull: null } });
		const seen = JSON.stringify([
			theirs.json,
			(await scene.ask('stranger', 'GET', '/colleagues')).json,
			(await scene.ask('stranger', 'GET', '/cases')).json
		]);
		expect(seen).not.toContain(caseId);
		expect(seen).not.toContain(scene.actors.holder.personId);
	});
});

test('every operation was seen to be done and to be refused', () =>
	expect(
		scene.documented.neverSeen(
			[...caseOperations, ...invitationOperations, ...returnOperations, ...networkOperations].filter(
				({ operationId }) => !triedWithReturns.has(operationId)
			)
		)
	).toEqual({ done: [], refused: ['listInvitations'] }));

test('every operation stands in a list whose test looks for it', () => {
	const tested = readdirSync(import.meta.dirname)
		.filter((name) => /^api-[a-z-]+\.db\.test\.ts$/.test(name))
		.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
		.join('\n');
	const all = readFileSync(join(import.meta.dirname, '../api/all-operations.ts'), 'utf8');
	const lists = [...all.matchAll(/\.\.\.(\w+Operations)/g)].map((match) => match[1] ?? '');
	expect(lists.length).toBeGreaterThanOrEqual(6);
	expect(lists.filter((list) => !new RegExp(`neverSeen\\([^)]*\\b${list}\\b`, 's').test(tested))).toEqual([]);
});
