import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { submit } from './loop/walk.ts';
import { underWay } from './under-way.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';
import type { SignedInBrowser } from './signed-in.ts';

/**
 * S4: the management team is replaced by a vision team. Director and deputy have a fixed seat and nothing more; a consulent joins for the item that
 * she knows of, and her objection counts; who works elsewhere does not see it.
 */

let demo: ServedDemo;
let browser: Browser;
/** The director, the administrator as deputy, the consulent, and someone of another organisation: signed in at once. */
let bas: SignedInBrowser, petra: SignedInBrowser, anouk: SignedInBrowser, noor: SignedInBrowser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	[bas, petra, anouk, noor] = (await Promise.all(
		['Bas Oudeland', 'Petra Smit', 'Anouk Zeeman', 'Noor Yilmaz'].map((name) => signInAs(browser, demo.address, name))
	)) as [SignedInBrowser, SignedInBrowser, SignedInBrowser, SignedInBrowser];
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const said = (page: Page): Promise<string> => page.locator('main').innerText();
/** A day in the year that comes, so that the meeting lies over the end of this one. */
const day = (): string => `${new Date().getFullYear() + 1}-01-12`;

test('director and deputy sit in it, a consulent joins for one item, and her objection counts', { timeout: 120_000 }, async () => {
	await petra.page.goto('/havenstad');
	await petra.page.getByRole('link', { name: 'Overleg', exact: true }).first().click();
	await petra.page.getByRole('link', { name: 'Maak een overleg' }).click();
	await petra.page.getByLabel('Hoe heet het?').fill('Visieteam zorg en wonen');
	await petra.page.getByLabel('Wat voor overleg is het?').selectOption('vision_team');
	await petra.page.getByLabel('Van onze organisatie').check();
	await expectAccessible(petra.page);
	await submit(petra.page, 'Maak een overleg');
	const body = new URL(petra.page.url()).pathname;
	await petra.page.getByText('Een vaste plek aanbieden').click();
	await petra.page.getByLabel('Aan wie?').selectOption({ label: 'Bas Oudeland (Woningstichting De Kade)' });
	await submit(petra.page, 'Bied een plek aan');

	// The director decides whether he sits in it, and convenes.
	await bas.page.goto('/havenstad');
	expect(await said(bas.page)).toContain('Visieteam zorg en wonen');
	await bas.page.goto(body);
	await submit(bas.page, 'Ja, ik neem deze plek');
	await bas.page.getByLabel('Dag').fill(day());
	await bas.page.getByLabel('Van', { exact: true }).fill('half tien');
	await bas.page.getByLabel('Tot', { exact: true }).fill('11:00');
	await submit(bas.page, 'Roep bij elkaar');
	expect(await said(bas.page)).toContain('Schrijf een tijd, zoals 9:30 of 14:05.');
	await bas.page.getByLabel('Van', { exact: true }).fill('9:30');
	await submit(bas.page, 'Roep bij elkaar');
	const meeting = new URL(bas.page.url()).pathname;
	expect(await said(bas.page)).toContain('van 09:30 tot 11:00');

	// The consulent puts an item on the agenda and joins for it.
	await anouk.page.goto(meeting);
	await anouk.page.getByLabel('Waar gaat het over?').fill('Wie belt er op vrijdag?');
	await submit(anouk.page, 'Zet op de agenda');
	const item = new URL(anouk.page.url()).pathname;
	// Bas has the agenda open on his phone: the item, her seat at it and the decision come in by themselves.
	await bas.page.goto(meeting);
	await bas.page.waitForTimeout(700);
	await anouk.page.goto(meeting);
	await submit(anouk.page, /Ik sluit aan bij dit punt/);
	await bas.page.locator('main').getByText('1 collega sloot aan').waitFor();
	expect(new URL(anouk.page.url()).pathname).toBe(item);
	await expectAccessible(anouk.page);

	await petra.page.goto(item);
	await petra.page.getByLabel('Wat besluiten we?').fill('Op vrijdag belt niemand.');
	await submit(petra.page, 'Doe dit voorstel');
	await anouk.page.goto(item);
	await anouk.page.getByLabel('Ik heb bezwaar').check();
	await submit(anouk.page, 'Zeg wat ik vind');
	expect(await anouk.page.locator('.field-error').count()).toBe(1);
	await anouk.page.getByLabel('Waarom?').first().fill('Dan ligt een ontruiming het hele weekend stil.');
	await submit(anouk.page, 'Zeg wat ik vind');

	// Nothing is decided before the meeting begins: it is moved to this moment.
	await bas.page.goto(item);
	expect(await said(bas.page)).toContain('Een besluit leg je vast zodra de bijeenkomst is begonnen.');
	expect(await bas.page.getByRole('button', { name: 'Leg vast' }).count()).toBe(0);
	await bas.page.goto(meeting);
	await bas.page.getByText('Verzetten of afzeggen').click();
	const now = underWay(new Date());
	for (const [label, text] of [
		['Dag', now.day],
		['Van', now.from],
		['Tot', now.until]
	] as const)
		await bas.page.getByLabel(label, { exact: true }).fill(text);
	await submit(bas.page, 'Verzet de bijeenkomst');

	// The director has a seat, and no more than that: the objection stands in his way too.
	await bas.page.goto(item);
	expect(await said(bas.page)).toContain('Dan ligt een ontruiming het hele weekend stil.');
	await bas.page.getByLabel('We besluiten dit voorstel').check();
	await bas.page.locator('#f-because').fill('Zo is het rustig.');
	await submit(bas.page, 'Leg vast');
	expect(await said(bas.page)).toContain('Er is nog een bezwaar tegen dit voorstel.');
	expect(await said(bas.page)).toContain('Anouk Zeeman');

	// A changed proposal: everyone says anew what they find, and it is decided with its reason.
	await petra.page.goto(item);
	await petra.page.getByText('Het voorstel aanpassen').click();
	await petra.page.getByLabel('Wat besluiten we?').fill('Op vrijdag belt wie dienst heeft.');
	await submit(petra.page, 'Doe dit voorstel');
	const agrees = async ({ page }: SignedInBrowser): Promise<void> => {
		await page.goto(item);
		await page.getByLabel('Ik ben voor, of heb geen bezwaar').check();
		await submit(page, 'Zeg wat ik vind');
	};
	await agrees(anouk);
	await agrees(bas);
	// Nobody decides alone: the other fixed seat has said nothing yet.
	await bas.page.getByLabel('We besluiten dit voorstel').check();
	await bas.page.locator('#f-because').fill('Zo is er altijd iemand.');
	await submit(bas.page, 'Leg vast');
	expect(await said(bas.page)).toContain('Niemand besluit alleen');
	await agrees(petra);
	await bas.page.goto(item);
	await bas.page.getByLabel('We besluiten dit voorstel').check();
	await bas.page.locator('#f-because').fill('Zo is er altijd iemand, en niemand hoeft altijd.');
	await expectAccessible(bas.page);
	await anouk.page.goto(meeting);
	await anouk.page.waitForTimeout(700);
	await submit(bas.page, 'Leg vast');
	await anouk.page.locator('main').getByText('besloten').waitFor();
	await anouk.page.goto(item);
	const minutes = await said(anouk.page);
	expect(minutes).toContain('Op vrijdag belt wie dienst heeft.');
	expect(minutes).toContain('Zo is er altijd iemand, en niemand hoeft altijd.');
	expect(minutes).toContain('Vastgelegd door Bas Oudeland');
	expect(await anouk.page.getByRole('button', { name: 'Zeg wat ik vind' }).count()).toBe(0);

	// Closed is closed: who comes later joins no more.
	const late = await petra.context.request.post(`${item}?/join`, {
		form: { key: crypto.randomUUID() },
		headers: { origin: demo.address, accept: 'application/json', 'x-sveltekit-action': 'true' }
	});
	expect(await late.text()).toContain('item_closed');

	// Another item does not fit any more: it goes on to the next meeting, with who joined for it; who looks at that agenda sees it come.
	await anouk.page.goto(meeting);
	await anouk.page.getByLabel('Waar gaat het over?').fill('Wie heeft de sleutels?');
	await submit(anouk.page, 'Zet op de agenda');
	const second = new URL(anouk.page.url()).pathname;
	await submit(anouk.page, 'Ik sluit aan bij dit punt');
	await bas.page.goto(second);
	await bas.page.getByText('Doorschuiven of van de agenda halen').click();
	expect(await said(bas.page)).toContain('Er is nog geen volgende bijeenkomst');
	await bas.page.getByRole('link', { name: 'Roep eerst bij elkaar' }).click();
	await bas.page.getByLabel('Dag').fill(day());
	await bas.page.getByLabel('Van', { exact: true }).fill('9:30');
	await bas.page.getByLabel('Tot', { exact: true }).fill('11:00');
	await submit(bas.page, 'Roep bij elkaar');
	const next = new URL(bas.page.url()).pathname;
	await petra.page.goto(next);
	await petra.page.waitForTimeout(700);
	await bas.page.goto(second);
	await bas.page.getByText('Doorschuiven of van de agenda halen').click();
	await bas.page.locator('#f-carryWhy').fill('De tijd was op.');
	await expectAccessible(bas.page);
	await submit(bas.page, 'Schuif door');
	expect(new URL(bas.page.url()).pathname.startsWith(`${next}/`)).toBe(true);
	await petra.page.locator('main').getByText('Wie heeft de sleutels?').waitFor();
	await anouk.page.goto(meeting);
	expect(await said(anouk.page)).toContain('doorgeschoven naar');
	expect(await said(anouk.page)).toContain('De tijd was op.');
	// The address of before leads to where it stands now; she still sits at it, and takes her own item off in time.
	await anouk.page.goto(second);
	expect(new URL(anouk.page.url()).pathname.startsWith(`${next}/`)).toBe(true);
	expect(await said(anouk.page)).toContain('Jij bent aangesloten bij dit punt.');
	await anouk.page.locator('summary', { hasText: 'Haal van de agenda' }).click();
	await anouk.page.locator('#f-offWhy').fill('De beheerder heeft ze.');
	await submit(anouk.page, 'Haal van de agenda');
	expect(await said(anouk.page)).toContain('Dit punt is van de agenda gehaald.');
	expect(await said(anouk.page)).toContain('De beheerder heeft ze.');

	// Who works elsewhere sees none of it.
	for (const address of [body, meeting, item]) expect((await noor.page.goto(address))?.status(), address).toBe(404);
	await noor.page.goto('/havenstad/overleg');
	expect(await said(noor.page)).not.toContain('Visieteam');
});

