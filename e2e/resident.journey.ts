import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/** The resident's own page, on a phone: the link is made and handed over, the plan is read, an objection is written and answered. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const phone = { width: 360, height: 740 };
const words = {
	stuck: 'De ontruiming is aangezegd.',
	goal: 'Ik wil in mijn huis blijven.',
	firstNeed: 'Tijd om het te regelen.',
	ownOrganisation: 'Wij stellen de ontruiming uit.',
	residentKnows: 'yes'
};

const visit = async (locale: 'nl-NL' | 'en-GB', javaScriptEnabled: boolean): Promise<{ context: BrowserContext; page: Page }> => {
	const context = await browser.newContext({ viewport: phone, hasTouch: true, javaScriptEnabled, locale, baseURL: demo.address });
	return { context, page: await context.newPage() };
};
const look = async (page: Page, script: boolean): Promise<void> => {
	if (!script) return;
	await expectAccessible(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)).toBe(false);
};

describe.each([
	['with script', true],
	['without script', false]
])('%s', (_, script) => {
	test('the holder makes the link, the resident reads, objects and is answered', async () => {
		const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman', { javaScriptEnabled: script, hasTouch: true });
		const a = anouk.page;
		const caseUrl = await anouk.post('/havenstad/casus/nieuw', words);
		await a.goto(caseUrl);
		await a.getByRole('link', { name: 'Link voor de bewoner' }).click();
		await look(a, script);
		await a.getByRole('button', { name: 'Maak de link' }).click();
		const address = (await a.locator('.address').innerText()).replace(/^.*?(?=http)/s, '').trim();
		await look(a, script);
		// Shown once: the page says that it stands, and not what it is.
		await a.goto(`${caseUrl}/bewoner`);
		expect(await a.locator('.address').count()).toBe(0);
		expect(await a.getByText('Er is een link van').count()).toBe(1);

		const { context, page } = await visit('nl-NL', script);
		const opened = await page.goto(address);
		expect(opened?.status()).toBe(200);
		expect(opened?.headers()).toMatchObject({
			'cache-control': 'no-store',
			'referrer-policy': 'strict-origin',
			'x-robots-tag': 'noindex, nofollow'
		});
		await look(page, script);
		const plan = await page.locator('body').innerText();
		expect(plan).toContain(words.goal);
		expect(plan).toContain('wijkconsulent, Woningstichting De Kade');
		for (const hidden of [words.stuck, words.ownOrganisation, 'Anouk', '€']) expect(plan).not.toContain(hidden);
		expect(plan).not.toMatch(/casus/i);

		await page.getByRole('link', { name: 'Schrijf wat anders moet' }).click();
		await look(page, script);
		await page.getByRole('button', { name: 'Verstuur' }).click();
		await look(page, script);
		expect(await page.locator('body').innerText()).not.toMatch(/casus/i);
		await page.getByLabel('Wat klopt niet, of wat moet anders?').fill('Bel mijn zus niet. <b>Vraag het mij.</b>');
		await page.getByRole('button', { name: 'Verstuur' }).click();
		await page.getByText('Het is verstuurd').waitFor();
		await look(page, script);

		await a.goto('/havenstad');
		await a.getByRole('link', { name: 'Lees en antwoord' }).first().click();
		await look(a, script);
		expect(await a.getByText('Bel mijn zus niet. <b>Vraag het mij.</b>').count()).toBe(1);
		await a.getByLabel('Je antwoord').fill('We vragen het voortaan eerst aan jou.');
		await a.getByRole('button', { name: 'Geef antwoord' }).click();
		await a.getByText('We vragen het voortaan eerst aan jou.').waitFor();
		await page.goto(address);
		expect(await page.getByText('We vragen het voortaan eerst aan jou.').count()).toBe(1);
		await a.goto(`${caseUrl}/gezien`);
		expect(await a.getByText('De bewoner, met de eigen link').count()).toBeGreaterThan(0);
		await look(a, script);

		// Taken back, the link opens nothing, and says what to do.
		await a.goto(`${caseUrl}/bewoner`);
		await a.getByRole('button', { name: 'Trek de link in' }).click();
		await a.getByRole('button', { name: 'Maak de link' }).waitFor();
		const gone = await page.goto(address);
		expect(gone?.status()).toBe(404);
		expect(await page.getByRole('heading', { name: 'Deze link werkt niet' }).count()).toBe(1);
		expect(await page.locator('body').innerText()).not.toMatch(/casus/i);
		await look(page, script);
		await context.close();
		await anouk.context.close();
	});
});

test('in English, printed, and in the dark', async () => {
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const caseUrl = await anouk.post('/havenstad/casus/nieuw', words);
	await anouk.page.goto(`${caseUrl}/bewoner`);
	await anouk.page.getByRole('button', { name: 'Maak de link' }).click();
	const address = (await anouk.page.locator('.address').innerText()).replace(/^.*?(?=http)/s, '').trim();
	const { context, page } = await visit('en-GB', true);
	await page.goto(address);
	expect(await page.getByRole('heading', { name: 'My plan' }).count()).toBe(1);
	expect(await page.locator('main').innerText()).not.toMatch(/\bcase\b/i);
	await page.emulateMedia({ colorScheme: 'dark' });
	await look(page, true);
	await page.emulateMedia({ media: 'print' });
	expect(await page.getByRole('button').count()).toBe(0);
	// The language can be changed on the spot: the form is sent from a page that tells nobody its own address.
	await page.emulateMedia({ media: 'screen' });
	await page.getByRole('button', { name: 'In het Nederlands' }).click();
	await page.getByRole('heading', { name: 'Mijn plan' }).waitFor();
	await context.close();
	await anouk.context.close();
});

test('what was decided about money stands there without an amount, beside what the resident does', async () => {
	const { context, page } = await visit('nl-NL', true);
	await page.goto('/demo');
	await page.getByRole('link', { name: 'Open de eigen bladzijde van een bewoner' }).click();
	await page.getByRole('heading', { name: 'Wat is besloten over geld' }).waitFor();
	await look(page, true);
	const plan = await page.locator('main').innerText();
	expect(plan).toContain('De hele huurschuld, in één keer aan de verhuurder');
	expect(plan).toContain('Dit is betaald. Je hoeft het niet terug te betalen.');
	expect(plan).toContain('Vanaf nu elke maand de huur betalen, en aan het werk gaan.');
	expect(plan).not.toMatch(/€|euro|4\.000|casus/i);
	await page.emulateMedia({ media: 'print' });
	expect(await page.getByRole('heading', { name: 'Wat is besloten over geld' }).isVisible()).toBe(true);
	await context.close();
});

test('many guesses from one place are stopped', async () => {
	const { context, page } = await visit('nl-NL', false);
	const statuses = new Set<number>();
	for (let guess = 0; guess < 40; guess++)
		statuses.add((await context.request.get(`/bewoner/havenstad/${String(guess).padStart(43, 'A')}`)).status());
	expect([...statuses]).toEqual([404, 429]);
	await page.goto(`/bewoner/havenstad/${'B'.repeat(43)}`);
	expect(await page.locator('body').innerText()).not.toMatch(/casus/i);
	await context.close();
});
