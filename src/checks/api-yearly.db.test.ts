import { afterAll, beforeAll, expect, test } from 'vitest';
import { yearlyOperations } from '#lib/api/yearly-operations.ts';
import { openApiScene } from './api-scene.server.ts';
import { runDaily } from './run-daily.server.ts';

/** By API: one allowed and one refused per act and reading on agreements for a year. The whole matrix stands at the commands. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
beforeAll(async () => {
	scene = await openApiScene();
});
afterAll(() => scene.drop());

test('parties offer, accept, look how it goes and look back', async () => {
	const { actors, installation } = scene;
	const body = { year: 2027, title: 'Wie wacht, wacht korter', organisationIds: [actors.colleague.organisationId] };
	expect((await scene.ask('oversight', 'POST', '/yearly-agreements', { body })).code).toBe('not_allowed');
	expect((await scene.ask('holder', 'POST', '/yearly-agreements', { body: { ...body, title: '' } })).errors).toEqual(['title required']);
	const made = await scene.ask('holder', 'POST', '/yearly-agreements', { body });
	expect(made.status).toBe(201);
	const path = `/yearly-agreements/${(made.json as { itemId: string }).itemId}`;
	const says = async (role: 'holder' | 'colleague', more: object) => {
		installation.world.tick(1000);
		const said = await scene.ask(role, 'POST', `${path}/steps`, { body: { words: 'Wij houden woningen vrij.', ...more } });
		return { ...said, stepId: (said.json as { stepId?: string } | null)?.stepId ?? '' };
	};
	const accepts = (role: 'holder' | 'administrator', stepId: string) =>
		scene.ask(role, 'POST', `${path}/acceptances`, { body: { stepId } });
	expect((await says('holder', { kind: 'looked', how: 'kept' })).code).toBe('wrong_state');
	expect((await says('holder', { kind: 'looked' })).errors).toEqual(['how required']);
	expect((await says('holder', { kind: 'offer' })).status).toBe(201);
	const { stepId } = await says('colleague', { kind: 'offer' });
	expect((await accepts('holder', stepId)).code).toBe('not_allowed');
	expect((await accepts('administrator', stepId)).status).toBe(204);
	expect((await accepts('administrator', stepId)).code).toBe('already_answered');
	expect((await scene.ask('colleague', 'GET', path)).json).toMatchObject({
		...{ state: 'offered', toAccept: stepId, year: 2027, causeId: null, steps: [{ kind: 'offer' }, { kind: 'offer', how: null }] }
	});
	expect((await scene.ask('holder', 'POST', `${path}/refusal`)).code).toBe('not_allowed');
	expect((await scene.ask('colleague', 'POST', `${path}/withdrawal`)).code).toBe('not_yours');
	const another = await scene.ask('holder', 'POST', '/yearly-agreements', { body });
	const other = `/yearly-agreements/${(another.json as { itemId: string }).itemId}`;
	expect((await scene.ask('administrator', 'POST', `${other}/refusal`)).status).toBe(204);
	expect((await scene.ask('colleague', 'GET', other)).json).toMatchObject({ state: 'ended', steps: [{ kind: 'declined', words: '' }] });
	const third = await scene.ask('holder', 'POST', '/yearly-agreements', { body });
	expect((await scene.ask('holder', 'POST', `/yearly-agreements/${(third.json as { itemId: string }).itemId}/withdrawal`)).status).toBe(
		204
	);
	expect((await scene.ask('stranger', 'GET', path)).status).toBe(404);
	expect((await scene.ask('stranger', 'GET', '/yearly-agreements')).json).toEqual({ items: [] });
	expect((await scene.ask('oversight', 'GET', '/yearly-agreements')).json).toMatchObject({
		items: [{ state: 'withdrawn' }, { state: 'ended' }, { title: body.title }]
	});
	expect((await scene.ask(null, 'GET', '/yearly-agreements')).status).toBe(401);
});

test('parties say what came of it when the year is over, and read each other when all did', async () => {
	const { actors, installation } = scene;
	const body = { year: 2020, title: 'Wie verhuist, wacht op een sleutel', organisationIds: [actors.colleague.organisationId] };
	const { itemId } = (await scene.ask('holder', 'POST', '/yearly-agreements', { body })).json as { itemId: string };
	const path = `/yearly-agreements/${itemId}`;
	let stepId = '';
	for (const role of ['holder', 'colleague'] as const) {
		installation.world.tick(1000);
		const said = await scene.ask(role, 'POST', `${path}/steps`, { body: { kind: 'offer', words: 'Wij geven een sleutel.' } });
		({ stepId } = said.json as { stepId: string });
	}
	for (const role of ['administratorTwo', 'administrator'] as const)
		expect((await scene.ask(role, 'POST', `${path}/acceptances`, { body: { stepId } })).status).toBe(204);
	const says = (role: 'holder' | 'administrator' | 'administratorTwo', how = 'kept') =>
		scene.ask(role, 'POST', `${path}/look-back`, { body: { how, words: 'Elke sleutel lag klaar.', goesOn: 'no' } });
	expect((await says('administrator')).code).toBe('too_early');
	await runDaily(scene, 'daily.yearly');
	expect((await says('holder')).code).toBe('not_allowed');
	expect((await says('administrator', 'mostly')).errors).toEqual(['how not_a_choice']);
	expect((await says('administrator')).status).toBe(204);
	expect((await says('administrator')).code).toBe('already_answered');
	expect((await scene.ask('holder', 'GET', path)).json).toMatchObject({ state: 'agreed', lookBack: { shown: false, said: [] } });
	expect((await says('administratorTwo', 'not')).status).toBe(204);
	expect((await scene.ask('oversight', 'GET', path)).json).toMatchObject({
		lookBack: { shown: true, said: expect.arrayContaining([expect.objectContaining({ how: 'not', goesOn: false })]) }
	});
	const next = { ...body, year: 2021, previousId: itemId };
	const begun = await scene.ask('colleague', 'POST', '/yearly-agreements', {
		body: { ...next, organisationIds: [actors.holder.organisationId] }
	});
	expect(begun.status).toBe(201);
	const again = { ...next, organisationIds: [actors.holder.organisationId] };
	expect((await scene.ask('colleague', 'POST', '/yearly-agreements', { body: again })).code).toBe('already_brought');
});

test('every operation was seen to be done and to be refused', () =>
	expect(scene.documented.neverSeen(yearlyOperations)).toEqual({ done: [], refused: [] }));
