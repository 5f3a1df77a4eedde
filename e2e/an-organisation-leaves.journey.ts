import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFormat } from '#foundation/text/format.ts';
import { dayAt } from '#foundation/time/days.ts';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { follow, sees, submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';
import type { SignedInBrowser } from './signed-in.ts';

/**
 * An organisation leaves: its administrator proposes it, a governor elsewhere sees counts and confirms, and the next page of whoever worked there says
 * why they see nothing more. Who had an agreement with it reads that nobody is late. Then it comes back, by two, and begins anew.
 */

let demo: ServedDemo;
let browser: Browser;
/** The administrator and the project leader of the builder, a governor elsewhere, and a colleague who plans maintenance with them. */
let dilan: SignedInBrowser, joris: SignedInBrowser, ilse: SignedInBrowser, karin: SignedInBrowser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	[dilan, joris, ilse, karin] = (await Promise.all(
		['Dilan Aydin', 'Joris Kuiper', 'Ilse Kramer', 'Karin de Boer'].map((name) => signInAs(browser, demo.address, name))
	)) as [SignedInBrowser, SignedInBrowser, SignedInBrowser, SignedInBrowser];
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const said = (page: Page): Promise<string> => page.locator('main').innerText();

test('is proposed, seen as counts, confirmed by another, and gone the next moment', { timeout: 120_000 }, async () => {
	await karin.page.goto('/havenstad/onderhoud');
	await follow(karin.page, 'Onderhoud portieken Noord');
	const project = new URL(karin.page.url()).pathname;
	expect(await said(karin.page)).not.toContain('weg uit het netwerk');

	await dilan.page.goto('/havenstad/organisatie');
	await follow(dilan.page, 'Weg uit het netwerk');
	const open = await said(dilan.page);
	expect(open).toContain('2 mensen die hier werken');
	expect(open).toContain('1 onderhoudstafel waar zij zit');
	await expectAccessible(dilan.page);
	await submit(dilan.page, 'Stel voor dat wij weggaan');
	expect(await said(dilan.page)).toContain('Vul dit nog in.');
	await dilan.page.getByLabel('Vanaf welke dag?').fill(dayAt(new Date()));
	await submit(dilan.page, 'Stel voor dat wij weggaan');
	expect(await said(dilan.page)).toContain('Trek het in');

	// The governor of another organisation finds it on their own page, and sees how much is open: no case, no person.
	await ilse.page.goto('/havenstad');
	expect(await said(ilse.page)).toContain('Bouwbedrijf Steiger wil het netwerk verlaten');
	await follow(ilse.page, 'Kijk wat er openstaat');
	const seen = await said(ilse.page);
	expect(seen).toContain('1 onderhoudstafel waar zij zit');
	expect(seen).not.toContain('portieken');
	await expectAccessible(ilse.page);
	await joris.page.goto(project);
	await submit(ilse.page, 'Bevestig dat zij weggaat');
	expect(await said(ilse.page)).toContain('De organisatie is nu weg uit het netwerk.');

	// Whoever worked there reads why, in one sentence; by an address they knew too.
	for (const { page } of [joris, dilan]) {
		await page.goto(project);
		const day = createFormat('nl').date(dayAt(new Date()));
		await sees(page, `Bouwbedrijf Steiger hoort sinds ${day} niet meer bij`);
	}
	await expectAccessible(joris.page);

	await karin.page.reload();
	await sees(karin.page, 'Vervallen: een van de twee organisaties is weg uit het netwerk.');
	await expectAccessible(karin.page);
});

test('comes back by two, begins anew, and has its people invited again', { timeout: 120_000 }, async () => {
	const [marieke, petra] = await Promise.all(['Marieke Dijkstra', 'Petra Smit'].map((name) => signInAs(browser, demo.address, name)));
	if (!marieke || !petra) throw new Error('Both are in demo/network.json.');
	const lapsed = karin.page.url();
	await marieke.page.goto('/havenstad/organisaties');
	await follow(marieke.page, 'Organisaties die weg zijn');
	await expectAccessible(marieke.page);
	await submit(marieke.page, /^Stel voor dat zij terugkomt/);
	expect(await said(marieke.page)).toContain('Voorgesteld.');
	// Who proposed it takes it back and does not confirm it.
	expect(await marieke.page.getByRole('button', { name: /^Bevestig/ }).count()).toBe(0);
	expect((await karin.page.goto('/havenstad/organisaties/terug'))?.status()).toBe(404);

	await ilse.page.goto('/havenstad');
	expect(await said(ilse.page)).toContain('Bouwbedrijf Steiger wil terug in het netwerk.');
	await follow(ilse.page, 'Bekijk het voorstel om terug te komen');
	await expectAccessible(ilse.page);
	await submit(ilse.page, /^Bevestig dat zij terugkomt/);
	expect(await said(ilse.page)).toContain('De organisatie is terug.');
	expect(await said(ilse.page)).not.toContain('Bouwbedrijf Steiger');

	// What had lapsed stays so, and who worked there is not let in by that alone.
	await karin.page.goto(lapsed);
	await sees(karin.page, 'Vervallen: een van de twee organisaties is weg uit het netwerk.');
	await joris.page.goto('/havenstad');
	await sees(joris.page, /^Bouwbedrijf Steiger hoort sinds/);

	await marieke.page.goto('/havenstad/organisaties/terug');
	await follow(marieke.page, 'Nodig mensen uit van een organisatie die terug is');
	await marieke.page.getByLabel('Naam').fill('Joris Kuiper');
	await marieke.page.getByLabel('Mailadres van het werk').fill('joris@steiger.example');
	await marieke.page.getByLabel('Functie').fill('projectleider');
	await marieke.page.getByLabel('Bij welke organisatie?').selectOption({ label: 'Bouwbedrijf Steiger' });
	await marieke.page.getByLabel('Regelt de toegang voor de eigen organisatie').check();
	await submit(marieke.page, 'Stel je collega voor');
	await petra.page.goto('/havenstad/organisatie');
	await submit(petra.page, 'Bevestig: deze collega hoort erbij');
	const project = new URL(lapsed).pathname;
	// The membership begins within moments; with it, and no other, they say for whom they act.
	await expect
		.poll(async () => (await joris.page.goto('/havenstad'), said(joris.page)), { timeout: 30_000 })
		.toContain('Werk voor Bouwbedrijf Steiger');
	await submit(joris.page, /Werk voor Bouwbedrijf Steiger/);
	expect(new URL(joris.page.url()).pathname).toMatch(/^\/havenstad/);
	expect((await joris.page.goto(project))?.status()).toBe(404);
});
