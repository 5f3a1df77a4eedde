import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicPageOperations } from '#lib/api/public-page-operations.ts';
import { publicPageSchema } from '#lib/api/public-page.ts';
import { read } from '#foundation/command/reading.server.ts';
import { confirmPage, proposePage, withdrawPage } from '#rooms/table/public/commands.server.ts';
import { findVisitedPage, getPublicFigures } from '#rooms/table/public/read.server.ts';
import type { PublicFigures } from '#rooms/table/public/read.server.ts';
import { openApiScene } from './api-scene.server.ts';
import { nameOften } from './fill-causes.server.ts';
import { openPublicationScene } from './publication-scene.server.ts';
import { openPublicScene } from './public-scene.server.ts';
import type { PublicScene } from './public-scene.server.ts';
import { sure } from './sure.ts';

/** What a visitor reads of a network: nothing while the page is closed, never of fewer than five, and no table but its name and its organisations. */

let scene: Awaited<ReturnType<typeof openApiScene>>;
let on: PublicScene;
beforeAll(async () => {
	scene = await openApiScene(602);
	on = openPublicScene(scene);
});
afterAll(() => scene.drop());

const visited = () => findVisitedPage(scene.installation, 'haven');
const inside = (): Promise<PublicFigures> => read(scene.installation, scene.actors.holder, (tx) => getPublicFigures(tx));
/** The first day of the next quarter, with what the product does that day. */
async function nextQuarter(): Promise<void> {
	scene.installation.world.tick(93 * 86_400_000);
	await on.sweep();
}

describe('the figures', () => {
	test('are counted once someone proposes, over five at least, and told anew only of five more', async () => {
		await nameOften(scene, 4);
		await on.sweep();
		expect(await inside()).toEqual({});
		await on.stage('proposed');
		await on.sweep();
		// Four cases: there is nothing to tell yet, also not to who may confirm.
		expect(await inside()).toEqual({});
		await nameOften(scene, 3);
		await on.sweep();
		const first = await inside();
		expect(first).toMatchObject({ cases: { amount: 5, low: null, high: null } });
		// Within the quarter nothing changes, and after it nothing for four more.
		await nameOften(scene, 4);
		await on.sweep();
		expect(await inside()).toEqual(first);
		await nextQuarter();
		expect(await inside()).toEqual(first);
		await nameOften(scene, 1);
		await nextQuarter();
		expect((await inside()).cases?.amount).toBe(10);
		expect((await inside()).cases?.quarter).not.toBe(first.cases?.quarter);
	});

	test('are counted also while there is no page: the yearly report tells them inside, and no visitor reads them', async () => {
		await on.stage('closed');
		await nameOften(scene, 6);
		await nextQuarter();
		expect((await inside()).cases?.amount).toBe(15);
		expect(await visited()).toBeNull();
	});
});

describe('a visitor', () => {
	test('reads nothing before two organisations said yes, and nothing from the moment that one closes it', async () => {
		const publications = openPublicationScene(scene);
		await publications.stage('public');
		expect(await publications.register()).not.toEqual([]);
		const byHand = () =>
			scene.installation.door.visitor(scene.actors.holder.networkId, scene.installation.world.now(), async (tx) => ({
				figures: (await sql`select * from app.public_figures()`.execute(tx)).rows.length,
				causes: (await sql`select * from app.public_register()`.execute(tx)).rows.length
			}));
		for (const state of ['closed', 'proposed']) {
			await on.stage(state);
			await on.sweep();
			expect(await visited()).toBeNull();
			// Also past the product's own look: the database tells nothing.
			expect(await byHand()).toEqual({ figures: 0, causes: 0 });
		}
		await on.open();
		expect(await visited()).toMatchObject({ name: 'Netwerk haven', invented: true, figures: { cases: { amount: 15 } } });
		expect((await visited())?.organisations.map(({ name }) => name)).toEqual([
			...['Gemeente Haven', 'De Kade', 'Schuldhulp Haven', 'Wijkteam Noord']
		]);
		expect((await visited())?.causes).toHaveLength(1);
		expect((await byHand()).causes).toBe(1);
		sure(await withdrawPage(scene.installation, scene.officers.administratorTwo, {}));
		expect(await visited()).toBeNull();
		expect(await byHand()).toEqual({ figures: 0, causes: 0 });
	});

	test('reads of one network alone, and cannot tell a closed page from none', async () => {
		await on.open();
		expect(await findVisitedPage(scene.installation, 'elders')).toBeNull();
		expect(await findVisitedPage(scene.installation, 'nergens')).toBeNull();
	});
});

