import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';
import type { SignedInBrowser } from './signed-in.ts';

/**
 * S9: two organisations look at the trust between them. Both sides answer five questions about each other at the same time; one side alone shows
 * nothing; together they see level and gap, and each promises the other one thing. To everyone else the pair does not exist.
 */

let demo: ServedDemo;
let browser: Browser;
/** The two sides, a colleague of one of them, and the facilitator: signed in at once. */
let noor: SignedInBrowser, tom: SignedInBrowser, lies: SignedInBrowser, marieke: SignedInBrowser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	[noor, tom, lies, marieke] = (await Promise.all(
		['Noor Yilmaz', 'Tom de Graaf', 'Lies Vermeer', 'Marieke Dijkstra'].map((name) => signInAs(browser, demo.address, name))
	)) as [SignedInBrowser, SignedInBrowser, SignedInBrowser, SignedInBrowser];
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const said = (page: Page): Promise<string> => page.locator('main').innerText();
const answer = async (page: Page, scores: readonly number[]): Promise<void> => {
	for (const [index, score] of scores.entries()) await page.locator(`input[name="scores.${index}"][value="${score}"]`).check();
};

test('two sides answer about each other, see it only together, and each does one thing for the other', { timeout: 120_000 }, async () => {
	await noor.page.goto('/havenstad');
	await noor.page.getByRole('link', { name: 'Vertrouwen', exact: true }).first().click();
	await noor.page.locator('select[name="membershipId"]').selectOption(await valueOf(noor.page, 'Tom de Graaf'));
	await noor.page.locator('textarea[name="message"]').fill('Wij sturen elkaar vaak gezinnen door. Zullen we kijken hoe dat gaat?');
	await expectAccessible(noor.page);
	await submit(noor.page, 'Vraag het');
	const pair = new URL(noor.page.url()).pathname;
	expect(await said(noor.page)).toContain('Tom de Graaf is gevraagd en ziet nog niets.');
	await tom.page.goto(pair);
	expect(await tom.page.locator('h1').innerText()).not.toContain('Vuurtoren');

	await tom.page.goto('/havenstad');
	await tom.page.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
	await submit(tom.page, /^Ja/);
	await tom.page.goto('/havenstad/vertrouwen');
	await tom.page.getByRole('link', { name: /Noor Yilmaz/ }).click();
	expect(new URL(tom.page.url()).pathname).toBe(pair);

	// Two tabs at once. Noor leaves one out first.
	await noor.page.goto(pair);
	await submit(noor.page, 'Open de vijf vragen');
	await answer(noor.page, [4, 2, 4, 5]);
	await submit(noor.page, 'Geef je antwoorden');
	expect(await noor.page.locator('.field-error').count()).toBe(1);
	await expectAccessible(noor.page);
	await answer(noor.page, [4, 2, 4, 5, 4]);
	await submit(noor.page, 'Geef je antwoorden');
	expect(await said(noor.page)).toContain('Zodra Tom de Graaf ook heeft geantwoord, zien jullie het samen.');

	// One side alone shows nothing: the other reads what it would have read without.
	await tom.page.goto(pair);
	const before = await said(tom.page);
	expect(before).not.toContain('van 5');
	expect(before).not.toContain('heeft geantwoord');
	expect((await tom.page.goto('/havenstad')) && (await said(tom.page))).toContain('De vijf vragen over vertrouwen met');
	await tom.page.goto(pair);
	await answer(tom.page, [4, 4, 3, 4, 4]);
	await submit(tom.page, 'Geef je antwoorden');

	for (const { page } of [noor, tom]) {
		await page.goto(pair);
		expect(await said(page)).toContain('Samen geven jullie het vertrouwen een 3,8 van 5.');
		expect(await said(page)).toContain('Hier zien jullie het anders');
		await expectAccessible(page);
		await page.getByRole('link', { name: 'Spreek één ding af' }).click();
		await page.locator('textarea[name="what"]').fill('Ik bel je voordat ik een gezin doorstuur.');
		await submit(page, 'Leg afspraak vast');
		expect(new URL(page.url()).pathname).toBe(pair);
	}
	expect(await said(tom.page)).toContain('Deze ronde is af.');
	await noor.page.goto(pair);
	expect(await said(noor.page)).toContain('Deze ronde is af.');

	// It is followed as any agreement: kept, and confirmed by who it was for.
	await submit(tom.page, /^Gedaan/);
	await noor.page.goto('/havenstad');
	expect(await said(noor.page)).toContain('wacht een afspraak op je antwoord');
	await noor.page.goto(pair);
	await submit(noor.page, 'Klopt');
	expect(await said(noor.page)).toContain('Nagekomen');

	// To a colleague of one of the two and to the facilitator it does not exist.
	for (const { page } of [lies, marieke]) {
		expect((await page.goto(pair))?.status()).toBe(404);
		expect((await page.goto(`${pair}/afspraak`))?.status()).toBe(404);
		await page.goto('/havenstad/vertrouwen');
		expect(await page.locator('main ul.lines').count()).toBe(0);
	}
});

/** What the choice of someone is worth in the list of whom one can ask. */
const valueOf = async (page: Page, name: string): Promise<string> =>
	(await page.locator('select[name="membershipId"] option', { hasText: name }).first().getAttribute('value')) ?? '';

test('someone who works for both sides is no side, and two organisations have one pair', { timeout: 60_000 }, async () => {
	const yara = await signInAs(browser, demo.address, 'Yara Mensah');
	await yara.page.goto('/havenstad/vertrouwen');
	const joost = await valueOf(yara.page, 'Joost van der Laan');
	expect(joost).not.toBe('');
	const asks = async (value: string): Promise<void> => {
		const summary = yara.page.getByText('Nodig iemand uit', { exact: true });
		if (!(await yara.page.locator('select[name="membershipId"]').isVisible())) await summary.click();
		await yara.page.locator('select[name="membershipId"]').selectOption(value);
		await yara.page.locator('textarea[name="message"]').fill('Zullen we kijken hoe het gaat?');
		await submit(yara.page, 'Vraag het');
	};
	await asks(joost);
	expect(await said(yara.page)).toContain('Een van jullie werkt voor allebei de organisaties.');
	await lies.page.goto('/havenstad/vertrouwen');
	await lies.page.locator('select[name="membershipId"]').selectOption(await valueOf(lies.page, 'Noor Yilmaz'));
	await lies.page.locator('textarea[name="message"]').fill('Zullen we kijken hoe het gaat?');
	await submit(lies.page, 'Vraag het');
	expect(await said(lies.page)).toContain('Jouw organisatie kijkt al met deze organisatie naar vertrouwen.');
	await yara.context.close();
});