test('what came of an item is asked of who keeps the minutes, until each has its word', async () => {
	await anouk.page.goto('/havenstad');
	expect(await said(anouk.page)).not.toContain('Nog niet alles is vastgelegd.');
	await bas.page.goto('/havenstad');
	await bas.page.locator('.needs', { hasText: 'Wat kwam er uit Visieteam De Kade' }).getByRole('link', { name: 'Bekijk' }).click();
	expect(await said(bas.page)).toContain('Van 1 punt staat er nog niet bij wat eruit kwam.');
	expect(await said(bas.page)).toContain('doorgeschoven naar');
	await expectAccessible(bas.page);
	await bas.page.getByRole('link', { name: 'Wie neemt op vrijdag de telefoon op?' }).click();
	await bas.page.getByLabel('Ter kennisname: er was niets te besluiten').check();
	await bas.page.locator('#f-because').fill('Petra vertelde hoe druk het op vrijdag is.');
	await submit(bas.page, 'Leg vast');
	await expectAccessible(bas.page);
	expect(await said(bas.page)).toContain('Dit punt was ter kennisname');
	await bas.page.goto('/havenstad');
	expect(await said(bas.page)).not.toContain('Wat kwam er uit Visieteam De Kade');
});

test('what one joined stands on one’s own agenda, and goes into any calendar', async () => {
	await anouk.page.goto('/havenstad/mijn/agenda');
	const agenda = await said(anouk.page);
	expect(agenda).toContain('Visieteam zorg en wonen');
	expect(agenda).toContain('Leerbijeenkomst: wat werkte');
	await expectAccessible(anouk.page);
	const file = await anouk.context.request.get('/havenstad/mijn/agenda/alles.ics');
	expect(file.headers()['content-type']).toBe('text/calendar; charset=utf-8');
	const text = await file.text();
	expect(text).toMatch(/DTSTART:\d{8}T\d{6}Z/);
	expect(text).toContain('SUMMARY:Visieteam zorg en wonen\r\n');
	expect(text).toContain('SUMMARY:Casustafel\r\n');
	expect((await noor.context.request.get('/havenstad/mijn/agenda/niets.ics')).status()).toBe(404);
});

