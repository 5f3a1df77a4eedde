import type { Browser } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasUniversalAccessMark, structureTexts } from '#foundation/paper/testing.server.ts';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';
import type { SignedInBrowser } from './signed-in.ts';

/**
 * S12: the network meets with a workbook for everyone. The facilitator brings the start, a governor the pack, who holds a case the paper to look back
 * on it; a colleague who does not sit at it gets none; and who has no network yet prints a blank one.
 */

let demo: ServedDemo;
let browser: Browser;
/** The facilitator, a governor, who holds a case, and a colleague elsewhere: signed in at once. */
let marieke: SignedInBrowser, bas: SignedInBrowser, anouk: SignedInBrowser, noor: SignedInBrowser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	[marieke, bas, anouk, noor] = (await Promise.all(
		['Marieke Dijkstra', 'Bas Oudeland', 'Anouk Zeeman', 'Noor Yilmaz'].map((name) => signInAs(browser, demo.address, name))
	)) as [SignedInBrowser, SignedInBrowser, SignedInBrowser, SignedInBrowser];
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

/** Presses a link that saves a file, and reads it as it is read aloud. */
async function save(
	{ page }: SignedInBrowser,
	link: string | RegExp,
	within = 'main'
): Promise<{ name: string; title: string; text: string }> {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.locator(within).getByRole('link', { name: link }).first().click()
	]);
	const bytes = new Uint8Array(await readFile(await download.path()));
	expect(hasUniversalAccessMark(bytes)).toBe(true);
	const { title, texts } = await structureTexts(bytes);
	return { name: download.suggestedFilename(), title, text: texts.join(' ').replace(/\s+/g, ' ') };
}
const status = async ({ context }: SignedInBrowser, path: string): Promise<number> => (await context.request.get(path)).status();

test('the facilitator brings the start, the governor the pack, who holds a case looks back on it', { timeout: 120_000 }, async () => {
	await marieke.page.goto('/havenstad');
	await marieke.page.getByRole('link', { name: 'Werkboeken', exact: true }).first().click();
	await expectAccessible(marieke.page);
	const start = await save(marieke, /in het Nederlands \(PDF\) ?: Werkboek/);
	expect(start).toMatchObject({ name: 'opzet.pdf', title: 'Werkboek: hoe een netwerk begint' });
	// What was written stands in it, in the order in which a network begins.
	const parts = [
		'Wat eraan voorafging',
		'De opgave die ons bindt',
		'Wij bellen elkaar voordat wij een brief sturen',
		'Wat jullie vastleggen'
	];
	const places = parts.map((part) => start.text.indexOf(part));
	expect(places.every((place) => place > 0)).toBe(true);
	expect(places).toEqual(places.toSorted((a, b) => a - b));

	await bas.page.goto('/havenstad/werkboeken');
	const pack = await save(bas, /in het Engels \(PDF\) ?: Pakket/);
	expect(pack).toMatchObject({ name: 'bestuur.pdf', title: 'For the meeting of governors' });
	for (const question of ['Does it work?', 'What must we change?', 'What do we still owe?', 'Bijzondere bijstand duurt acht weken'])
		expect(pack.text).toContain(question);

	await anouk.page.goto('/havenstad/zoeken');
	await anouk.page.locator('main input[name="q"]').fill('Bossche Bond');
	await anouk.page.locator('main form button').click();
	await anouk.page.locator('main ul.lines a').first().click();
	const address = new URL(anouk.page.url()).pathname;
	const evaluation = await save(anouk, /om op deze casus terug te kijken/);
	expect(evaluation.title).toMatch(/^Terugkijken op casus \S+/);
	for (const said of ['Ontruiming vier weken uitstellen', 'Anouk Zeeman', 'Wat doen we de volgende keer anders?'])
		expect(evaluation.text).toContain(said);
	// That she made it is read in the log of the case.
	expect(await status(anouk, `${address}/evaluatie.pdf`)).toBe(200);

	expect(await status(noor, `${address}/evaluatie.pdf`)).toBe(404);
	expect(await status(marieke, `${address}/evaluatie.pdf`)).toBe(404);
	expect(await status(noor, '/havenstad/werkboeken/bestuur.pdf')).toBe(404);
	expect(await status(noor, '/havenstad/werkboeken/jaarverslag.pdf?taal=en')).toBe(200);
	expect(await status(noor, '/havenstad/werkboeken/keten.pdf')).toBe(200);
	expect(await status(noor, '/havenstad/werkboeken/iets.pdf')).toBe(404);
	await noor.page.goto('/havenstad/werkboeken');
	expect(await noor.page.locator('main').innerText()).not.toContain('Pakket voor bestuurders');
	// The yearly report is of the year that one chooses, from the first of the network; a year that did not begin is not there.
	expect(await status(noor, '/havenstad/werkboeken/jaarverslag.pdf?jaar=')).toBe(200);
	for (const year of ['2001', '2999', 'ooit']) expect(await status(noor, `/havenstad/werkboeken/jaarverslag.pdf?jaar=${year}`)).toBe(404);
	const year = (await noor.page.locator('select[name=jaar] option').last().getAttribute('value')) ?? '';
	await noor.page.locator('select[name=jaar]').selectOption(year);
	const [download] = await Promise.all([
		noor.page.waitForEvent('download'),
		noor.page
			.locator('form', { has: noor.page.locator('select[name=jaar]') })
			.getByRole('button', { name: 'Engels' })
			.click()
	]);
	expect(download.suggestedFilename()).toBe(`jaarverslag-${year}.pdf`);
	const report = await structureTexts(new Uint8Array(await readFile(await download.path())));
	expect(report.title).toBe(`Yearly report ${year}`);
	expect(report.texts.join(' ').replace(/\s+/g, ' ')).toContain(`The year ${year} is over`);
});

test('who has no network yet prints a blank one, without signing in', { timeout: 60_000 }, async () => {
	const context = await browser.newContext({ locale: 'nl-NL', baseURL: demo.address });
	const page = await context.newPage();
	await page.goto('/hulp');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Download het lege werkboek (PDF)' }).click()
	]);
	const { title, texts } = await structureTexts(new Uint8Array(await readFile(await download.path())));
	expect(title).toBe('Werkboek: hoe een netwerk begint');
	expect(texts.join(' ')).toContain('Hoe heet jullie netwerk?');
	const again = await context.request.get('/werkboek/opzet.pdf');
	expect(again.headers()['cache-control']).toContain('public');
	expect(again.headers()['set-cookie']).toBeUndefined();
	expect((await again.body()).equals(await (await context.request.get('/werkboek/opzet.pdf?taal=nl')).body())).toBe(true);
	for (const path of ['/havenstad/werkboeken/opzet.pdf', '/havenstad/werkboeken/jaarverslag.pdf'])
		expect((await context.request.get(path, { maxRedirects: 0 })).status(), path).not.toBe(200);
	await context.close();
});
