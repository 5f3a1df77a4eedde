import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '#lib/api/api.ts';
import { openIdentity } from '#foundation/identity/identity.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { said } from './acts-document.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What one person does in a minute is counted, in the database: over any number of processes (K6). */

let scene: Scene;
let paced: Installation;
beforeAll(async () => {
	scene = await openScene(9);
	const { keyring, world, settings } = scene.installation;
	const parts = { pool: scene.database.connections.identity, keyring, world, origin: settings.origin, demo: false };
	paced = { ...scene.installation, identity: openIdentity({ ...parts, pace: { act: 5, search: 7 } }) };
});
afterAll(() => scene.drop());

/** Away from the turn of a minute, at which counting begins anew. */
async function early(): Promise<void> {
	const left = 60_000 - (Date.now() % 60_000);
	if (left < 15_000) await new Promise((resolve) => setTimeout(resolve, left + 500));
}

describe('acts', () => {
	test('sixteen at once: as many as the pace allows are done, the others are refused and leave nothing', async () => {
		await early();
		const answers = await Promise.all(Array.from({ length: 16 }, () => openCase(paced, scene.actors.holder, caseWords)));
		const counts = Object.groupBy(answers.map(said), (answer) => answer);
		expect(counts['yes']?.length).toBe(5);
		expect(counts['too_many_tries']?.length).toBe(11);
		const owner = await scene.database.connections.owner();
		const { rows } = await owner.query<{ cases: number }>('select count(*)::int as cases from case_record');
		await owner.end();
		expect(rows[0]?.cases).toBe(5);
	});

	test('of another person are counted apart, what cannot be right is not counted, and the demo is not', async () => {
		await early();
		for (let n = 0; n < 10; n++) expect(said(await openCase(paced, scene.actors.seated, { ...caseWords, stuck: '' }))).toBe('invalid');
		sure(await openCase(paced, scene.actors.seated, caseWords));
		for (let n = 0; n < 8; n++) sure(await openCase(paced, { ...scene.actors.colleague, origin: 'demo' }, caseWords));
	});

	test('are counted anew in the next minute', async () => {
		const { personId } = scene.actors.invited;
		const owner = await scene.database.connections.owner();
		for (let n = 0; n < 6; n++) await paced.identity.keepsPace(personId, 'act');
		await early();
		await owner.query("update identity.pace set minute = minute - interval '1 minute', times = 500 where person_id = $1", [personId]);
		await owner.end();
		expect(await paced.identity.keepsPace(personId, 'act')).toBe(true);
	});
});

test('readings by API have a pace of their own', async () => {
	await early();
	const { account, acting } = {
		account: { accountId: scene.accounts.facilitator, email: '', locale: 'nl' as const },
		acting: { ...scene.actors.facilitator, slug: '', networkName: '', personName: '', organisationName: '', functionTitle: '' }
	};
	const { token } = sure(await paced.identity.makeToken({ account, acting }, { key: paced.world.id(), name: 'test', days: '30' }));
	const api = createApi(paced);
	const statuses: number[] = [];
	for (let n = 0; n < 9; n++)
		statuses.push((await api.request('http://localhost:4173/api/v1/cases', { headers: { authorization: `Bearer ${token}` } })).status);
	expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 429, 429]);
});
