import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/** Ways in and out: a link by mail, a passkey, choosing whom one works for, and ending what is open. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const open = async (javaScriptEnabled = true): Promise<{ context: BrowserContext; page: Page }> => {
	const context = await browser.newContext({
		viewport: { width: 360, height: 740 },
		javaScriptEnabled,
		locale: 'nl-NL',
		baseURL: demo.address
	});
	return { context, page: await context.newPage() };
};

/** Asks for a link on the page and takes it out of the demo's mailbox, where it lies within seconds. */
async function linkFor(page: Page, email: string): Promise<string> {
	const listLinks = async (): Promise<string[]> => {
		const html = await (await page.request.get('/demo/postbus')).text();
		return [...html.matchAll(/http:\/\/localhost:\d+\/inloggen\/link\/[A-Za-z0-9_-]{43}/g)].map(([url]) => url);
	};
	const before = new Set(await listLinks());
	await page.goto('/inloggen');
	await page.getByLabel('Je mailadres').fill(email);
	await page.getByRole('button', { name: 'Stuur mij een link' }).click();
	await page.getByRole('heading', { name: 'Kijk in je mail' }).waitFor();
	for (let tries = 0; tries < 100; tries++) {
		const link = (await listLinks()).find((url) => !before.has(url));
		if (link !== undefined) return link;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('No letter came.');
}

async function leave(page: Page): Promise<void> {
	await page.locator('.frame-you summary').click();
	await page.getByRole('button', { name: 'Log uit' }).click();
	await page.getByRole('link', { name: 'Log in' }).first().waitFor();
}

test.each([
	['with script', true],
	['without script', false]
])('by link, %s: opening it signs nobody in, the button does, once', async (_, script) => {
	const { context, page } = await open(script);
	const link = await linkFor(page, 'anouk@kade.example');
	if (script) await expectAccessible(page);
	// A scanner of mail opens every link, without pressing anything.
	for (let i = 0; i < 3; i++) expect((await page.request.get(link)).status()).toBe(200);
	expect((await context.cookies()).filter((cookie) => cookie.name === 'loopplank')).toEqual([]);
	await page.goto(link);
	if (script) await expectAccessible(page);
	await page.getByRole('button', { name: 'Log mij in' }).click();
	await page.waitForURL('**/havenstad');
	expect((await context.cookies()).find((cookie) => cookie.name === 'loopplank')).toMatchObject({
		httpOnly: true,
		sameSite: 'Lax',
		path: '/'
	});
	await page.goto(link);
	await page.getByText('Deze link is al gebruikt').waitFor();
	if (script) await expectAccessible(page);
	await context.close();
});

test('an address that nobody has gets the same page; no address is refused with what was typed', async () => {
	const { context, page } = await open();
	await page.goto('/inloggen');
	await expectAccessible(page);
	await page.getByLabel('Je mailadres').fill('niemand');
	await page.getByRole('button', { name: 'Stuur mij een link' }).click();
	await page.getByRole('heading', { name: 'Er klopt nog één ding niet' }).waitFor();
	expect(await page.getByLabel('Je mailadres').inputValue()).toBe('niemand');
	await expectAccessible(page);
	await page.getByLabel('Je mailadres').fill('niemand@kade.example');
	await page.getByRole('button', { name: 'Stuur mij een link' }).click();
	await page.waitForURL('**/inloggen/verstuurd');
	await context.close();
});

test('a passkey is made, signs in without an address, and is removed', async () => {
	const { context, page } = await open();
	const devtools = await context.newCDPSession(page);
	await devtools.send('WebAuthn.enable');
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	await page.goto(await linkFor(page, 'anouk@kade.example'));
	await page.getByRole('button', { name: 'Log mij in' }).click();
	await page.waitForURL('**/havenstad');
	await page.locator('.frame-you summary').click();
	await page.getByRole('link', { name: 'Jouw toegang' }).click();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Maak een passkey' }).click();
	await page.getByText('Je passkey is gemaakt.').waitFor();
	await expectAccessible(page);
	// The same device has one already, and says so.
	await page.getByRole('button', { name: 'Maak een passkey' }).click();
	await page.getByText('Er is geen passkey gemaakt.').waitFor();
	await leave(page);

	await page.goto('/inloggen');
	await page.getByRole('button', { name: 'Log in met een passkey' }).click();
	await page.waitForURL('**/havenstad');
	await page.goto('/mijn/toegang');
	expect(await page.getByText('met een passkey. Laatst gezien').count()).toBe(1);
	await page.getByRole('button', { name: 'Haal deze weg' }).click();
	await page.getByText('Die passkey werkt niet meer.').waitFor();
	await leave(page);
	await page.goto('/inloggen');
	await page.getByRole('button', { name: 'Log in met een passkey' }).click();
	await page.getByText('Inloggen met je passkey lukte niet.').waitFor();
	await expectAccessible(page);
	await context.close();
});

test('without script no passkey is offered', async () => {
	const { context, page } = await open(false);
	await page.goto('/inloggen');
	expect(await page.getByRole('button').allInnerTexts()).toEqual(['In English', 'Stuur mij een link']);
	await context.close();
});

test('with two memberships one chooses who acts, and can change', async () => {
	const { context, page } = await open();
	await page.goto('/demo');
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Kijk rond als Joost van der Laan' }).click();
	await page.waitForURL('**/kiezen');
	await expectAccessible(page);
	await page.goto('/havenstad');
	expect(page.url()).toMatch(/\/kiezen$/);
	await page.getByRole('button', { name: 'Werk voor Huurdersraad Havenstad' }).click();
	await page.waitForURL('**/havenstad');
	await page.locator('.frame-you summary').click();
	await page.getByText('Joost van der Laan, Huurdersraad Havenstad').waitFor();
	await page.getByRole('link', { name: 'Kies namens wie je werkt' }).click();
	await page.getByText('Hiervoor werk je nu.').waitFor();
	await page.getByRole('button', { name: 'Werk voor Wijkteam Noord' }).click();
	await page.waitForURL('**/havenstad');
	await page.locator('.frame-you summary').click();
	await page.getByText('Joost van der Laan, Wijkteam Noord').waitFor();
	await context.close();
});

test('sessions are seen and ended from another browser; a token is shown once, works, and is withdrawn', async () => {
	const [mine, other] = [await open(), await open(false)];
	for (const { page } of [mine, other]) {
		await page.goto('/demo');
		await page.getByRole('button', { name: 'Kijk rond als Tom de Graaf' }).click();
		await page.waitForURL('**/havenstad');
	}
	const { page } = mine;
	await page.goto('/mijn/toegang');
	await page.getByRole('button', { name: 'Log deze uit' }).first().click();
	await page.getByText('Die browser is uitgelogd.').waitFor();
	await other.page.goto('/havenstad');
	await other.page.getByText('Je bent uitgelogd').waitFor();

	await page.getByLabel('Waar is de sleutel voor?').fill(' ');
	await page.getByRole('button', { name: 'Maak een sleutel' }).click();
	await page.getByRole('heading', { name: 'Er klopt nog één ding niet' }).waitFor();
	await page.getByLabel('Waar is de sleutel voor?').fill('<b>maandcijfers</b>');
	await page.getByLabel('Een week').check();
	await page.getByRole('button', { name: 'Maak een sleutel' }).click();
	const token = await page.locator('code').innerText();
	expect(token).toMatch(/^loopplank_[\w-]{43}$/);
	expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)).toBe(false);
	await expectAccessible(page);
	const call = async () => (await fetch(`${demo.address}/api/v1/cases`, { headers: { authorization: `Bearer ${token}` } })).status;
	expect(await call()).toBe(200);
	await page.goto('/mijn/toegang');
	expect(await page.getByText(token).count()).toBe(0);
	await page.getByText('<b>maandcijfers</b>', { exact: true }).waitFor();
	await page.getByRole('button', { name: 'Trek deze in' }).click();
	await page.getByText('Die sleutel werkt niet meer.').waitFor();
	expect(await call()).toBe(401);

	await page.getByRole('button', { name: 'Log overal uit, ook hier' }).click();
	await page.waitForURL('**/inloggen');
	await page.goto('/havenstad');
	expect(page.url()).toMatch(/\/inloggen$/);
	await mine.context.close();
	await other.context.close();
});

test('who follows the link in a letter goes on to that page after signing in, and never to another site', async () => {
	const { context, page } = await open(false);
	await page.goto('/havenstad/netwerk');
	await page.waitForURL('**/inloggen');
	await page.goto('/demo');
	await page.getByRole('button', { name: /Anouk Zeeman/ }).click();
	await page.waitForURL('**/havenstad/netwerk');
	await leave(page);
	await context.addCookies([{ name: 'verder', value: '//evil.example/havenstad/', url: demo.address }]);
	await page.goto('/demo');
	await page.getByRole('button', { name: /Anouk Zeeman/ }).click();
	await page.waitForURL('**/havenstad');
	await context.close();
});
