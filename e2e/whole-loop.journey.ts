import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/**
 * The whole loop, by five people signed in at once on phones: bring in, ask, agree, ask for money, vote, pay, count what it returns, tell that it
 * worked, and name the cause. With and without script.
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

const receipt = fileURLToPath(new URL('../demo/receipt.jpg', import.meta.url));

/** What each walk tells: words of its own, for both walk in the same network. */
const walks = [
	{
		name: 'with script',
		script: true,
		wish: 'Een bed met een matras, tweedehands',
		cause: 'Wie uit de opvang komt, wacht acht weken op een bed',
		amount: '118,50',
		houseNumber: '21'
	},
	{
		name: 'without script',
		script: false,
		wish: 'Een koelkast, tweedehands en met garantie',
		cause: 'Wie net woont, wacht acht weken op een koelkast',
		amount: '131,75',
		houseNumber: '23'
	}
];

/** Axe and the measure of the page run as scripts, so only where script is on. */
const looker =
	(script: boolean) =>
	async (...pages: readonly Page[]): Promise<void> => {
		if (!script) return;
		for (const page of pages) {
			await expectAccessible(page);
			const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
			expect(wide, `${new URL(page.url()).pathname} is wider than the phone`).toBe(false);
		}
	};

/** The address in the newest letter to Fatima that lets her answer without signing in; null when none came yet. */
async function newestLink(page: Page): Promise<string | null> {
	await page.goto('/demo/postbus');
	const link = page.locator('article', { hasText: 'fatima@gemeente.example' }).locator('a[href*="/vraag/havenstad/"]').first();
	return (await link.count()) > 0 ? link.getAttribute('href') : null;
}

/** The address in her next letter, after the one that came before. */
async function nextLink(page: Page, before: string | null): Promise<string> {
	let address = before;
	await expect.poll(async () => (address = await newestLink(page)), { timeout: 20_000, interval: 300 }).not.toBe(before);
	return address ?? '';
}

/** How many cases have a cause, of how many, as the network's page says it: "12 van 30 casussen". */
async function countCases(page: Page): Promise<number[]> {
	await page.goto('/havenstad/netwerk');
	const said = page.locator('summary').filter({ hasText: /^\d+ van \d+ casussen$/ });
	return (await said.last().innerText()).match(/\d+/g)?.map(Number) ?? [];
}

