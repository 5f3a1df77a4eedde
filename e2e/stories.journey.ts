import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { choose, fill, follow, openWalks, press, says, sees } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/** F6: a case is told without names. Its holder writes after a yes of the resident, who sat there for another organisation releases, and then governors read it. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

test('a story waits for other eyes, is read by who governs, and is gone when it is taken back', { timeout: 120_000 }, async () => {
	const walk = await openWalks(browser, demo)({ script: true, language: 'nl', theme: 'light' });
	const { t, look } = walk;
	const [anouk, ravi, petra, marieke] = [
		(await walk.phone('Anouk Zeeman')).page,
		(await walk.phone('Ravi Kanhai')).page,
		(await walk.phone('Petra Smit')).page,
		(await walk.phone('Marieke Dijkstra')).page
	];
	const story = 'Een gezin liep achter met de huur';

	// The story of the demo waits: Ravi reads it at the table where he sat. Nobody else can.
	await marieke.goto('/havenstad/vrijgeven');
	expect(await says(marieke, story)).toBe(false);
	await ravi.goto('/havenstad');
	await follow(ravi, t('home.see_eyes'));
	await look(ravi);
	await follow(ravi, t('story.see'));
	await sees(ravi, story);
	const table = new URL(ravi.url()).pathname;
	expect((await marieke.goto(table))?.status()).toBe(404);
	await press(ravi, t('story.decline'));
	await sees(ravi, t('story.state.declined'));

	// Anouk writes it anew; without a yes of the resident it does not go.
	await anouk.goto(table);
	await fill(anouk, t('story.words'), 'Ziek, en toen de huur. Drie organisaties legden samen bij.');
	await choose(anouk, t('story.resident.not_asked'));
	await press(anouk, t('story.save'));
	await sees(anouk, t('refusal.resident_not_asked'));
	await choose(anouk, t('story.resident.yes'));
	await press(anouk, t('story.save'));
	await sees(anouk, t('story.state.waiting'));
	await look(anouk);

	await ravi.goto(table);
	await press(ravi, t('story.release'));
	await sees(ravi, t('story.state.released'));
	await look(ravi);

	// Who governs reads it: no case, no name, no day.
	await marieke.goto('/havenstad/toezicht');
	await sees(marieke, 'Drie organisaties legden samen bij.');
	expect(await says(marieke, 'Anouk Zeeman')).toBe(false);
	await petra.goto('/havenstad/vrijgeven');
	await sees(petra, 'Drie organisaties legden samen bij.');
	await look(petra, marieke);

	await anouk.goto(table);
	await press(anouk, t('story.withdraw'));
	await sees(anouk, t('story.state.withdrawn'));
	await marieke.goto('/havenstad/toezicht');
	expect(await says(marieke, 'Drie organisaties legden samen bij.')).toBe(false);
	await walk.end();
});
