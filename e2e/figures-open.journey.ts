import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';

import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/**
 * Every amount, percentage and ratio that the product shows can be opened down to where it comes from (E10): it opens itself, it leads to its rows, or
 * it stands among what was opened. The pages of the demo are walked.
 */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser?.close();
	await demo?.stop();
});

/** Figures on the page without a way to open. Words that people typed are theirs, and so are the fields of a form. */
const closedFigures = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const figure = /€\s?-?\d|\d\s?%|\d euro\b|^-?\d+,\d\d$/;
		const closed: string[] = [];
		const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const text = (node.textContent ?? '').trim();
			const holder = node.parentElement;
			if (!figure.test(text) || holder === null) continue;
			if (
				holder.closest('a, details, form, .typed, [class*="gangplank"], [class*="timeline"], [aria-hidden="true"], #bronnen, #boek') !==
				null
			)
				continue;
			const block = holder.closest('p, li, td, th, .sentence, h2, h3') ?? holder;
			if (block.querySelector('a, details') === null)
				closed.push(`${holder.closest('section')?.querySelector('h2')?.textContent ?? ''}: ${text}`);
		}
		return closed;
	});

const hrefs = (page: Page, holding: string, shape: RegExp): Promise<string[]> =>
	page
		.locator(`main a[href*="${holding}"]`)
		.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
		.then((found) => [...new Set(found.map((href) => href.replace(/#.*/, '')))].filter((href) => shape.test(href)));

test.each(['Anouk Zeeman', 'Noor Yilmaz', 'Willem Peters'])('%s can open every figure of cases, network, pot and causes', async (name) => {
	const { context, page } = await signInAs(browser, demo.address, name);
	const places = ['/havenstad/netwerk', '/havenstad/pot', '/havenstad/knelpunten'];
	await page.goto('/havenstad');
	const cases = await hrefs(page, '/casus/', /\/casus\/[0-9a-f-]{36}$/);
	await page.goto('/havenstad/knelpunten');
	const causes = await hrefs(page, '/knelpunt/', /\/knelpunt\/[0-9a-f-]{36}$/);
	expect(causes.length).toBeGreaterThan(3);
	places.push(...causes, ...cases.flatMap((one) => [one, `${one}/opbrengst`]));
	const closed: string[] = [];
	let shown = 0;
	for (const place of places) {
		expect((await page.goto(place))?.status(), place).toBe(200);
		closed.push(...(await closedFigures(page)).map((text) => `${place} ${text}`));
		shown += await page.locator('main .figure > summary, main .figure-link').count();
		// What a figure leads to on its own page is there.
		for (const target of new Set(
			await page.locator('main a[href^="#"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
		))
			expect(await page.locator(`[id="${target.slice(1)}"]`).count(), `${place}${target}`).toBe(1);
	}
	expect(closed).toEqual([]);
	expect(shown).toBeGreaterThan(20);
	await context.close();
});