describe.each(walks)('$name', ({ script, wish, cause, amount, houseNumber }) => {
	test('five people walk the whole loop', { timeout: 300_000 }, async () => {
		const look = looker(script);
		const signedIn = (name: string) => signInAs(browser, demo.address, name, { javaScriptEnabled: script, hasTouch: true });
		const anouk = await signedIn('Anouk Zeeman');
		const noor = await signedIn('Noor Yilmaz');
		const fatima = await signedIn('Fatima el Idrissi');
		const ravi = await signedIn('Ravi Kanhai');
		const willem = await signedIn('Willem Peters');
		const [a, n, f, r, w] = [anouk.page, noor.page, fatima.page, ravi.page, willem.page];
		const letter = await browser.newPage({
			...{ viewport: { width: 360, height: 740 }, hasTouch: true, javaScriptEnabled: script, locale: 'nl-NL', baseURL: demo.address }
		});
		await look(a, n, f, r, w);
		const countBefore = await countCases(w);
		const linkBefore = await newestLink(letter);

		// 1. Anouk brings in a case.
		await a.goto('/havenstad/casus/nieuw');
		await look(a);
		await a.getByLabel('Wat loopt er vast?').fill('De woning is leeg. Bijzondere bijstand duurt acht weken, en de uitkering is te laag.');
		await a.getByLabel('Wat wil de bewoner zelf?').fill('Ik wil thuis kunnen slapen en eten.');
		await a.getByLabel('Wat is als eerste nodig?').fill('Spullen voor de woning, met bijzondere bijstand of anders.');
		await a.getByLabel('Begin bij jezelf').fill('Wij kunnen de eerste maand huur later vragen.');
		await a.getByLabel('Wat gebeurt er als er niets verandert?').fill('Terug naar de opvang.');
		await a.getByLabel('Ja', { exact: true }).check();
		await a.getByRole('button', { name: 'Breng de casus in' }).click();
		await a.waitForURL(/\/havenstad\/casus\/[0-9a-f-]{36}$/);
		const caseUrl = a.url();
		const pseudonym = (await a.getByRole('heading', { level: 1 }).innerText()).trim();
		await look(a);

		// 2. A question without a name to who is proposed; Fatima answers from the mail, without the case.
		await a.getByRole('link', { name: 'Wie weet raad?' }).first().click();
		await look(a);
		expect(await a.getByRole('checkbox', { name: /Fatima el Idrissi/ }).isChecked()).toBe(true);
		await a.getByLabel('Je vraag').fill(`Wie weet hoe dit sneller kan? ${wish}.`);
		await a.getByRole('button', { name: 'Stel de vraag' }).click();
		await a.waitForURL((url) => !url.pathname.endsWith('/vraag'));
		await look(a);
		const firstLink = await nextLink(letter, linkBefore);
		await look(letter);
		await letter.goto(firstLink);
		await letter.getByText(`Wie weet hoe dit sneller kan? ${wish}.`).waitFor();
		expect(await letter.locator('body').innerText()).not.toContain(pseudonym);
		await look(letter);
		await letter.getByLabel('Welke andere weg weet je?').fill('Vraag een voorschot: dat kan binnen vier weken.');
		await letter.getByRole('button', { name: 'Ik weet een andere weg' }).click();
		await letter.getByRole('heading', { name: 'Dank je wel' }).waitFor();
		await look(letter);
		await letter.goto(firstLink);
		await letter.getByText('Met deze link is al geantwoord.').waitFor();
		await look(letter);
		expect((await f.goto(caseUrl))?.status()).toBe(404);
		await look(f);
		await a.goto(caseUrl);
		await a.getByText('Vraag een voorschot: dat kan binnen vier weken.').first().waitFor();
		await look(a);
		await a.getByRole('link', { name: 'Praat verder' }).click();
		await a.getByRole('button', { name: 'Dit hielp' }).click();
		await a.getByText('Dit hielp', { exact: true }).waitFor();
		await look(a);

		// 3. Ravi comes to the table, promises and keeps it.
		await a.goto(`${caseUrl}/uitnodigen`);
		await look(a);
		await a.getByLabel('Welke collega?').selectOption({ label: 'Ravi Kanhai, schuldhulpverlener, Schuldhulp Havenstad' });
		await a.getByLabel('Waarom vraag je juist deze collega?').fill(`Jij kent de regels. ${wish}.`);
		await a.getByRole('button', { name: 'Vraag aan tafel' }).click();
		await a.waitForURL(caseUrl);
		expect((await r.goto(caseUrl))?.status()).toBe(404);
		await r.goto('/havenstad');
		await r.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
		await r.getByText(`Jij kent de regels. ${wish}.`).waitFor();
		await look(r);
		await r.getByRole('button', { name: 'Ja, ik kom aan tafel' }).click();
		await r.waitForURL(caseUrl);
		await r.getByRole('link', { name: 'Leg afspraak vast' }).click();
		await r.getByLabel('Wat ga je doen?').fill('Voorschot aanvragen');
		await look(r);
		await r.getByRole('button', { name: 'Leg afspraak vast' }).click();
		await r.waitForURL(caseUrl);
		await r.getByRole('button', { name: 'Gedaan', exact: true }).click();
		await r.getByText('Gemeld, wacht op bevestiging.').waitFor();
		await look(r);
		await a.goto(caseUrl);
		await a.getByRole('button', { name: 'Klopt', exact: true }).click();
		await a.getByText('Nagekomen.', { exact: true }).waitFor();
		expect(await a.locator('.gangplank .boards li.laid').count()).toBe(1);

		// 4. Money in the light lane; three colleagues of the team agree, and the third opens the payment.
		const opened = Date.now();
		await a.getByRole('link', { name: 'Vraag geld' }).click();
		await a.getByLabel('Wat is er nodig?').fill(wish);
		await a.getByLabel('Hoeveel euro?').fill(amount);
		await a.getByLabel('Van wie komt het?').fill('Kringloop De Kade');
		await a.getByLabel('Waarom geen regeling, of niet op tijd?').fill('Bijzondere bijstand duurt acht weken.');
		await a.getByLabel('Welk team beslist?').selectOption({ label: 'Team Noord' });
		await look(a);
		await a.getByRole('button', { name: 'Vraag het je team' }).click();
		await a.waitForURL(/\/geld\/[0-9a-f-]{36}$/);
		expect(Date.now() - opened).toBeLessThan(90_000);
		const requestUrl = a.url();
		await a.getByText('Nog niemand is akkoord.').waitFor();
		await look(a);
		for (const voter of [n, r]) {
			await voter.goto('/havenstad');
			await look(voter);
			await voter.getByRole('link', { name: `${wish} Bijzondere bijstand` }).click();
			await voter.getByText(`Het gaat om € ${amount} uit de pot.`).waitFor();
			await look(voter);
			// Ravi sits at the table: to him it is not said that he does not see the case.
			expect(await voter.getByText(/zie je niet|Je ziet de casus niet/).count()).toBe(voter === r ? 0 : 2);
			if (voter === r) break;
			await voter.getByRole('button', { name: 'Akkoord', exact: true }).click();
			await voter.getByRole('heading', { name: 'Jouw antwoord' }).waitFor();
			await look(voter);
		}
		await letter.goto(await nextLink(letter, firstLink));
		await letter.getByText(`Het gaat om € ${amount} uit de pot.`).waitFor();
		await look(letter);
		await letter.getByRole('button', { name: 'Akkoord', exact: true }).click();
		await letter.getByRole('heading', { name: 'Dank je wel' }).waitFor();
		await a.goto(requestUrl);
		await a.getByText('2 collega’s zijn akkoord.').waitFor();
		expect(await a.getByRole('link', { name: 'Betaal', exact: true }).count()).toBe(0);
		await look(a);
		await r.getByRole('button', { name: 'Akkoord', exact: true }).click();
		await r.getByRole('heading', { name: 'Jouw antwoord' }).waitFor();
		await a.goto(requestUrl);
		await a.getByText('Toegekend, vandaag').waitFor();
		await look(a);

		// 5. Paid with the card of the team, with a photo of the receipt; the treasurer sees it in the book.
		await a.getByRole('link', { name: 'Betaal', exact: true }).click();
		await look(a);
		await a.getByLabel('Welk bedrag betaal je?').fill(amount);
		await a.getByLabel('Foto van de bon, of de factuur').setInputFiles(receipt);
		await a.getByLabel('Postcode').fill('5215 CD');
		await a.getByLabel('Huisnummer met toevoeging').fill(houseNumber);
		await a.getByLabel('Geboortedatum van de hoofdbewoner').fill('1979-03-08');
		await a.getByRole('button', { name: 'Voer de betaling in' }).click();
		const photo = await a.getByRole('link', { name: 'Bekijk de bon' }).getAttribute('href');
		await a.getByText('Hier is niets meer te betalen.').waitFor();
		expect(await a.getByText('Het blijft klaarstaan').count()).toBe(0);
		await look(a);
		await w.goto('/havenstad/pot');
		const paid = w
			.locator('#boek tbody')
			.filter({ hasText: /betaald met de pas/ })
			.first();
		expect((await paid.innerText()).replaceAll('\u00a0', ' ')).toContain(amount);
		await look(w);
		const shown = await willem.context.request.get(photo ?? '');
		expect([shown.status(), shown.headers()['content-type']]).toEqual([200, 'image/jpeg']);

		// 6. What it returns: a price from the list, then the break-even and the three ways.
		await a.goto(`${caseUrl}/opbrengst/vastleggen`);
		await look(a);
		await a.locator('#f-zoek').fill('opvang');
		await a.locator('#prijzen').getByRole('button', { name: 'Zoek', exact: true }).click();
		await a.getByText(/prijs gevonden|prijzen gevonden/).waitFor();
		await look(a);
		await a
			.getByRole('button', { name: /^Zet bij wat er dreigt/ })
			.first()
			.click();
		await a.getByLabel('Kans in procenten').fill('40');
		await a.getByLabel('Uren').fill('6');
		await a.getByLabel('Kosten per uur, in euro’s').fill('50');
		await a.getByLabel(/^Wat toch gebeurd was/).fill('20');
		await look(a);
		await a.getByRole('button', { name: 'Bereken', exact: true }).click();
		await a.waitForURL(`${caseUrl}/opbrengst`);
		await a
			.getByText(/^Loont /)
			.first()
			.waitFor();
		const ways = a
			.locator('section', { has: a.getByRole('heading', { name: 'Drie manieren van tellen' }) })
			.locator('table')
			.first();
		expect(await ways.locator('tbody > tr').count()).toBeGreaterThanOrEqual(3);
		for (const way of ['Alleen de euro uit de pot', 'Eraf wat toch gebeurd was', 'Alle uren erbij'])
			expect(await ways.innerText()).toContain(way);
		await look(a);

		// 7. It worked: who helped reads it on their own page, and still sees no case.
		await a.goto(caseUrl);
		await a.getByRole('button', { name: 'Het is gelukt' }).click();
		await a.getByText(/^Iedereen die meehielp, hoorde/).waitFor();
		await look(a);
		await f.goto('/havenstad');
		const thanks = f.locator('section', { has: f.getByRole('heading', { name: 'Hier hielp jij mee' }) });
		await thanks.getByText('Je gaf antwoord op een vraag').first().waitFor();
		expect(await thanks.innerText()).not.toContain(pseudonym);
		await look(f);

		// 8. Why was this needed: the cause gets a name.
		await a.getByRole('link', { name: 'Noem het knelpunt' }).first().click();
		await look(a);
		await a.getByRole('radio', { name: /^Een wachttijd/ }).check();
		await a.getByLabel(/^Wie gaat hierover/).selectOption({ label: 'Gemeente Havenstad' });
		await a.getByLabel(/^Hoe heet het, kort/).fill(cause);
		await a.getByRole('button', { name: 'Noem het knelpunt' }).click();
		await a.waitForURL(caseUrl);
		await a.getByText(cause).first().waitFor();
		await look(a);

		// 9. The network counts one case more with a cause, and shows the cause beside the others.
		expect(await countCases(w)).toEqual(countBefore.map((count) => count + 1));
		await look(w);
		await w.goto('/havenstad/knelpunten');
		await w.getByRole('link', { name: cause }).first().waitFor();
		await look(w);

		for (const one of [anouk, noor, fatima, ravi, willem]) await one.context.close();
		await letter.close();
	});
});
