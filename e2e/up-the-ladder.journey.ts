import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { caseWith } from './loop/agreements.ts';
import { choose, fill, openWalks, sees, submit } from './loop/walk.ts';
import type { Walk } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/**
 * Up the ladder (A12): who holds a case does not get on, and asks a colleague, the secretariat, governors and someone outside, each in its turn. Who is
 * asked sees the question and no case; a time-out binds once it is agreed at the table, and more than agreed is said to one person alone.
 */

let demo: ServedDemo;
let browser: Browser;
let walk: Walk;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	walk = await openWalks(browser, demo)({ script: true, language: 'nl', theme: 'light' });
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

/** Chooses in a list, by the beginning of what stands there. */
async function pick(page: Page, name: string, text: string): Promise<void> {
	const value = await page.locator(`select[name="${name}"] option`, { hasText: text }).first().getAttribute('value');
	await page.locator(`select[name="${name}"]`).selectOption(value ?? '');
}

/** Opens the question that waits on the first page, and answers where it stands. */
async function question(page: Page, words: string): Promise<string> {
	await page.goto('/havenstad');
	await page.locator('.needs', { hasText: words }).getByRole('link').first().click();
	await page.waitForURL(/\/verzoek\//);
	await sees(page, words);
	return page.url();
}

test('a ladder is climbed step by step, and a time-out is kept', { timeout: 240_000 }, async () => {
	const { t, look } = walk;
	const names = ['Anouk Zeeman', 'Tom de Graaf', 'Gerard Blom', 'Lies Vermeer', 'Sanne Bakker'];
	const [anouk, tom, gerard, lies, sanne] = await Promise.all(names.map((name) => walk.phone(name)));
	if (!anouk || !tom || !gerard || !lies || !sanne) throw new Error('All of them are in demo/network.json.');
	const address = await caseWith(walk, 'De gemeente stopt de uitkering, en het bezwaar ligt er nog.', []);
	const path = new URL(address).pathname;
	const ladder = `${path}/verder`;

	// A colleague says that it lies higher. They see the question, and no case.
	await anouk.page.goto(path);
	await anouk.page.getByRole('link', { name: t('escalation.link') }).click();
	await anouk.page.waitForURL(/\/verder$/);
	await pick(anouk.page, 'membershipIds', 'Tom de Graaf');
	await choose(anouk.page, t('escalation.wish.time_out'));
	await fill(anouk.page, t('escalation.words'), 'Kan het stoppen twee weken wachten?');
	await look(anouk.page);
	await submit(anouk.page, t('escalation.act.colleagues'));
	await sees(anouk.page, t('escalation.asked_text'));
	await question(tom.page, 'Kan het stoppen twee weken wachten?');
	await look(tom.page);
	expect((await tom.page.request.get(path)).status()).toBe(404);
	expect((await tom.page.request.get(ladder)).status()).toBe(404);
	await submit(tom.page, t('asked_rung.next'));
	await sees(tom.page, t('asked_rung.over.next'));
	await expect(anouk.post(`${ladder}?/ask`, { rung: 'governors', wish: 'help', words: 'Meteen hogerop?' })).rejects.toThrow(
		/not_next_rung/
	);

	// The whole secretariat is asked; who answers first answers for all.
	await anouk.page.goto(ladder);
	await fill(anouk.page, t('escalation.words'), 'Wie kan het stoppen van de uitkering uitstellen?');
	await submit(anouk.page, t('escalation.act.secretariat'));
	const asked = await question(gerard.page, 'Wie kan het stoppen van de uitkering uitstellen?');
	expect((await gerard.page.request.get(path)).status()).toBe(404);
	await submit(gerard.page, t('asked_rung.time_out'));
	await sees(gerard.page, t('asked_rung.over.time_out'));
	await lies.page.goto(asked);
	await sees(lies.page, t('asked_rung.over.other'));
	expect(await lies.page.locator('main').innerText()).not.toContain('uitstellen');

	// A word is no promise yet: they are asked to the table, and agree there until when, and what happens meanwhile.
	await anouk.page.goto(ladder);
	await look(anouk.page);
	await anouk.page.getByRole('link', { name: t('escalation.invite'), exact: true }).click();
	await anouk.page.waitForURL(/\/uitnodigen\?collega=/);
	await fill(anouk.page, t('invite.message'), 'Leg je de time-out hier vast?');
	await submit(anouk.page, t('invite.act'));
	await gerard.page.goto('/havenstad');
	const invitation = await gerard.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
	await gerard.post(`${invitation}?/accept`, {});
	await gerard.page.goto(`${path}/afspraak`);
	await gerard.page.getByRole('link', { name: t('time_out.give') }).click();
	await gerard.page.waitForURL(/\/time-out$/);
	await fill(gerard.page, t('time_out.what'), 'Wij stoppen de uitkering nog niet');
	await submit(gerard.page, t('time_out.act'));
	await sees(gerard.page, t('field.required'));
	await fill(gerard.page, t('time_out.meanwhile'), 'Wij beslissen op het bezwaar');
	await gerard.page.getByLabel(t('room.declare')).check();
	await look(gerard.page);
	await submit(gerard.page, t('time_out.act'));
	await sees(gerard.page, t('timeline.meanwhile', { proof: 'Wij beslissen op het bezwaar' }));
	await look(gerard.page);

	// Kept and confirmed; that it was more than agreed is between those two.
	await gerard.page.goto(path);
	await submit(gerard.page, t('report.kept'));
	await anouk.page.goto(path);
	await submit(anouk.page, t('case.confirm'));
	await anouk.page.getByText(t('more.summary')).click();
	await anouk.page.getByLabel(t('more.words')).fill('Je belde de bewoner ook nog zelf.');
	await submit(anouk.page, t('more.act'));
	await sees(anouk.page, 'Je belde de bewoner ook nog zelf.');
	await gerard.page.goto(path);
	await sees(gerard.page, /^Anouk Zeeman .*zegt dat je meer deed dan afgesproken\.$/);
	await look(gerard.page, anouk.page);

	// It did not help enough: the governors of the organisation on which it hangs, and then outside the network.
	const climb = async (rung: 'governors' | 'outside', list: string, option: string, words: string): Promise<void> => {
		await anouk.page.goto(`${ladder}?trede=${rung}`);
		const more = anouk.page
			.locator('details', { has: anouk.page.locator('select') })
			.locator('summary')
			.first();
		if (await more.isVisible()) await more.click();
		await pick(anouk.page, list, option);
		await fill(anouk.page, t('escalation.words'), words);
		await submit(anouk.page, t(`escalation.act.${rung}`));
	};
	await climb('governors', 'organisationId', 'Gemeente Havenstad', 'Kan de gemeente voortaan wachten tot het bezwaar is beslist?');
	await question(sanne.page, 'Kan de gemeente voortaan wachten');
	await submit(sanne.page, t('asked_rung.no'));
	await sees(sanne.page, t('field.required'));
	await fill(sanne.page, t('asked_rung.words'), 'Dat regelt de wet, niet wij.');
	await submit(sanne.page, t('asked_rung.no'));
	await sees(sanne.page, t('asked_rung.over.no'));
	await climb('outside', 'outside', t('escalation.outside.ministry'), 'Kan de wet hier ruimte geven?');
	await anouk.page.getByText(t('escalation.letter'), { exact: true }).first().click();
	expect(await anouk.page.locator('textarea[name="letter"]').inputValue()).toContain('Kan de wet hier ruimte geven?');
	await look(anouk.page);
	await fill(anouk.page, t('escalation.record_words'), 'Zij kijken ernaar.');
	await fill(anouk.page, t('escalation.record_proof'), 'Een brief van vandaag.');
	await submit(anouk.page, t('escalation.record_act'));
	await sees(anouk.page, t('escalation.proof', { proof: 'Een brief van vandaag.' }));
	await look(anouk.page);

	// How long each rung has is of the whole network: one organisation proposes it, another confirms it.
	await sanne.page.goto('/havenstad/organisaties');
	await sanne.page.getByRole('link', { name: t('ladder_terms.see') }).click();
	await sanne.page.waitForURL(/\/ladder$/);
	await fill(sanne.page, t('escalation.rung.colleagues'), '40');
	await submit(sanne.page, t('rules.propose'));
	await sees(sanne.page, t('field.number_too_large', { max: '20' }));
	await fill(sanne.page, t('escalation.rung.colleagues'), '4');
	await submit(sanne.page, t('rules.propose'));
	await sees(sanne.page, t('rules.take_back'));
	expect(await sanne.page.getByRole('button', { name: t('rules.confirm') }).count()).toBe(0);
	await look(sanne.page);
	const bas = await walk.phone('Bas Oudeland');
	await bas.page.goto('/havenstad');
	await bas.page.getByRole('link', { name: t('home.see_ladder_terms') }).click();
	await look(bas.page);
	await submit(bas.page, t('rules.confirm'));
	await sees(bas.page, /^Deze termijnen gelden sinds/);
	await look(bas.page);
	await anouk.page.goto(`${ladder}?trede=colleagues`);
	await sees(anouk.page, t('escalation.term', { days: 4 }));
	await walk.end();
});
