import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/** S4: who works for two organisations sits in a meeting for one of them, reads for which, and has one voice. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const said = (page: Page): Promise<string> => page.locator('main').innerText();
/** One of the memberships that the page of choosing offers. */
async function membershipOf(page: Page): Promise<string> {
	await page.goto('/kiezen');
	return (await page.locator('button[name="membershipId"]').first().getAttribute('value')) ?? '';
}

test('who works for two organisations reads for which of them they sit, and goes on as that', async () => {
	const joost = await signInAs(browser, demo.address, 'Joost van der Laan');
	const worksFor = async (organisation: string): Promise<void> => {
		await joost.page.goto('/kiezen');
		await submit(joost.page, `Werk voor ${organisation}`);
	};
	await worksFor('Wijkteam Noord');
	await joost.page.goto('/havenstad/overleg');
	await joost.page.getByRole('link', { name: 'Leerbijeenkomst: wat werkte' }).click();
	await joost.page.locator('main ul.lines a').first().click();
	await joost.page.getByLabel('Waar gaat het over?').fill('Wat werkte op straat?');
	await submit(joost.page, 'Zet op de agenda');
	const item = new URL(joost.page.url()).pathname;
	await submit(joost.page, 'Ik sluit aan bij dit punt');
	await worksFor('Huurdersraad Havenstad');
	await joost.page.goto(item);
	expect(await said(joost.page)).toContain('Je hebt hier een plek namens Wijkteam Noord.');
	expect(await joost.page.getByRole('button', { name: 'Doe dit voorstel' }).count()).toBe(0);
	await expect(joost.post(`${item}?/propose`, { text: 'Wij lopen elke week een ronde.' })).rejects.toThrow(/sits_for_other/);
	await expectAccessible(joost.page);
	await submit(joost.page, 'Werk voor Wijkteam Noord');
	expect(new URL(joost.page.url()).pathname).toBe(item);
	await joost.page.getByLabel('Wat besluiten we?').fill('Wij lopen elke week een ronde.');
	await submit(joost.page, 'Doe dit voorstel');
	expect(await said(joost.page)).toContain('Voorstel 1, van Joost van der Laan.');
	// Nobody is sent elsewhere than to a page of this network.
	const away = { membershipId: await membershipOf(joost.page), back: 'https://elders.example/havenstad/' };
	expect(await joost.post('/kiezen', away)).toBe('/havenstad');
	await joost.context.close();
});