describe('by API', () => {
	test('the page is proposed, confirmed and closed', async () => {
		await on.stage('closed');
		const propose = (role: 'administrator' | 'facilitator') => scene.ask(role, 'POST', '/public-page/proposals');
		expect((await propose('facilitator')).code).toBe('not_allowed');
		expect((await propose('administrator')).status).toBe(201);
		expect((await propose('administrator')).code).toBe('already_proposed');
		expect((await scene.ask('facilitator', 'POST', '/public-page/closing')).code).toBe('not_allowed');
		expect((await scene.ask('administrator', 'POST', '/public-page/closing')).status).toBe(204);
		scene.installation.world.tick(1000);
		const { pageId } = sure(await proposePage(scene.installation, scene.officers.governor, {}));
		const path = `/public-page/proposals/${pageId}/answer`;
		const body = { answer: 'confirmed' };
		expect((await scene.ask('facilitator', 'POST', path, { body })).code).toBe('not_allowed');
		expect((await scene.ask('administrator', 'POST', path, { body })).status).toBe(204);
		expect((await scene.ask('holder', 'GET', '/public-page')).json).toMatchObject({
			state: 'open',
			newest: { pageId, answer: 'confirmed' }
		});
		expect((await scene.ask(null, 'GET', '/public-page')).status).toBe(401);
		expect(scene.documented.neverSeen(publicPageOperations)).toEqual({ done: [], refused: [] });
	});

	test('anyone reads it without a token, from any page, and may keep it; closed it is not there', async () => {
		const get = (path: string, headers: Record<string, string> = {}) => scene.request(`/api/v1${path}`, { headers });
		await on.open();
		const first = await get('/public/haven');
		expect(first.status).toBe(200);
		expect(first.headers.get('access-control-allow-origin')).toBe('*');
		expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
		expect(first.headers.has('set-cookie')).toBe(false);
		expect(first.headers.get('vary')).not.toMatch(/cookie|authorization|language/i);
		const body = await first.text();
		const page = publicPageSchema.parse(JSON.parse(body));
		expect(page.figures.map(({ what }) => what)).toContain('cases');
		expect(page.causes).toHaveLength(1);
		expect(body).not.toMatch(/Iemand|holder@|personId|causeId/);
		const again = await get('/public/haven', {
			'if-none-match': first.headers.get('etag') ?? '',
			cookie: 'a=b',
			authorization: 'Bearer x'
		});
		expect([again.status, await again.text()]).toEqual([304, '']);
		expect((await get('/public/nergens')).status).toBe(404);
		sure(await withdrawPage(scene.installation, scene.officers.governor, {}));
		const gone = await get('/public/haven');
		expect(gone.status).toBe(404);
		expect(gone.headers.get('cache-control')).toBe('no-store');
	});
});

test('the proposal of another network is not there', async () => {
	const { installation, actors } = scene;
	const pageId = await on.stage('proposed');
	expect(await confirmPage(installation, actors.stranger, { pageId, answer: 'confirmed' })).toMatchObject({
		refusal: { code: 'not_allowed' }
	});
	const elsewhere = { ...actors.stranger, roles: ['administrator'] } as const;
	expect(await confirmPage(installation, elsewhere, { pageId, answer: 'confirmed' })).toMatchObject({ refusal: { code: 'not_found' } });
});
