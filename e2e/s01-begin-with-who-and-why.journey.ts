import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';
import type { SignedInBrowser } from './signed-in.ts';

/** S1: begin with who is at the table and what they want, and not with the rules of the game. Several phones at one table, with and without script. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

/** Every statement of the scan answered the same way. */
const sheet = (answer: string): Record<string, string> =>
	Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`answers.${index}`, answer]));

// Without script first: it leaves the order as it is, and the other brings it to its end.
describe.each([
	['without script', false],
	['with script', true]
])('%s', (_, script) => {
	const signIn = (name: string): Promise<SignedInBrowser> => signInAs(browser, demo.address, name, { javaScriptEnabled: script });
	/** With script a page follows by itself; without, it is opened again. */
	const follow = async (page: Page, text: string): Promise<void> => {
		if (!script) await page.reload();
		await page.locator('main').getByText(text).first().waitFor({ timeout: 10_000 });
	};
	const check = async (page: Page): Promise<void> => {
		if (!script) return;
		await expectAccessible(page);
		expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)).toBe(false);
	};

	test('four phones sit at one table: what each says is seen by all, and the table goes on', async () => {
		const [marieke, anouk, ravi, sanne] = await Promise.all(
			['Marieke Dijkstra', 'Anouk Zeeman', 'Ravi Kanhai', 'Sanne Bakker'].map(signIn)
		);
		if (!marieke || !anouk || !ravi || !sanne) throw new Error('four people');
		await marieke.page.goto('/havenstad/begin');
		await check(marieke.page);
		await submit(marieke.page, 'Begin aan tafel');
		const at = new URL(marieke.page.url()).pathname;
		// It begins at what is written next.
		expect(await marieke.page.locator('h1').innerText()).toBe('Hoe we het inrichten');
		for (const { page } of [anouk, ravi, sanne]) {
			await page.goto('/havenstad/begin');
			await page.getByRole('link', { name: 'Schuif aan' }).first().click();
			await page.waitForURL(`**${at}`);
		}
		await marieke.page.waitForTimeout(700);

		await anouk.page.getByLabel('Wat wil jij erover zeggen?').fill(`Zo weinig mogelijk regelen, ${script}.`);
		await submit(anouk.page, 'Voeg toe');
		for (const { page } of [marieke, ravi, sanne]) await follow(page, `Zo weinig mogelijk regelen, ${script}.`);
		expect(await sanne.page.locator('main').innerText()).toContain('Anouk Zeeman, Woningstichting De Kade');
		await check(ravi.page);

		// What looks like a number of someone is not said to a whole network, and stays typed.
		await ravi.page.getByLabel('Wat wil jij erover zeggen?').fill('Bel mij op 06-12345678.');
		await submit(ravi.page, 'Voeg toe');
		expect(await ravi.page.getByLabel('Wat wil jij erover zeggen?').inputValue()).toBe('Bel mij op 06-12345678.');
		expect(await ravi.page.locator('.field-error').count()).toBe(1);
		await ravi.page.goto(at);
		await ravi.page.waitForTimeout(700);

		if (script) {
			// Who is typing sees what another says, and keeps their own words; also when they ask for the page as it is now.
			const typing = ravi.page.getByLabel('Wat wil jij erover zeggen?');
			await typing.fill('Ik ben nog aan het');
			await anouk.page.getByLabel('Wat wil jij erover zeggen?').fill('En niemand wacht op een handtekening.');
			await submit(anouk.page, 'Voeg toe');
			await ravi.page.locator('main').getByText('En niemand wacht op een handtekening.').waitFor({ timeout: 10_000 });
			expect(await typing.inputValue()).toBe('Ik ben nog aan het');
			expect(await ravi.page.locator('[data-live]').getByText('Er is iets veranderd').count()).toBe(0);
		}
		await submit(marieke.page, 'Ga verder met: Hoe we het aanpakken');
		if (script) {
			await ravi.page.locator('[data-live]').getByText('Er is iets veranderd').waitFor({ timeout: 10_000 });
			await ravi.page.getByRole('link', { name: 'Ververs' }).click();
			await ravi.page.locator('h1', { hasText: 'Hoe we het aanpakken' }).waitFor({ timeout: 10_000 });
			expect(await ravi.page.getByLabel('Wat wil jij erover zeggen?').inputValue()).toBe('Ik ben nog aan het');
			await ravi.page.getByLabel('Wat wil jij erover zeggen?').fill('');
		}
		for (const { page } of [anouk, ravi, sanne]) {
			await follow(page, 'Wat doen jullie het eerst');
			expect(await page.locator('h1').innerText()).toBe('Hoe we het aanpakken');
		}
		if (!script) {
			await marieke.page.getByText('Naar een ander deel, of sluiten').click();
			await submit(marieke.page, 'Sluit de tafel');
			await follow(ravi.page, 'Deze tafel is gesloten');
		}
		await Promise.all([marieke, anouk, ravi, sanne].map(({ context }) => context.close()));
	});

	test('rules of the game too early ask why, in one sentence', async () => {
		const { page, context } = await signIn('Anouk Zeeman');
		await page.goto('/havenstad/begin/spelregels');
		await page.getByLabel('In jullie eigen woorden').fill('Wij bellen binnen een dag terug.');
		await submit(page, 'Schrijf de spelregels op');
		await page.getByRole('link', { name: /Waarom nu al spelregels/ }).waitFor();
		expect(await page.getByLabel('In jullie eigen woorden').inputValue()).toBe('Wij bellen binnen een dag terug.');
		await page.goto('/havenstad/begin');
		expect(await page.locator('#spelregels').innerText()).not.toContain('Wij bellen binnen een dag terug.');
		await context.close();
	});

	test('of two who write one sentence, the second sees both and decides', async () => {
		const [anouk, ravi] = await Promise.all(['Anouk Zeeman', 'Ravi Kanhai'].map(signIn));
		if (!anouk || !ravi) throw new Error('two people');
		const part = '/havenstad/begin/verhoudingen';
		await Promise.all([anouk.page.goto(part), ravi.page.goto(part)]);
		await anouk.page.getByLabel('In jullie eigen woorden').fill(`Wij kennen elkaar, ${script}.`);
		await submit(anouk.page, 'Schrijf op hoe jullie met elkaar zijn');
		await ravi.page.getByLabel('In jullie eigen woorden').fill(`Wij bellen elkaar, ${script}.`);
		await submit(ravi.page, 'Schrijf op hoe jullie met elkaar zijn');
		expect(await ravi.page.locator('main blockquote').innerText()).toBe(`Wij kennen elkaar, ${script}.`);
		expect(await ravi.page.getByLabel('In jullie eigen woorden').inputValue()).toBe(`Wij bellen elkaar, ${script}.`);
		await check(ravi.page);
		await ravi.page.getByLabel('In jullie eigen woorden').fill(`Wij kennen en bellen elkaar, ${script}.`);
		await submit(ravi.page, 'Schrijf op hoe jullie met elkaar zijn');
		await ravi.page.locator('#verhoudingen').getByText(`Wij kennen en bellen elkaar, ${script}.`).waitFor();
		await Promise.all([anouk, ravi].map(({ context }) => context.close()));
	});

	test('twenty statements by three and two people: only what they said together is told, and a talk to have', async () => {
		const [marieke, anouk, petra, bas, ravi, ineke] = await Promise.all(
			['Marieke Dijkstra', 'Anouk Zeeman', 'Petra Smit', 'Bas Oudeland', 'Ravi Kanhai', 'Ineke Prins'].map(signIn)
		);
		if (!marieke || !anouk || !petra || !bas || !ravi || !ineke) throw new Error('six people');
		await marieke.page.goto('/havenstad/begin/vijf');
		if ((await marieke.page.getByRole('link', { name: 'Vul de vragenlijst in' }).count()) === 0)
			await submit(marieke.page, 'Open de vragenlijst');
		await anouk.page.goto('/havenstad/begin/vijf');
		await check(anouk.page);
		// It waits at home for who has not filled it in.
		await anouk.page.goto('/havenstad');
		await anouk.page.getByRole('link', { name: 'Vul de vragenlijst in' }).click();
		await anouk.page.waitForURL(/vijf\/.+/);
		const at = new URL(anouk.page.url()).pathname;
		await check(anouk.page);
		// One left open is asked again, and nothing that was chosen is lost.
		for (let index = 0; index < 19; index++) await anouk.page.locator(`input[name="answers.${index}"][value="5"]`).check();
		await submit(anouk.page, 'Lever in');
		expect(await anouk.page.locator('.field-error').count()).toBe(1);
		expect(await anouk.page.locator('input[name="answers.3"][value="5"]').isChecked()).toBe(true);
		await anouk.page.locator('input[name="answers.19"][value="unknown"]').check();
		await submit(anouk.page, 'Lever in');
		await anouk.page.getByText('Je hebt de vragenlijst ingeleverd.').waitFor();
		for (const [someone, answer] of [
			[petra, '1'],
			[bas, '5'],
			[ravi, '2'],
			[ineke, '4']
		] as const)
			await someone.post(`${at}?/hand_in`, sheet(answer));
		await marieke.page.goto(at);
		expect(await marieke.page.locator('main').innerText()).not.toContain('Een gesprek waard');
		await submit(marieke.page, 'Sluit de vragenlijst');
		await anouk.page.goto(at);
		await check(anouk.page);
		expect(await anouk.page.locator('main ol.lines > li').count()).toBe(3);
		const told = await anouk.page.locator('main').innerText();
		expect(told).toContain('Hier denken jullie verschillend over: gemiddeld 3,4 van 5.');
		// Of De Kade three answered, of the others two: told of De Kade, those two would follow.
		expect(told).not.toMatch(/De Kade \d|Schuldhulp Havenstad \d/);
		await Promise.all([marieke, anouk, petra, bas, ravi, ineke].map(({ context }) => context.close()));
	});
});

