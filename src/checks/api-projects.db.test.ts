import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectOperations } from '#lib/api/project-operations.ts';
import { dayAt } from '#foundation/time/days.ts';
import { acceptInvitation } from '#rooms/cases/commands.server.ts';
import { offerChain } from '#rooms/chain/agreement/commands.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { sure } from './sure.ts';

/** By API: a project of two organisations from its first day to its end. One allowed and one refused each, each answer held against the OpenAPI document. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene(56);
});
afterAll(() => scene.drop());

const field = (json: unknown, name: string): string => (json as Record<string, string>)[name] ?? '';
const today = (): string => dayAt(scene.installation.world.now());
const kpi = (title: string) => ({
	...{ code: 'tenant_rating', title, unit: 'cijfer', better: 'higher', baseline: 7, baselineOn: '2026-01-01' },
	steps: [
		{ aim: 7.5, homes: 1500 },
		{ aim: 8, dueOn: '2027-12-31' }
	]
});

test('a project is opened, offered, agreed, measured, counted and closed; who does not sit there finds none', async () => {
	const { ask, actors, officers, installation } = scene;
	const { governor } = officers;
	const body = {
		title: 'Daken aan de haven',
		part: 'client',
		veraSubject: 'PLN',
		membershipId: governor.membershipId,
		message: 'Doe je mee?'
	};
	expect((await ask('facilitator', 'POST', '/projects', { body })).code).toBe('not_allowed');
	expect((await ask('administrator', 'POST', '/projects', { body: { ...body, veraSubject: 'XXX' } })).errors).toEqual([
		'veraSubject not_a_choice'
	]);
	const opened = (await ask('administrator', 'POST', '/projects', { body })).json;
	const projectId = field(opened, 'projectId');
	const path = `/projects/${projectId}`;
	sure(await acceptInvitation(installation, governor, { invitationId: field(opened, 'invitationId') }));
	expect((await ask('administrator', 'GET', path)).json).toMatchObject({
		title: body.title,
		state: 'open',
		veraSubject: 'PLN',
		measures: []
	});
	const agreement = { what: 'Ik stuur de planning', dueOn: today(), receiverId: governor.personId };
	expect((await ask('administrator', 'POST', `/cases/${projectId}/agreements`, { body: agreement })).status).toBe(201);
	expect((await ask('administrator', 'GET', '/projects')).json).toMatchObject({
		projects: [{ title: body.title, state: 'running', agreements: 1 }]
	});
	expect((await ask('seated', 'GET', '/projects')).json).toEqual({ projects: [] });
	expect((await ask(null, 'GET', '/projects')).status).toBe(401);
	expect((await ask('holder', 'GET', path)).status).toBe(404);

	const offer = {
		...{ startsOn: today(), demand: 'Elke woning droog en heel.', conflict: 'We bellen dezelfde dag.' },
		...{ coordinators: [actors.administrator.membershipId, governor.membershipId], kpis: ['Cijfer', 'Tijd', 'Kwaliteit'].map(kpi) }
	};
	const chain = `${path}/chain-agreements`;
	expect((await ask('holder', 'POST', chain, { body: offer })).code).toBe('not_found');
	const { code, errors } = await ask('administrator', 'POST', chain, { body: { ...offer, kpis: offer.kpis.slice(1) } });
	expect({ code, errors }).toEqual({ code: 'chain_incomplete', errors: ['kpis too_few'] });
	const { versionId } = sure(await offerChain(installation, governor, { projectId, ...offer }));
	const answer = { body: { answer: 'accepted' } };
	expect((await ask('holder', 'POST', `${chain}/${versionId}/answer`, answer)).code).toBe('not_found');
	expect((await ask('administrator', 'POST', `${chain}/${versionId}/answer`, answer)).status).toBe(204);
	expect((await ask('administrator', 'POST', `${chain}/${versionId}/answer`, answer)).code).toBe('already_answered');
	expect((await ask('administrator', 'POST', chain, { body: offer })).status).toBe(201);

	const { measures } = (await ask('administrator', 'GET', path)).json as { measures: { kpiId: string; course: string }[] };
	expect(measures.map(({ course }) => course)).toEqual(['no_reading', 'no_reading', 'no_reading']);
	const readings = measures.map(({ kpiId }) => ({ kpiId, value: 7.5, onDay: today() }));
	expect((await ask('holder', 'POST', `${path}/readings`, { body: { readings } })).code).toBe('not_found');
	expect((await ask('administrator', 'POST', `${path}/readings`, { body: { readings } })).status).toBe(201);
	const orders = { untilDay: today(), orders: 20, checked: 10, remarks: 0 };
	expect((await ask('administrator', 'POST', `${path}/order-counts`, { body: { ...orders, checked: 21 } })).errors).toEqual([
		'checked number_too_large'
	]);
	expect((await ask('holder', 'POST', `${path}/order-counts`, { body: orders })).code).toBe('not_found');
	expect((await ask('administrator', 'POST', `${path}/order-counts`, { body: orders })).status).toBe(201);
	const byStatus = { untilDay: today(), checked: 4, remarks: 0 };
	const at = (status: string, count: number) => ({ status, orders: count });
	for (const [statuses, errors] of [
		[[at('XXX', 3), at('TEC', 4)], ['statuses.0.status not_a_choice']],
		[[at('TEC', 3), at('TEC', 4)], ['statuses.1.status already_there']],
		[[at('INB', 3)], ['statuses too_few']],
		[[at('TEC', 3), at('INB', 9)], ['checked number_too_large']]
	] as const)
		expect((await ask('administrator', 'POST', `${path}/order-counts`, { body: { ...byStatus, statuses } })).errors).toEqual(errors);
	const both = { ...orders, statuses: [at('TEC', 20)] };
	expect((await ask('administrator', 'POST', `${path}/order-counts`, { body: both })).errors).toEqual(['orders unknown_field']);
	scene.installation.world.tick(1000);
	const statuses = [at('GEA', 2), at('INB', 5), at('STE', 8), at('TEC', 12)];
	expect((await ask('administrator', 'POST', `${path}/order-counts`, { body: { ...byStatus, checked: 10, statuses } })).status).toBe(201);
	expect((await ask('administrator', 'GET', path)).json).toMatchObject({
		orderCounts: [{ untilDay: today(), orders: 20, checked: 10, remarks: 0, statuses }]
	});
	expect((await ask('administrator', 'GET', path)).json).toMatchObject({
		...{ shareToCheck: 0.4, measures: readings.map(() => ({ course: 'on_course' })) }
	});
	expect((await ask('holder', 'POST', `${path}/closing`)).code).toBe('not_found');
	expect((await ask('administrator', 'POST', `${path}/closing`)).status).toBe(204);
	expect((await ask('administrator', 'POST', `${path}/closing`)).code).toBe('wrong_state');
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen([...projectOperations])).toEqual({ done: [], refused: [] }));
