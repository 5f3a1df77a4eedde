import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/**
 * What was learned on the property side is carried to care: an overseer of maintenance writes a lesson down, and a helper who promises something like it
 * in a case takes it over. How often is told from three cases on.
 */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const said = (page: Page): Promise<string> => page.locator('main').innerText();

test('a lesson from maintenance is offered at a care agreement of like form, and taken over', { timeout: 120_000 }, async () => {
	const [karin, yara, hendrik] = await Promise.all(
		['Karin de Boer', 'Yara Mensah', 'Hendrik Visser'].map((name) => signInAs(browser, demo.address, name))
	);
	if (!karin || !yara || !hendrik) throw new Error('All of them are in demo/network.json.');
	await karin.page.goto('/havenstad');
	await karin.page.getByRole('link', { name: 'Lessen', exact: true }).first().click();
	await karin.page.getByText('Schrijf een les op', { exact: true }).click();
	await karin.page.locator('select[name="form"]').selectOption('joint_planning');
	await karin.page.locator('input[name="title"]').fill('Samen de agenda plannen op vrijdag');
	await karin.page.locator('textarea[name="did"]').fill('Wij belden elke vrijdag met de bouwer. Bel 06-12345678.');
	await karin.page.locator('textarea[name="changed"]').fill('Niemand staat nog voor een dichte deur.');
	await expectAccessible(karin.page);
	await submit(karin.page, 'Zet erbij');
	expect(await said(karin.page)).toContain('Dit lijkt op een telefoonnummer');
	await karin.page.locator('textarea[name="did"]').fill('Wij belden elke vrijdag met de bouwer.');
	await submit(karin.page, 'Zet erbij');
	const lesson = new URL(karin.page.url()).pathname;
	expect(await said(karin.page)).toContain('Nog geen drie keer overgenomen');
	await expectAccessible(karin.page);

	// Yara promises something like it to Anouk, at the table of a case of her own.
	const caseAt = await yara.post('/havenstad/casus/nieuw', {
		...{ stuck: 'Iedereen komt op een andere dag.', firstNeed: 'Rust.', ownOrganisation: 'Wij plannen.', residentKnows: 'yes' }
	});
	await yara.page.goto(`${caseAt}/uitnodigen`);
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const membershipId = await yara.page.locator('select[name="membershipId"] option', { hasText: 'Anouk Zeeman' }).getAttribute('value');
	await yara.post(`${caseAt}/uitnodigen`, { membershipId: membershipId ?? '', message: 'Plan je mee?' });
	await anouk.page.goto('/havenstad');
	await anouk.page.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
	await submit(anouk.page, /^Ja/);
	await yara.page.goto(`${caseAt}/afspraak`);
	await yara.page.getByText('Hoe deden anderen zoiets?').click();
	await yara.page.locator('select[name="vorm"]').selectOption('joint_planning');
	await submit(yara.page, 'Laat zien');
	expect(await said(yara.page)).toContain('Samen de agenda plannen op vrijdag');
	await expectAccessible(yara.page);
	await yara.page.locator('textarea[name="what"]').fill('Ik zet elke vrijdag onze bezoeken in één agenda.');
	await submit(yara.page, 'Leg afspraak vast');
	await yara.page.getByRole('link', { name: 'Zo deden anderen dit' }).first().click();
	// By two words of its title, without choosing.
	expect(await said(yara.page)).toContain('Samen de agenda plannen op vrijdag');
	await submit(yara.page, 'Ik doe het zo');
	expect(await said(yara.page)).toContain('Staat bij deze afspraak');
	await expectAccessible(yara.page);
	const there = new URL(yara.page.url()).pathname;

	// At the table it is read, and nothing can be pressed there; elsewhere it does not exist, and one case is not told.
	await anouk.page.goto(there);
	expect(await said(anouk.page)).toContain('Staat bij deze afspraak');
	expect(await anouk.page.getByRole('button', { name: 'Ik doe het zo' }).count()).toBe(0);
	expect((await hendrik.page.goto(there))?.status()).toBe(404);
	await hendrik.page.goto(lesson);
	expect(await said(hendrik.page)).toContain('Nog geen drie keer overgenomen');
	expect(await hendrik.page.getByText('Leg deze les weg').count()).toBe(0);

	await karin.page.goto(lesson);
	await karin.page.getByText('Leg deze les weg', { exact: true }).first().click();
	await submit(karin.page, 'Leg deze les weg');
	expect(await said(karin.page)).toContain('wordt niet meer aangeboden');
});