test('the rules come last, after all else was written; then the table is closed and stays to be read', async () => {
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const { page } = anouk;
	for (const [word, act] of [
		['organisatie', 'Schrijf op hoe jullie het inrichten'],
		['werkwijze', 'Schrijf op hoe jullie het aanpakken'],
		['spelregels', 'Schrijf de spelregels op']
	] as const) {
		await page.goto(`/havenstad/begin/${word}`);
		expect(await page.getByLabel('Waarom nu al spelregels?').count()).toBe(0);
		await page.getByLabel('In jullie eigen woorden').fill(`Zo doen wij het: ${word}.`);
		await submit(page, act);
		await page.locator(`#${word}`).getByText(`Zo doen wij het: ${word}.`).waitFor();
	}
	expect(await page.locator('main').innerText()).not.toContain('kwamen hier eerder');
	await page.getByRole('link', { name: 'Schuif aan' }).first().click();
	await page.waitForURL(/tafel/);
	const at = new URL(page.url()).pathname;
	await page.getByText('Naar een ander deel, of sluiten').click();
	await submit(page, 'Sluit de tafel');
	await page.getByText('Deze tafel is gesloten').waitFor();
	expect(await page.locator('form[action="?/note"]').count()).toBe(0);
	await expect(anouk.post(`${at}?/note`, { part: 'rules', text: 'Nog iets.' })).rejects.toThrow(/table_closed/);
	await anouk.context.close();
});

