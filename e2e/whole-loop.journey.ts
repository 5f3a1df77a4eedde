import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { askTeam, payByCard } from './loop/light-lane.ts';
import { askAround, bringIn } from './loop/question.ts';
import { promiseAndKeep } from './loop/table.ts';
import { countCauses, countReturn, nameCause, seeOnNetwork, tellThatItWorked } from './loop/value.ts';
import { openWalks } from './loop/walk.ts';
import type { Walk, Way } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/**
 * The whole loop in nine steps, by five people signed in at once on phones, and one with a letter: bring in, ask, agree, ask for money and vote,
 * pay, count what it returns, tell that it worked, name the cause, see it with the others. What is above the light lane: larger-loop.journey.ts.
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

/** What each walk tells: words of its own, for all walk in the same network. */
const walks = [
	{
		name: 'in Dutch, with script',
		way: { script: true, language: 'nl', theme: 'light' },
		wish: { what: 'Een bed met een matras, tweedehands', typed: '118,50', cents: 118_50 },
		cause: 'Wie uit de opvang komt, wacht acht weken op een bed',
		houseNumber: '21'
	},
	{
		name: 'in Dutch, without script',
		way: { script: false, language: 'nl', theme: 'light' },
		wish: { what: 'Een koelkast, tweedehands en met garantie', typed: '131,75', cents: 131_75 },
		cause: 'Wie net woont, wacht acht weken op een koelkast',
		houseNumber: '23'
	},
	{
		name: 'in English, in the dark',
		way: { script: true, language: 'en', theme: 'dark' },
		wish: { what: 'Een fornuis, tweedehands en nagekeken', typed: '104.25', cents: 104_25 },
		cause: 'Wie net woont, wacht acht weken op een fornuis',
		houseNumber: '25'
	}
] as const;

describe.each(walks)('$name', ({ way, wish, cause, houseNumber }) => {
	test('five people walk the whole loop', { timeout: 300_000 }, async () => {
		const walk = await open(way);
		const names = ['Anouk Zeeman', 'Noor Yilmaz', 'Fatima el Idrissi', 'Ravi Kanhai', 'Willem Peters'];
		for (const name of names) await walk.look((await walk.phone(name)).page);
		const before = await countCauses((await walk.phone('Willem Peters')).page);

		const brought = await bringIn(walk);
		await askAround(walk, brought, wish.what);
		await promiseAndKeep(walk, brought, `Jij kent de regels. ${wish.what}.`);
		const request = await askTeam(walk, brought, wish);
		await payByCard(walk, request, wish, { postcode: '5215 CD', number: houseNumber, born: '1979-03-08' });
		await countReturn(walk, brought);
		await tellThatItWorked(walk, brought);
		await nameCause(walk, brought, cause);
		await seeOnNetwork(walk, before, cause);
		await walk.end();
	});
});
