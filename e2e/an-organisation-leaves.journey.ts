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
 * why they see nothing more. Who had an agreement with it reads that nobody is late.
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
