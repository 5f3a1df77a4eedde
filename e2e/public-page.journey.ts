import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { say } from '#foundation/text/say.server.ts';
import type { MessageKey, MessageValues } from '#foundation/text/text.ts';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sees, submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/**
 * The page for everyone (J10): closed by one, proposed by one organisation and confirmed by another who saw what it says, read by a visitor in two languages,
 * the same bytes whoever asks, without a cookie, and kept by a cache. Two people signed in at once, and one who never does.
 */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const t = (key: MessageKey, values?: MessageValues): string => say('nl', key, values);
const inside = '/havenstad/openbaar';
const outside = '/openbaar/havenstad';
const files = ['', '/en', '/register', '/en/register', '/cijfers.csv', '/en/cijfers.csv'].map((below) => outside + below);

/** Asks as a program does, with these headers; what came back, and whether anything was to be kept by who asked. */
async function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string; headers: Headers }> {
	const response = await fetch(demo.address + path, { headers, redirect: 'manual' });
	return { status: response.status, body: await response.text(), headers: response.headers };
}

test('it is the same for whoever asks, sets no cookie, and may be kept', { timeout: 120_000 }, async () => {
	const bas = await signInAs(browser, demo.address, 'Bas Oudeland');
	const session = (await bas.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	expect(session).not.toBe('');
	for (const path of files) {
		const bare = await get(path);
		expect({ path, status: bare.status }).toEqual({ path, status: 200 });
		expect(bare.headers.get('set-cookie')).toBeNull();
		expect(bare.headers.get('cache-control')).toMatch(/^public, max-age=\d+, s-maxage=\d+/);
		expect(bare.headers.get('vary') ?? '').not.toMatch(/cookie|accept-language|authorization/i);
		expect(bare.headers.get('content-security-policy')).toContain(path.endsWith('.csv') ? "default-src 'none'" : "script-src 'self'");
		// No name of a person of the demo, and no address of what is inside.
		expect(bare.body).not.toMatch(/Oudeland|Bakker|Dijkstra|@|"\/havenstad|\/inloggen/);
		for (const headers of [
			{ cookie: session },
			{ cookie: `${session}; locale=en`, 'accept-language': 'en' },
			{ 'accept-language': 'en-GB,en;q=0.9', referer: `${demo.address}/havenstad` }
		]) {
			const other = await get(path, headers);
			expect(other.body === bare.body).toBe(true);
			expect(other.headers.get('set-cookie')).toBeNull();
			expect(other.headers.get('etag')).toBe(bare.headers.get('etag'));
		}
		const again = await get(path, { 'if-none-match': bare.headers.get('etag') ?? '' });
		expect({ path, status: again.status, body: again.body }).toEqual({ path, status: 304, body: '' });
		expect(again.headers.get('content-security-policy')).toBe(bare.headers.get('content-security-policy'));
	}
	const api = await get('/api/v1/public/havenstad', { origin: 'https://elders.example' });
	expect(api.headers.get('access-control-allow-origin')).toBe('*');
	expect((await get('/api/v1/public/havenstad', { 'if-none-match': api.headers.get('etag') ?? '' })).status).toBe(304);
	await bas.context.close();
});

test('two organisations open it, anyone reads it, and one closes it', { timeout: 180_000 }, async () => {
	const [bas, sanne] = await Promise.all(['Bas Oudeland', 'Sanne Bakker'].map((name) => signInAs(browser, demo.address, name)));
	if (!bas || !sanne) throw new Error('Both are signed in.');
	// The demo's page is open; it is closed by one, at once.
	await bas.page.goto(inside);
	await sees(bas.page, t('public_page.visit'));
	await expectAccessible(bas.page);
	await submit(bas.page, t('public_page.withdraw'));
	await sees(bas.page, t('public_page.closed'));
	for (const path of files) expect({ path, status: (await get(path)).status }).toEqual({ path, status: 404 });
	expect((await get('/api/v1/public/havenstad')).status).toBe(404);

	// Proposed by one; nobody outside reads it yet, and who proposed it cannot confirm it.
	await submit(bas.page, t('public_page.propose'));
	await sees(bas.page, t('public_page.take_back'));
	expect(await bas.page.getByRole('button', { name: t('public_page.confirm') }).count()).toBe(0);
	expect((await get(outside)).status).toBe(404);

	// The other is asked on their first page, sees what it will say, and opens it.
	await sanne.page.goto('/havenstad');
	await sees(sanne.page, t('home.page'));
	await sanne.page.getByRole('link', { name: t('home.see_page') }).click();
	await sees(sanne.page, t('public_page.will_show'));
	await sees(sanne.page, t('public.did'));
	const shown = await sanne.page.locator('.sentence.big .figure > summary').first().innerText();
	await expectAccessible(sanne.page);
	await submit(sanne.page, t('public_page.confirm'));
	await sees(sanne.page, t('public_page.visit'));

	// Someone who never signs in reads what she saw, in the language of the address whatever their browser speaks.
	const visitor = await browser.newContext({ baseURL: demo.address, locale: 'en-GB' });
	const page = await visitor.newPage();
	await page.goto(outside);
	expect(await page.locator('html').getAttribute('lang')).toBe('nl');
	expect(await page.locator('.sentence.big .figure > summary').first().innerText()).toBe(shown);
	expect(await page.locator('form, script').count()).toBe(0);
	await expectAccessible(page);
	await page.getByRole('link', { name: say('nl', 'frame.in_other_language') }).click();
	await page.waitForURL(/\/en$/);
	expect(await page.locator('html').getAttribute('lang')).toBe('en');
	await page.getByRole('link', { name: say('en', 'public.register') }).click();
	await page.waitForURL(/\/en\/register$/);
	await expectAccessible(page);
	expect(await visitor.cookies()).toEqual([]);
	await visitor.close();

	await sanne.page.goto(inside);
	await submit(sanne.page, t('public_page.withdraw'));
	await sees(sanne.page, t('public_page.closed'));
	expect((await get(outside)).status).toBe(404);
	for (const { context } of [bas, sanne]) await context.close();
});