test('a calendar reads the own agenda by a private address, without signing in, until it is taken back', async () => {
	await bas.page.goto('/havenstad/mijn/agenda');
	await submit(bas.page, 'Maak het adres');
	const address = new URL((await bas.page.locator('#adres .address').innerText()).split(' ').at(-1) ?? '').pathname;
	await expectAccessible(bas.page);
	const nobody = await browser.newContext({ baseURL: demo.address });
	const read = await nobody.request.get(address);
	expect([read.status(), read.headers()['content-type'], read.headers()['x-robots-tag']]).toEqual([
		...[200, 'text/calendar; charset=utf-8', 'noindex, nofollow']
	]);
	expect(await read.text()).toContain('SUMMARY:Visieteam zorg en wonen\r\n');
	await bas.page.goto('/havenstad/mijn/agenda');
	expect(await said(bas.page)).not.toContain(address);
	await submit(bas.page, 'Trek het adres in');
	expect((await nobody.request.get(address)).status()).toBe(404);
	await nobody.close();
});

test('at the case table each sees only the cases at whose table they sit', async () => {
	const marieke = await signInAs(browser, demo.address, 'Marieke Dijkstra');
	const casesOf = async ({ page }: SignedInBrowser): Promise<string[]> => {
		await page.goto('/havenstad/overleg');
		await page.getByRole('link', { name: 'Casustafel Noord' }).click();
		await page.locator('main ul.lines a').first().click();
		await page.getByRole('heading', { name: 'Jouw casussen aan deze tafel' }).waitFor();
		return await page.locator('main a[href*="/casus/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
	};
	const seen = { anouk: await casesOf(anouk), noor: await casesOf(noor), marieke: await casesOf(marieke) };
	expect(seen.anouk.length).toBeGreaterThan(0);
	expect(seen.noor.length).toBeGreaterThan(0);
	expect(seen.marieke).toEqual([]);
	const [own = ''] = seen.anouk;
	expect((await anouk.page.goto(own))?.status()).toBe(200);
	await expectAccessible(anouk.page);
	expect((await marieke.page.goto(own))?.status()).toBe(404);
	if (!seen.noor.includes(own)) expect((await noor.page.goto(own))?.status()).toBe(404);
	await anouk.page.getByLabel('Wat is afgesproken?').fill('De regeling begint in januari.');
	await anouk.page.locator('#f-reason').fill('Dan is het loon binnen.');
	await submit(anouk.page, 'Leg vast');
	expect(await said(anouk.page)).toContain('De regeling begint in januari.');
	await marieke.context.close();
});
