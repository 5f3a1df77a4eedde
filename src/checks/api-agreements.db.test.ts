import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreementOperations } from '#lib/api/agreement-operations.ts';
import { mandateOperations } from '#lib/api/mandate-operations.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { giveMandate } from './fill-agreements.server.ts';
import { caseWords, sure } from './scene.server.ts';
import type { SceneRole } from './scene.server.ts';

/** By API: one allowed and one refused per act and reading on agreements, the room to agree and mandates. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene();
	await giveMandate(scene, 'facilitator', { caseAmount: '100000', periodAmount: '1000000' });
});
afterAll(() => scene.drop());

const field = (json: unknown, name: string): string => {
	const value = (json as Record<string, unknown>)[name];
	if (typeof value !== 'string') throw new Error(`No ${name} in ${JSON.stringify(json)}`);
	return value;
};

const openTable = async (roles: readonly SceneRole[] = ['seated', 'invited']): Promise<string> => {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	for (const role of roles) {
		const { membershipId } = actors[role];
		const invited = sure(await inviteToTable(installation, actors.holder, { caseId, membershipId, message: 'Doe je mee?' }));
		sure(await acceptInvitation(installation, actors[role], invited));
	}
	return caseId;
};
const wording = () => ({ what: 'Wij betalen de borg.', dueOn: '2026-11-23', kind: 'on_behalf', insideRoom: true });
const said = async (as: SceneRole, method: string, path: string, body?: unknown): Promise<[number, string | undefined]> => {
	const { status, code } = await scene.ask(as, method, path, body === undefined ? {} : { body });
	return [status, code];
};

async function make(more: object = {}): Promise<{ caseId: string; agreementId: string }> {
	const caseId = await openTable();
	const body = { ...wording(), receiverId: scene.actors.holder.personId, ...more };
	const made = await scene.ask('seated', 'POST', `/cases/${caseId}/agreements`, { body });
	expect(made.status).toBe(201);
	return { caseId, agreementId: field(made.json, 'agreementId') };
}

async function askDecider(): Promise<{ caseId: string; askId: string }> {
	const caseId = await openTable();
	const body = {
		...{ ...wording(), receiverId: scene.actors.holder.personId, amount: '750,00' },
		deciderMembershipId: scene.actors.facilitator.membershipId
	};
	const asked = await scene.ask('seated', 'POST', `/cases/${caseId}/asked-agreements`, { body });
	expect(asked.status).toBe(201);
	return { caseId, askId: field(asked.json, 'askId') };
}

describe('agreements', () => {
	test('above a mandate the refusal names who can decide', async () => {
		const { caseId } = await make();
		const body = { ...wording(), receiverId: scene.actors.holder.personId, amount: '750' };
		const refused = await scene.ask('seated', 'POST', `/cases/${caseId}/agreements`, { body });
		expect([refused.status, refused.code]).toEqual([403, 'above_mandate']);
		expect(refused.json).toMatchObject({
			lift: { kind: 'deciders', deciders: [{ membershipId: scene.actors.facilitator.membershipId, name: 'Iemand facilitator' }] }
		});
		expect(await said('colleague', 'POST', `/cases/${caseId}/asked-agreements`, { ...body, deciderMembershipId: caseId })).toEqual([
			404,
			'not_found'
		]);
	});

	test('who is asked sees what is asked and decides; the case stays hidden', async () => {
		const { caseId, askId } = await askDecider();
		const seen = await scene.ask('facilitator', 'GET', `/asks/${askId}`);
		expect(seen.json).toMatchObject({ what: 'Wij betalen de borg.', amountCents: 750_00, answer: null });
		expect(await said('colleague', 'GET', `/asks/${askId}`)).toEqual([404, 'not_found']);
		expect(await said('facilitator', 'GET', `/cases/${caseId}`)).toEqual([404, 'not_found']);
		expect(await said('colleague', 'POST', `/asks/${askId}/acceptance`)).toEqual([404, 'not_found']);
		expect(await said('facilitator', 'POST', `/asks/${askId}/acceptance`)).toEqual([204, undefined]);
		expect(await said('facilitator', 'POST', `/asks/${askId}/decline`)).toEqual([409, 'ask_over']);
		expect(await said('facilitator', 'POST', `/asks/${(await askDecider()).askId}/decline`)).toEqual([204, undefined]);
		const third = await askDecider();
		expect(await said('holder', 'DELETE', `/asks/${third.askId}`)).toEqual([403, 'not_promiser']);
		expect(await said('seated', 'DELETE', `/asks/${third.askId}`)).toEqual([204, undefined]);
	});

	test('a change is offered, accepted, declined', async () => {
		const { agreementId } = await make();
		const path = `/agreements/${agreementId}/versions`;
		const body = { what: 'Wij betalen de huur.', dueOn: '2026-12-02' };
		expect(await said('invited', 'POST', path, body)).toEqual([403, 'not_party']);
		const first = field((await scene.ask('holder', 'POST', path, { body })).json, 'versionId');
		expect(await said('holder', 'POST', `${path}/${first}/acceptance`)).toEqual([403, 'not_asked']);
		expect(await said('seated', 'POST', `${path}/${first}/acceptance`)).toEqual([204, undefined]);
		const second = field((await scene.ask('holder', 'POST', path, { body })).json, 'versionId');
		expect(await said('holder', 'POST', `${path}/${second}/decline`)).toEqual([403, 'not_asked']);
		expect(await said('seated', 'POST', `${path}/${second}/decline`)).toEqual([204, undefined]);
	});

	test('a change above the own mandate is asked of who can, what was offered too', async () => {
		const { agreementId } = await make();
		const deciderMembershipId = scene.actors.facilitator.membershipId;
		const body = { what: 'Wij betalen meer.', dueOn: '2026-12-02', insideRoom: true, amount: '750', deciderMembershipId };
		const path = `/agreements/${agreementId}`;
		expect(await said('holder', 'POST', `${path}/asked-versions`, body)).toEqual([403, 'not_promiser']);
		const asked = await scene.ask('seated', 'POST', `${path}/asked-versions`, { body });
		expect(asked.status).toBe(201);
		expect(await said('facilitator', 'POST', `/asks/${field(asked.json, 'askId')}/decline`)).toEqual([204, undefined]);
		const offer = { what: 'Betaal de huur.', dueOn: '2026-12-02', amount: '800' };
		const versionId = field((await scene.ask('holder', 'POST', `${path}/versions`, { body: offer })).json, 'versionId');
		expect(await said('holder', 'POST', `${path}/versions/${versionId}/asks`, { deciderMembershipId })).toEqual([403, 'not_asked']);
		expect(await said('seated', 'POST', `${path}/versions/${versionId}/asks`, { deciderMembershipId })).toEqual([201, undefined]);
	});

	test('one nudge a round; a colleague of the organisation may doubt the room; the case can be copied', async () => {
		const { caseId, agreementId } = await make();
		expect(await said('holder', 'POST', `/agreements/${agreementId}/nudges`)).toEqual([204, undefined]);
		expect(await said('holder', 'POST', `/agreements/${agreementId}/nudges`)).toEqual([409, 'already_nudged']);
		expect(await said('holder', 'POST', `/agreements/${agreementId}/room-dispute`, {})).toEqual([403, 'not_same_organisation']);
		expect(await said('invited', 'POST', `/agreements/${agreementId}/room-dispute`, { words: 'Dit mag niet.' })).toEqual([204, undefined]);
		const copy = await scene.ask('seated', 'GET', `/cases/${caseId}/copy`);
		expect(field(copy.json, 'text')).toContain('Wij betalen de borg.');
		expect(await said('colleague', 'GET', `/cases/${caseId}/copy`)).toEqual([404, 'not_found']);
	});

	test('an announced decision is reported as taken', async () => {
		const { agreementId } = await make({ kind: 'decision_follows', insideRoom: false });
		expect(await said('seated', 'POST', `/agreements/${agreementId}/reports`, { outcome: 'kept' })).toEqual([400, 'invalid']);
		expect(await said('seated', 'POST', `/agreements/${agreementId}/reports`, { outcome: 'taken' })).toEqual([201, undefined]);
		expect(await said('seated', 'POST', `/agreements/${agreementId}/answers`, { answer: 'confirmed' })).toEqual([403, 'not_receiver']);
		expect(await said('holder', 'POST', `/agreements/${agreementId}/answers`, { answer: 'confirmed' })).toEqual([204, undefined]);
	});
});

describe('the room to agree and mandates', () => {
	test('an administrator states the room, everyone reads it', async () => {
		const body = { sentence: 'Alles, behalve een huurcontract.' };
		expect(await said('colleague', 'POST', '/rooms-to-agree', body)).toEqual([403, 'not_allowed']);
		expect(await said('administrator', 'POST', '/rooms-to-agree', body)).toEqual([201, undefined]);
		const rooms = await scene.ask('holder', 'GET', '/rooms-to-agree');
		expect(rooms.json).toMatchObject({ rooms: [{ organisationId: scene.actors.administrator.organisationId, ...body }] });
		expect((await scene.ask(null, 'GET', '/rooms-to-agree')).status).toBe(401);
	});

	test('a mandate is proposed, accepted, declined, ended', async () => {
		const body = {
			...{ membershipId: scene.actors.colleague.membershipId, kind: 'money', caseAmount: '500', periodAmount: '1000' },
			...{ validFrom: '2026-01-01', validUntil: '2030-12-31' }
		};
		const propose = async () => field((await scene.ask('administrator', 'POST', '/mandates', { body })).json, 'mandateId');
		expect(await said('colleague', 'POST', '/mandates', body)).toEqual([403, 'not_allowed']);
		const mandateId = await propose();
		expect(await said('seated', 'POST', `/mandates/${mandateId}/acceptance`)).toEqual([403, 'not_asked']);
		expect(await said('colleague', 'POST', `/mandates/${mandateId}/acceptance`)).toEqual([204, undefined]);
		expect(await said('administrator', 'POST', `/mandates/${mandateId}/confirmation`)).toEqual([403, 'four_eyes']);
		expect(await said('holder', 'POST', `/mandates/${mandateId}/end`)).toEqual([404, 'not_found']);
		expect(await said('administrator', 'POST', `/mandates/${mandateId}/end`)).toEqual([204, undefined]);
		const other = await propose();
		expect(await said('seated', 'POST', `/mandates/${other}/decline`)).toEqual([403, 'not_asked']);
		expect(await said('colleague', 'POST', `/mandates/${other}/decline`)).toEqual([204, undefined]);
		const seen = (await scene.ask('colleague', 'GET', '/mandates')).json as { mandates: { mandateId: string; state: string }[] };
		expect(seen.mandates.filter((one) => [mandateId, other].includes(one.mandateId)).map((one) => one.state)).toEqual([
			'ended',
			'declined'
		]);
		expect((await scene.ask(null, 'GET', '/mandates')).status).toBe(401);
	});

	test('a second confirms where there is one', async () => {
		const owner = await scene.database.connections.owner();
		await owner.query("update membership set roles = roles || '{governor}' where membership_id = $1", [scene.actors.checker.membershipId]);
		await owner.end();
		const body = {
			...{ membershipId: scene.actors.colleague.membershipId, kind: 'formal_decision' },
			...{ validFrom: '2026-01-01', validUntil: '2030-12-31' }
		};
		const { json } = await scene.ask('administrator', 'POST', '/mandates', { body });
		expect(await said('checker', 'POST', `/mandates/${field(json, 'mandateId')}/confirmation`)).toEqual([204, undefined]);
	});
});

test('every operation was done and refused', () => {
	expect(scene.documented.neverSeen([...agreementOperations, ...mandateOperations])).toEqual({ done: [], refused: [] });
});
