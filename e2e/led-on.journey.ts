import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/** Where people once stood still: each page leads on, and says what was done. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

test('a private link that leads no further offers to go on: signing in, or the network', async () => {
	const visitor = await (await browser.newContext({ baseURL: demo.address, locale: 'nl-NL' })).newPage();
	for (const path of ['/opvolging/havenstad/forged', '/vraag/havenstad/forged', '/vraag/havenstad/bedankt']) {
		await visitor.goto(path);
		expect(await visitor.locator('main .acts a').getAttribute('href'), path).toBe('/inloggen');
	}
	const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman');
	await page.goto('/opvolging/havenstad/forged');
	await page.getByRole('link', { name: 'Ga naar Netwerk Havenstad' }).click();
	await page.waitForURL(/\/havenstad$/);
	await context.close();
	await visitor.context().close();
});

test('looking back on a sign leads back to the sign, and says what was saved', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Marieke Dijkstra');
	await page.goto('/havenstad/begin');
	await page.locator('#teken-2 a[href*="terugblik"]').click();
	await page.getByLabel('Nog niet').check();
	await submit(page, 'Leg vast wat jullie zien');
	expect(new URL(page.url()).hash).toBe('#teken-2');
	expect(await page.locator('#teken-2 .notice--done').innerText()).toMatch(/^Bewaard: op .+ zagen jullie dit nog niet\.$/);
	expect(await page.locator('.notice--done').count()).toBe(1);
	await context.close();
});

test('a governor finds their own organisation: figures, and no names', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Bas Oudeland');
	await page.goto('/havenstad');
	await page.getByRole('link', { name: 'Mijn organisatie' }).click();
	expect(await page.locator('h1').innerText()).toBe('Woningstichting De Kade');
	const said = await page.locator('main').innerText();
	expect(said).toContain('Nagekomen');
	expect(said).not.toMatch(/Anouk|Petra|Willem/);
	expect((await page.goto('/havenstad/organisatie/erbij'))?.status()).toBe(404);
	await context.close();
});

test('what really comes free fits a phone: nothing lies to the side', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman');
	await page.goto('/havenstad/zoeken');
	await page.locator('main input[name="q"]').fill('ziekenhuisopname');
	await submit(page, 'Zoek');
	const address = await page.locator('main ul.lines a').first().getAttribute('href');
	await page.goto(`${address}/opbrengst`);
	const table = page.getByRole('region', { name: /Wat valt echt vrij/ });
	expect(await table.evaluate((region) => region.scrollWidth - region.clientWidth)).toBe(0);
	// It is still a table to who listens.
	expect(await table.getByRole('rowheader').count()).toBeGreaterThan(0);
	expect(await table.getByRole('columnheader').count()).toBe(6);
	expect(await table.getByRole('cell').first().locator('xpath=.').getAttribute('data-label')).toBe('valt nu vrij');
	await expectAccessible(page);
	await page.goto(`${address}/gezien`);
	expect(await page.locator('main h2').first().innerText()).toBe('Vandaag');
	await context.close();
});

test('a privacy officer reads what is kept, how long and why', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Hendrik Visser');
	await page.goto('/havenstad');
	await page.getByRole('link', { name: 'Wat we bewaren, hoe lang en waarom' }).click();
	const said = await page.locator('main').innerText();
	expect(said).toContain('5 jaar nadat de casus sloot');
	expect(said).toContain('gaat vanzelf weg');
	expect(said).not.toContain('Nog niet ingedeeld');
	await expectAccessible(page);
	await context.close();
});

test('a colleague joins by four eyes, gets a letter, and signs in', async () => {
	const petra = await signInAs(browser, demo.address, 'Petra Smit');
	await petra.page.goto('/havenstad/organisatie');
	await petra.page.getByRole('link', { name: 'Laat een collega erbij' }).click();
	await submit(petra.page, 'Stel je collega voor');
	await expectAccessible(petra.page);
	expect(await petra.page.locator('.notice--wrong').count()).toBeGreaterThan(0);
	await petra.page.getByLabel('Naam', { exact: true }).fill('Sem de Wit');
	await petra.page.getByLabel('Mailadres van het werk').fill('Sem@kade.example');
	await petra.page.getByLabel('Functie', { exact: true }).fill('wijkconsulent');
	await submit(petra.page, 'Stel je collega voor');
	expect(await petra.page.locator('main').innerText()).toContain('Trek je voorstel in');
	const marieke = await signInAs(browser, demo.address, 'Marieke Dijkstra');
	await marieke.page.getByRole('link', { name: 'Kijk mee' }).click();
	expect(await marieke.page.locator('main').innerText()).toContain('sem@kade.example');
	await expectAccessible(marieke.page);
	await submit(marieke.page, 'Bevestig: deze collega hoort erbij');
	expect(await marieke.page.locator('.notice--done').innerText()).toContain('kan zo inloggen');
	// The letter comes when the membership has begun; then Sem is one of those who can sign in.
	const visitor = await (await browser.newContext({ baseURL: demo.address, locale: 'nl-NL' })).newPage();
	const letters = async (): Promise<string> => {
		await visitor.goto('/demo/postbus');
		return visitor.locator('main').innerText();
	};
	await expect.poll(letters, { timeout: 30_000, interval: 500 }).toContain('Je hoort bij het netwerk');
	await visitor.goto('/demo');
	await visitor
		.getByRole('button', { name: /Sem de Wit/ })
		.first()
		.click();
	await visitor.waitForURL(/\/havenstad/);
	await Promise.all([petra, marieke].map(({ context }) => context.close()));
	await visitor.context().close();
});
