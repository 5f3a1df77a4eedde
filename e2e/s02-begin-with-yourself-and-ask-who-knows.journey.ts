import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { choose, fill, follow, openWalks, press, sees } from './loop/walk.ts';
import type { Walk, Way } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/**
 * S2: collaboration begins with yourself, and the right knowledge is mobilised, whoever holds it. Three people signed in at once: what one's own
 * organisation can do comes first, a colleague elsewhere is found by a word of the neighbourhood, what helped is found in the next case, and where
 * nobody knows it is said where to turn.
 */

let demo: ServedDemo;
let browser: Browser;
let open: (way: Way) => Promise<Walk>;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	open = openWalks(browser, demo);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

async function bringIn({ t, look }: Walk, page: Page, stuck: string): Promise<string> {
	await page.goto('/havenstad/casus/nieuw');
	await fill(page, t('intake.stuck'), stuck);
	await fill(page, t('intake.first_need'), 'Dat iemand meedenkt.');
	await fill(page, t('intake.own_organisation'), 'Wij kunnen de huur van deze maand later vragen.');
	await choose(page, t('intake.yes'));
	await press(page, t('intake.act'));
	await page.waitForURL(/\/havenstad\/casus\/[0-9a-f-]{36}$/);
	// What one's own organisation can do stands on the case before anyone is asked.
	await sees(page, 'Wij kunnen de huur van deze maand later vragen.');
	await look(page);
	return page.url();
}

test('begin with yourself, and ask who knows', { timeout: 120_000 }, async () => {
	const walk = await open({ script: true, language: 'nl', theme: 'light' });
	const { t, look } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	const fatima = (await walk.phone('Fatima el Idrissi')).page;
	const noor = (await walk.phone('Noor Yilmaz')).page;

	// A word that people here use, which no profile has.
	await noor.goto('/havenstad/kennis');
	await follow(noor, t('word.link'));
	await look(noor);
	await fill(noor, t('word.search'), 'bijzondere bijstand');
	await press(noor, t('word.search_act'));
	await follow(noor, 'bijzondere bijstand');
	await noor.getByRole('heading', { level: 1, name: 'bijzondere bijstand' }).waitFor();
	await fill(noor, t('word.label'), 'havenpotje');
	await press(noor, t('word.add'));
	await noor.getByText('havenpotje').first().waitFor();
	await look(noor);

	// Something that exists here alone; put aside and set back, and found on the page by its name.
	await noor.goto('/havenstad/kennis/woorden');
	await follow(noor, t('word.thing.new'));
	await fill(noor, t('word.thing.name'), 'Kraanfonds');
	await fill(noor, t('word.thing.says_for'), 'Geld voor een kleine nood aan de haven.');
	await look(noor);
	await press(noor, t('word.thing.add'));
	await noor.getByRole('heading', { level: 1, name: 'Kraanfonds' }).waitFor();
	await press(noor, t('word.thing.retire'));
	await sees(noor, t('word.thing.retired_text'));
	await look(noor);
	await press(noor, t('word.thing.restore'));
	await noor.getByText(t('word.thing.retired_text')).waitFor({ state: 'detached' });

	// A word of the field that means something else here: the facilitator puts it aside, who works with cases sets it back.
	const facilitator = (await walk.phone('Marieke Dijkstra')).page;
	await facilitator.goto('/havenstad/kennis/woorden/bijstand');
	await facilitator.locator('summary', { hasText: t('word.aside_ask') }).click();
	await facilitator.getByLabel(t('word.aside_which')).selectOption('steun');
	await press(facilitator, t('word.aside_act'));
	await sees(facilitator, t('word.aside'));
	await look(facilitator);
	await noor.goto('/havenstad/kennis/woorden/bijstand');
	await press(noor, t('word.back', { word: 'steun' }));
	await noor.getByText(t('word.aside')).waitFor({ state: 'detached' });

	const stuck = 'Er is geen havenpotje voor het gezin, zegt men.';
	const address = await bringIn(walk, anouk, stuck);
	await anouk.goto(`${address}/vraag`);
	const proposed = anouk.getByRole('checkbox', { name: /Fatima el Idrissi/ });
	expect(await proposed.isChecked()).toBe(true);
	await sees(anouk, t('ask.why.by_word', { phrase: 'bijzondere bijstand', said: 'havenpotje' }));
	await look(anouk);
	await fill(anouk, t('ask.text'), 'Wie weet of dit toch kan?');
	await press(anouk, t('ask.act'));
	await anouk.waitForURL((url) => !url.pathname.endsWith('/vraag'));

	await fatima.goto('/havenstad');
	await follow(fatima, t('home.asked_act'));
	await sees(fatima, 'Wie weet of dit toch kan?');
	await fill(fatima, t('answer.text'), 'Ja: vraag een voorschot op de bijzondere bijstand.');
	await press(fatima, t('answer.other_way'));
	await look(fatima);
	expect((await fatima.goto(address))?.status()).toBe(404);

	await anouk.goto(address);
	await sees(anouk, 'Ja: vraag een voorschot op de bijzondere bijstand.');
	await follow(anouk, t('answer.talk'));
	await press(anouk, t('answer.mark_helped'));
	await follow(anouk, t('answer.make_card'));
	await fill(anouk, t('card.scheme'), 'Voorschot bijzondere bijstand');
	await fill(anouk, t('card.how'), 'Vraag het voorschot tegelijk met de bijstand aan.');
	await fill(anouk, t('card.who'), 'Het loket werk en inkomen.');
	await press(anouk, t('card.act'));
	await anouk.getByRole('heading', { level: 1, name: 'Voorschot bijzondere bijstand' }).waitFor();

	// In the next case, of another organisation, by the same word: what helped before stands above who to ask.
	const next = await bringIn(walk, noor, 'Geen havenpotje voor haar.');
	await noor.goto(`${next}/vraag`);
	await noor.getByRole('link', { name: 'Voorschot bijzondere bijstand' }).waitFor();
	await look(noor);

	// Nobody knows: no names, but where to turn, with the day it was looked up.
	const last = await bringIn(walk, anouk, 'De begrafenis van haar broer is niet te betalen.');
	await anouk.goto(`${last}/vraag`);
	await sees(anouk, t('ask.nobody'));
	await sees(anouk, t('ask.turn_to', { about: 'uitvaart' }));
	expect(await anouk.getByRole('checkbox', { name: /\(/ }).count()).toBe(0);
	await look(anouk);
	await walk.end();
});
