import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayAt } from '../src/foundation/time/days.ts';
import { openBrowser } from './browser.ts';
import { caseWith } from './loop/agreements.ts';
import { fill, follow, openWalks, sees, submit } from './loop/walk.ts';
import type { Walk } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/**
 * S5: facilitate, never steer. The facilitator sees where it goes hard as counts, and has the product remind; a colleague finds their own list; the
 * facilitator sees a case when its holder asks them to come, and decides nothing there either.
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

const said = (page: Page): Promise<string> => page.locator('main').innerText();

test('a facilitator reminds without knowing whom, and comes when asked', { timeout: 240_000 }, async () => {
	const { t, look } = walk;
	const anouk = await walk.phone('Anouk Zeeman');
	const fatima = await walk.phone('Fatima el Idrissi');
	const marieke = await walk.phone('Marieke Dijkstra');

	// Fatima promises much at one table.
	const address = await caseWith(walk, 'De woning is gevonden, maar de sleutel komt niet.', ['Fatima el Idrissi']);
	const path = new URL(address).pathname;
	await fatima.page.goto(`${path}/afspraak`);
	const receiverId = await fatima.page.locator('option', { hasText: 'Anouk Zeeman' }).first().getAttribute('value');
	for (let count = 1; count <= 8; count++)
		await fatima.post(`${path}/afspraak?/make`, {
			...{ what: `Ik bel voor de ${count}e keer`, dueOn: addDays(dayAt(new Date()), 20), receiverId: receiverId ?? '', kind: 'i_do' }
		});

	// The facilitator reads that someone of the municipality has much to do: not who, and no case.
	expect((await marieke.page.goto(path))?.status()).toBe(404);
	await marieke.page.goto('/havenstad/begeleiding');
	const municipality = marieke.page.locator('section', { has: marieke.page.getByRole('heading', { name: 'Gemeente Havenstad' }) });
	const remind = municipality.getByRole('button', { name: t('facilitation.remind.overloaded') });
	await remind.waitFor();
	expect(await said(marieke.page)).not.toContain('Fatima');
	await look(marieke.page);
	// Of an organisation of so few people that any figure is somebody's, nothing is told or suggested, and the page says so.
	const small = marieke.page.locator('section', { has: marieke.page.getByRole('heading', { name: t('facilitation.small') }) });
	expect(await small.innerText()).toContain('Bouwbedrijf Steiger');
	expect(await small.getByRole('button').count()).toBe(0);
	expect(await marieke.page.getByRole('heading', { name: 'Bouwbedrijf Steiger' }).count()).toBe(0);
	await remind.click();
	await municipality.getByText(/^Herinnerd op/).waitFor();
	expect(await remind.count()).toBe(0);
	expect(await said(marieke.page)).not.toContain('Fatima');

	// She calls a meeting of the network about it: on its agenda stands no name.
	await municipality.locator('a[href*="over=overloaded"]').click();
	await look(marieke.page);
	await marieke.page.getByLabel(t('convene.with')).selectOption({ index: 1 });
	await marieke.page.getByLabel(t('meeting.day')).fill(addDays(dayAt(new Date()), 10));
	await fill(marieke.page, t('meeting.from'), '14:00');
	await fill(marieke.page, t('meeting.until'), '15:00');
	await submit(marieke.page, t('body.call'));
	await sees(marieke.page, t('convene.item.overloaded'));
	expect(await said(marieke.page)).not.toContain('Gemeente Havenstad belooft');

	// Only she is written to: her own list stands behind the link, and nobody else sees it.
	await fatima.page.goto('/havenstad');
	await fatima.page.locator('.needs a[href="/havenstad/mijn/aandacht"]').click();
	await sees(fatima.page, t('attention.open'));
	expect(await said(fatima.page)).toContain('Alleen Gemeente Havenstad belooft hier iets: 8 afspraken.');
	await look(fatima.page);
	const letters = walk.visitor.locator('article', { hasText: t('mail.attention.subject') });
	const count = async (): Promise<number> => {
		await walk.visitor.goto('/demo/postbus');
		return letters.count();
	};
	await expect.poll(count, { timeout: 30_000, interval: 500 }).toBe(1);
	expect(await letters.innerText()).toContain('fatima@');

	// The holder asks the facilitator to come. At the table she sees the case, and what others decide stays theirs.
	await anouk.page.goto(path);
	await follow(anouk.page, t('invite.facilitator'));
	await look(anouk.page);
	await submit(anouk.page, t('invite.act'));
	await marieke.page.goto('/havenstad');
	const invitation = await marieke.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
	await marieke.post(`${invitation}?/accept`, {});
	expect((await marieke.page.goto(path))?.status()).toBe(200);
	await look(marieke.page);
	const closing = { outcome: 'withdrawn', cause: 'none', responsible: '' };
	await expect(marieke.post(`${path}/sluiten`, closing)).rejects.toThrow(/not_holder/);
});