test('a network that was there already says since when, and brings its earlier years apart from what is counted here', async () => {
	const [marieke, ineke] = await Promise.all([
		signInAs(browser, demo.address, 'Marieke Dijkstra', { viewport: { width: 360, height: 800 } }),
		signInAs(browser, demo.address, 'Ineke Prins', { javaScriptEnabled: false })
	]);
	await marieke.page.goto('/havenstad/begin');
	await marieke.page.getByRole('link', { name: 'Jullie werkten al samen voor Loopplank?' }).click();
	await marieke.page.getByLabel('Sinds welk jaar werken jullie samen?').fill('2999');
	await submit(marieke.page, 'Leg vast');
	expect(await marieke.page.getByLabel('Sinds welk jaar werken jullie samen?').inputValue()).toBe('2999');
	await expectAccessible(marieke.page);
	await marieke.page.getByLabel('Sinds welk jaar werken jullie samen?').fill('2016');
	await submit(marieke.page, 'Leg vast');
	await marieke.page.getByText('Dit netwerk werkt samen sinds 2016.').waitFor();

	// The treasurer has them in a spreadsheet; one row has no source.
	const rows = ['jaar;casussen;toegekend;terugbetaald;bron', '2018;40;61.000,50;;Jaarverslag 2018', '2019;52;;12.000;'];
	await ineke.page.goto('/havenstad/begin/bestaand');
	expect(await ineke.page.getByLabel('Sinds welk jaar werken jullie samen?').count()).toBe(0);
	const lines = ineke.page.locator('#f-lines');
	await ineke.page.getByText('Meer jaren tegelijk').click();
	await lines.fill(rows.join('\n'));
	await submit(ineke.page, 'Leg deze jaren vast');
	expect(await ineke.page.locator('main').innerText()).toContain('Regel 3, Bron:');
	expect(await lines.inputValue()).toBe(rows.join('\n'));
	await lines.fill(`${rows.join('\n')}Boekhouding`);
	await submit(ineke.page, 'Leg deze jaren vast');
	await marieke.page.goto('/havenstad/begin');
	const table = marieke.page.getByRole('table', { name: 'Eerdere jaren' });
	expect(await table.getByRole('row').allInnerTexts()).toEqual([
		expect.stringContaining('Jaar'),
		expect.stringMatching(/2019[\s\S]*52[\s\S]*niet bekend[\s\S]*12\.000,00[\s\S]*Boekhouding/),
		expect.stringMatching(/2018[\s\S]*40[\s\S]*61\.000,50[\s\S]*niet bekend[\s\S]*Jaarverslag 2018/)
	]);
	await expectAccessible(marieke.page);
	await Promise.all([marieke.context.close(), ineke.context.close()]);
});
