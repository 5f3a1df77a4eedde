import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';
import type { SignedInBrowser } from './signed-in.ts';

/**
 * S10: a housing association and a builder begin with one agreement on the maintenance, in three screens; then they agree on the whole chain, measure, and
 * read whether it is on course. Without script for the one, with it for the others; who does not sit there finds nothing.
 */

let demo: ServedDemo;
let browser: Browser;
/** The builder who answers for the builder, who works and who governs at the association, and who facilitates. */
let joris: SignedInBrowser, tom: SignedInBrowser, ilse: SignedInBrowser, marieke: SignedInBrowser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	[joris, tom, ilse, marieke] = await Promise.all([
		signInAs(browser, demo.address, 'Joris Kuiper', { viewport: { width: 360, height: 740 } }),
		signInAs(browser, demo.address, 'Tom de Graaf', { viewport: { width: 360, height: 740 } }),
		signInAs(browser, demo.address, 'Ilse Kramer', { javaScriptEnabled: false }),
		signInAs(browser, demo.address, 'Marieke Dijkstra')
	]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const press = (page: Page, name: string | RegExp): Promise<unknown> =>
	Promise.all([page.waitForURL(/.*/, { waitUntil: 'load' }), page.locator('main').getByRole('button', { name }).first().click()]);
const said = (page: Page): Promise<string> => page.locator('main').innerText();
const look = async (page: Page): Promise<void> => {
	await expectAccessible(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)).toBe(false);
};
const choose = async (page: Page, field: string, who: string): Promise<void> => {
	const option = page.locator(`select[name="${field}"] option`, { hasText: who });
	await page.locator(`select[name="${field}"]`).selectOption((await option.first().getAttribute('value')) ?? '');
};
const fill = (page: Page, name: string, text: string): Promise<void> => page.locator(`[name="${name}"]`).fill(text);

let project = '';

test('one agreement on the maintenance, on day one: the work, a yes, the agreement', { timeout: 120_000 }, async () => {
	const [page, other] = [tom.page, joris.page];
	await page.goto('/havenstad');
	await page.getByRole('link', { name: 'Samen aan woningen' }).first().click();
	await look(page);
	await page.getByRole('link', { name: 'Begin samen' }).first().click();
	// The first screen: what, and with whom.
	await press(page, 'Vraag of ze meedoen');
	expect(await page.locator('.field-error').count()).toBeGreaterThan(0);
	await fill(page, 'title', 'Onderhoud Zeezicht');
	await choose(page, 'membershipId', 'Joris Kuiper');
	await fill(page, 'message', 'Zullen we de portieken van Zeezicht samen plannen?');
	await look(page);
	await press(page, 'Vraag of ze meedoen');
	project = new URL(page.url()).pathname;
	expect(await said(page)).toContain('Wacht op een ja');
	await look(page);

	// The second: the other one says yes, and knows beforehand that it is no case.
	await other.goto(project);
	expect(await other.locator('h1').innerText()).not.toContain('Zeezicht');
	await other.goto('/havenstad');
	const invited = other.locator('main').getByText('Tom de Graaf').first();
	await invited.waitFor();
	await other.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
	expect(await said(other)).toContain('Het gaat niet om een casus, maar om werk van organisaties samen.');
	await look(other);
	await press(other, /^Ja/);
	expect(new URL(other.url()).pathname).toBe(project);

	// The third: the agreement.
	await page.goto(project);
	await page.getByRole('link', { name: 'Leg afspraak vast' }).click();
	await fill(page, 'what', 'Ik geef elke maand door welke woningen leeg komen.');
	await look(page);
	await press(page, 'Leg afspraak vast');
	expect(new URL(page.url()).pathname).toBe(project);
	expect(await said(page)).toContain('Ik geef elke maand door welke woningen leeg komen.');
	await look(page);

	await page.goto(project);
	await press(page, 'Gedaan');
	await other.goto('/havenstad');
	expect(await said(other)).toContain('Onderhoud Zeezicht');
	await other.goto(project);
	await press(other, 'Klopt');
	expect(await said(other)).toContain('Ik geef elke maand door welke woningen leeg komen.');

	// To everyone else it does not exist; to money, questions and causes it is no case.
	for (const place of [project, `${project}/keten`, `${project}/cijfers.csv`]) expect((await marieke.page.goto(place))?.status()).toBe(404);
	const id = project.split('/').at(-1) ?? '';
	expect((await page.goto(`/havenstad/casus/${id}/geld`))?.status()).toBe(404);
	await page.goto(`/havenstad/casus/${id}`);
	expect(new URL(page.url()).pathname).toBe(project);
});

