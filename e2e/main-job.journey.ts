import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/** The main job in its narrowest form, by two people on phones: bring in, invite, agree, keep, count, close. With and without script. */

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

/** Someone's phone, signed in to the demo. */
async function signedIn(name: string, javaScriptEnabled: boolean): Promise<{ context: BrowserContext; page: Page }> {
	const context = await browser.newContext({ viewport: phone, hasTouch: true, javaScriptEnabled, locale: 'nl-NL', baseURL: demo.address });
	const page = await context.newPage();
	await page.goto('/demo');
	await page
		.getByRole('button', { name: new RegExp(name) })
		.first()
		.click();
	await page.waitForURL(/\/(havenstad|kiezen)/);
	return { context, page };
}

/** Axe runs as a script, so only where script is on. */
const check = async (page: Page, script: boolean): Promise<void> => {
	if (script) await expectAccessible(page);
	const overflow = await overflows(page, script);
	expect(overflow).toBe(false);
};
const overflows = async (page: Page, script: boolean): Promise<boolean> =>
	script ? page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth) : false;

describe.each([
	['with script', true],
	['without script', false]
])('%s', (_, script) => {
	test('two people on phones walk the main job', async () => {
		const anouk = await signedIn('Anouk Zeeman', script);
		const ravi = await signedIn('Ravi Kanhai', script);

		// 1. Bring in a case: first with a BSN, which is refused with everything typed still there.
		const a = anouk.page;
		await check(a, script);
		await a.getByRole('link', { name: 'Breng een casus in' }).click();
		await check(a, script);
		await a.getByLabel('Wat loopt er vast?').fill('€ 2.000 huurschuld. BSN 111222333. <b>Morgen</b> komt de deurwaarder.');
		await a.getByLabel('Wat wil de bewoner zelf?').fill('Ik wil hier blijven wonen.');
		await a.getByLabel('Wat is als eerste nodig?').fill('Uitstel van de deurwaarder.');
		await a.getByLabel('Begin bij jezelf').fill('Wij kunnen de incasso stilzetten.');
		await a.getByLabel('Wat gebeurt er als er niets verandert?').fill('Ontruiming, daarna de opvang.');
		await a.getByLabel('Ja', { exact: true }).check();
		await a.getByRole('button', { name: 'Breng de casus in' }).click();
		await a.getByRole('heading', { name: /Er klopt nog één ding niet/ }).waitFor();
		await check(a, script);
		expect(await a.getByLabel('Wat loopt er vast?').inputValue()).toContain('<b>Morgen</b>');
		expect(await a.getByLabel('Begin bij jezelf').inputValue()).toBe('Wij kunnen de incasso stilzetten.');
		await a.getByLabel('Wat loopt er vast?').fill('€ 2.000 huurschuld. <b>Morgen</b> komt de deurwaarder.');
		await a.getByRole('button', { name: 'Breng de casus in' }).click();
		await a.waitForURL(/\/havenstad\/casus\/[0-9a-f-]{36}$/);
		const caseUrl = a.url();
		const pseudonym = (await a.getByRole('heading', { level: 1 }).innerText()).trim();
		expect(pseudonym).toMatch(/^(?:IJ|\p{Lu})\p{Ll}+ /u);
		await check(a, script);
		expect(await a.getByText('<b>Morgen</b>', { exact: false }).count()).toBeGreaterThan(0);

		// 2. Until invited and accepted, the case is not there for the colleague.
		const r = ravi.page;
		expect((await r.goto(caseUrl))?.status()).toBe(404);
		await check(r, script);
		await a.getByRole('link', { name: 'Vraag een collega aan tafel' }).click();
		await check(a, script);
		await a.getByLabel('Welke collega?').selectOption({ label: 'Ravi Kanhai, schuldhulpverlener, Schuldhulp Havenstad' });
		await a.getByLabel('Waarom vraag je juist deze collega?').fill('Jij kent de deurwaarder.');
		await a.getByRole('button', { name: 'Vraag aan tafel' }).click();
		await a.waitForURL(caseUrl);
		expect((await r.goto(caseUrl))?.status()).toBe(404);
		await r.goto('/havenstad');
		await check(r, script);
		await r.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
		await r.getByText('Jij kent de deurwaarder.').waitFor();
		await check(r, script);
		await r.getByRole('button', { name: 'Ja, ik kom aan tafel' }).click();
		await r.waitForURL(caseUrl);
		await r.getByRole('heading', { level: 1, name: pseudonym }).waitFor();

		// 3. Ravi promises; Anouk sees it; he reports it kept; she confirms; the gangplank has one board more.
		const laid = (page: Page) => page.locator('.gangplank .boards li.laid').count();
		expect(await laid(r)).toBe(0);
		await r.getByRole('link', { name: 'Leg afspraak vast' }).click();
		await check(r, script);
		await r.getByLabel('Wat ga je doen?').fill('Deurwaarder bellen voor uitstel');
		await r.getByRole('button', { name: 'Leg afspraak vast' }).click();
		await r.waitForURL(caseUrl);
		await a.goto(caseUrl);
		await a.getByText('Deurwaarder bellen voor uitstel').first().waitFor();
		await r.getByRole('button', { name: 'Gedaan', exact: true }).click();
		await r.getByText('Gemeld, wacht op bevestiging.').waitFor();
		await a.goto('/havenstad');
		await check(a, script);
		await a.goto(caseUrl);
		await check(a, script);
		await a.getByRole('button', { name: 'Klopt', exact: true }).click();
		await a.getByText('Nagekomen.', { exact: true }).waitFor();
		expect(await laid(a)).toBe(1);
		await check(a, script);

		// 5. Close it with its cause; it stands with the others on the network page.
		await a.goto('/havenstad/netwerk');
		const before = await a.getByText(/waarvan er .* nog (loopt|lopen)/).innerText();
		await a.goto(caseUrl);
		await a.getByRole('link', { name: 'Sluit de casus af' }).click();
		await check(a, script);
		await a.getByLabel('Geholpen zonder geld').check();
		await a.getByLabel(/Een wachttijd/).check();
		await a.getByRole('button', { name: 'Sluit de casus af' }).click();
		await a.getByRole('link', { name: 'Wie gaat hierover?' }).waitFor();
		await check(a, script);
		await a.getByLabel('Wie gaat hierover?').selectOption({ label: 'Gemeente Havenstad' });
		await a.getByRole('button', { name: 'Sluit de casus af' }).click();
		await a.getByRole('heading', { name: 'Deze casus is afgesloten' }).waitFor();
		await check(a, script);
		await a.goto('/havenstad/netwerk');
		expect(await a.getByText(/waarvan er .* nog (loopt|lopen)/).innerText()).not.toBe(before);
		await check(a, script);

		// Who has seen this: both stand there, and the refused look before the invitation.
		await a.goto(`${caseUrl}/gezien`);
		await check(a, script);
		expect(await a.getByText('niet getoond').count()).toBeGreaterThan(0);

		await anouk.context.close();
		await ravi.context.close();
	});

	test('the published case counts 9.00, 23.51 and 30.52, and opens to its sources', async () => {
		const { context, page } = await signedIn('Anouk Zeeman', script);
		await page.goto('/havenstad/zoeken');
		await page.getByLabel('Waar zoek je naar?').fill('Bossche Bond');
		await page.getByRole('button', { name: 'Zoek', exact: true }).last().click();
		await page.locator('main ul.lines a').first().click();
		await check(page, script);
		await page.getByRole('link', { name: 'Bekijk de berekening' }).click();
		await page.getByRole('heading', { name: 'Drie manieren van tellen' }).waitFor();
		await check(page, script);
		const horizon = page.locator('table', { has: page.getByText('Hoeveel jaren tellen mee?') });
		expect(await horizon.locator('tbody tr').nth(0).innerText()).toContain('9,00');
		expect(await horizon.locator('tbody tr').nth(2).innerText()).toContain('23,51');
		expect(await horizon.locator('tbody tr').nth(3).innerText()).toContain('30,52');
		const figure = page.locator('details.figure').first();
		expect(await figure.locator('a[href*="denieuwepraktijk.nl"]').first().isVisible()).toBe(false);
		await figure.locator('summary').click();
		expect(await figure.locator('a[href*="denieuwepraktijk.nl"]').first().isVisible()).toBe(true);
		await check(page, script);
		await context.close();
	});
});