test('the chain is agreed by who binds each side, measured, and on course', { timeout: 180_000 }, async () => {
	const [page, other] = [tom.page, joris.page];
	// The association's governor is asked to the table: Tom may not bind it.
	await page.goto(`${project}/uitnodigen`);
	await choose(page, 'membershipId', 'Ilse Kramer');
	await fill(page, 'message', 'Wil jij ja zeggen voor de Zeewering?');
	await press(page, 'Vraag aan tafel');
	await ilse.page.goto('/havenstad');
	await ilse.page.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
	await press(ilse.page, /^Ja/);

	await other.goto(`${project}/keten`);
	await look(other);
	await fill(other, 'demand', 'Een reparatie is in één keer goed.');
	const measure = async (index: number, title: string, better: string, baseline: string, steps: string): Promise<void> => {
		await fill(other, `kpis.${index}.title`, title);
		await other.locator(`select[name="kpis.${index}.code"]`).selectOption('own');
		await fill(other, `kpis.${index}.unit`, '%');
		await other.locator(`select[name="kpis.${index}.better"]`).selectOption(better);
		await fill(other, `kpis.${index}.baseline`, baseline);
		await fill(other, `kpis.${index}.steps`, steps);
	};
	await measure(0, 'In één keer goed', 'higher', '70', '80; 2030-01-01; 1500\n90');
	await measure(1, 'Op tijd', 'higher', '60,5', '75');
	await choose(other, await coordinatorField(other, 'Wonen aan de Zeewering'), 'Tom de Graaf');
	await press(other, 'Stel deze afspraak voor');
	// Nothing typed is lost, and what lacks is named: a conflict, and a third measure.
	expect(await said(other)).toContain('Hoe lossen we een conflict op?');
	expect(await other.locator('[name="kpis.0.title"]').inputValue()).toBe('In één keer goed');
	await look(other);
	await fill(other, 'conflict', 'Wie het ziet, belt dezelfde dag.');
	await measure(2, 'Veilig gewerkt', 'not_worse', '98', '98');
	await press(other, 'Stel deze afspraak voor');
	expect(await said(other)).toContain('Dit voorstel wacht');
	await look(other);

	await ilse.page.goto('/havenstad');
	expect(await said(ilse.page)).toContain('In “Onderhoud Zeezicht” wacht een ketenafspraak');
	await ilse.page.goto(`${project}/keten`);
	await press(ilse.page, 'Wij doen mee');
	expect(await said(ilse.page)).toContain('Dit geldt nu');
	await page.goto(`${project}/keten`);
	expect(await page.getByRole('button', { name: 'Wij doen mee' }).count()).toBe(0);

	await page.goto(`${project}/cijfers`);
	await look(page);
	await press(page, 'Vul deze standen in');
	expect(await said(page)).toContain('Vul minstens één stand in.');
	await page.getByLabel('In één keer goed (in %)').fill('7x');
	await press(page, 'Vul deze standen in');
	expect(await page.getByLabel('In één keer goed (in %)').inputValue()).toBe('7x');
	await page.getByLabel('In één keer goed (in %)').fill('74,5');
	await press(page, 'Vul deze standen in');
	expect(await said(page)).toContain('op koers');
	// From a spreadsheet, without script.
	await ilse.page.goto(`${project}/cijfers`);
	await ilse.page.getByText('Plak regels uit een rekenblad').click();
	await fill(ilse.page, 'lines', 'Op tijd;2026-01-31;59\nOp tjd;2026-02-28;66');
	await press(ilse.page, 'Vul deze regels in');
	expect(await said(ilse.page)).toContain('Regel 2: “Op tjd” meten jullie niet.');
	await fill(ilse.page, 'lines', 'Op tijd;2026-01-31;59\nOp tijd;2026-02-28;58,5');
	await press(ilse.page, 'Vul deze regels in');
	expect(await said(ilse.page)).toContain('loopt achter');

	const [download] = await Promise.all([page.waitForEvent('download'), page.goto(`${project}/cijfers.csv`).catch(() => null)]);
	expect(readFileSync((await download.path()) ?? '', 'utf8')).toMatch(/Op tijd,%,stand,2026-01-31,59\r\n/);
	await page.goto(project);
	expect(await said(page)).toMatch(/In één keer goed\s+op koers/);
	await look(page);
	await Promise.all([joris, tom, ilse, marieke].map(({ context }) => context.close()));
});

/** The field in which is chosen who coordinates for an organisation. */
async function coordinatorField(page: Page, organisation: string): Promise<string> {
	return (await page.getByLabel(`Wie stemt af voor ${organisation}?`).getAttribute('name')) ?? '';
}
