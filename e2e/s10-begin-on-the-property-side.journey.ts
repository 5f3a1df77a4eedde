import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { submit } from './loop/walk.ts';
import { serveNetwork } from './served-network.ts';
import type { ServedNetwork } from './served-network.ts';

/**
 * S10: a housing association and a builder begin a network of two, from a file and the mail, with one agreement on the maintenance, in three screens on
 * day one; then they agree on the whole chain, measure, read whether it is on course, and carry what they learned to care. Without script for the one,
 * with it for the others; who does not sit there finds nothing.
 */

const twoOrganisations = {
	...{ slug: 'oever', name: 'Netwerk De Oever' },
	organisations: [
		{ code: 'zeewering', name: 'Wonen aan de Zeewering', kind: 'housing_association' },
		{ code: 'steiger', name: 'Bouwbedrijf Steiger', kind: 'builder' }
	],
	people: [
		['Tom de Graaf', 'tom@zeewering.example', 'zeewering', 'opzichter', ['professional']],
		['Ilse Kramer', 'ilse@zeewering.example', 'zeewering', 'bestuurder', ['governor', 'professional']],
		['Joris Kuiper', 'joris@steiger.example', 'steiger', 'projectleider', ['professional', 'governor']],
		['Dilan Aydin', 'dilan@steiger.example', 'steiger', 'bedrijfsleider', ['administrator']]
	].map(([name, email, organisation, work, roles]) => ({ name, email, memberships: [{ organisation, function: work, roles }] }))
};

let network: ServedNetwork;
let browser: Browser;
/** Who works and who governs at the association, the builder who answers for the builder, and who administers there. */
let tom: Page, ilse: Page, joris: Page, dilan: Page;
beforeAll(async () => {
	[network, browser] = await Promise.all([serveNetwork(twoOrganisations), openBrowser()]);
	[tom, joris, ilse, dilan] = await Promise.all([
		network.signIn(browser, 'tom@zeewering.example'),
		network.signIn(browser, 'joris@steiger.example'),
		network.signIn(browser, 'ilse@zeewering.example', { javaScriptEnabled: false }),
		network.signIn(browser, 'dilan@steiger.example')
	]);
});
afterAll(async () => {
	await browser.close();
	await network.stop();
});

const said = (page: Page): Promise<string> => page.locator('main').innerText();
const look = async (page: Page): Promise<void> => {
	await expectAccessible(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)).toBe(false);
};
const choose = async (page: Page, field: string, who: string): Promise<void> => {
	const option = page.locator(`select[name="${field}"] option`, { hasText: who });
	await page.locator(`select[name="${field}"]`).selectOption((await option.first().getAttribute('value')) ?? '');
};
const fill = (page: Page, name: string, text: string): Promise<void> => page.locator(`[name="${name}"]`).fill(text);

let project = '';

test('a network of two, where nothing is yet, says on every page what one can do', { timeout: 120_000 }, async () => {
	const nothing: string[] = [];
	for (const page of [tom, dilan]) {
		for (const place of [
			'',
			'/onderhoud',
			'/vertrouwen',
			'/lessen',
			'/overleg',
			'/kennis',
			'/vragen',
			'/netwerk',
			'/knelpunten',
			'/mijn/aandacht',
			'/begin'
		]) {
			expect((await page.goto(`/oever${place}`))?.status(), place).toBe(200);
			await look(page);
			// Something to press or to follow stands in what the page is about.
			if ((await page.locator('main').locator('a, button').count()) === 0) nothing.push(place);
		}
	}
	expect(nothing).toEqual([]);
	await tom.goto('/oever');
	await tom.getByRole('link', { name: 'Begin met één afspraak over onderhoud' }).waitFor();
});

test('one agreement on the maintenance, on day one: the work, a yes, the agreement', { timeout: 120_000 }, async () => {
	const [page, other] = [tom, joris];
	await page.goto('/oever');
	await page.getByRole('link', { name: 'Begin met één afspraak over onderhoud' }).click();
	// The first screen: what, and with whom.
	await submit(page, 'Vraag of ze meedoen');
	expect(await page.locator('.field-error').count()).toBeGreaterThan(0);
	await fill(page, 'title', 'Onderhoud Zeezicht');
	await choose(page, 'membershipId', 'Joris Kuiper');
	await fill(page, 'message', 'Zullen we de portieken van Zeezicht samen plannen?');
	await look(page);
	await submit(page, 'Vraag of ze meedoen');
	project = new URL(page.url()).pathname;
	expect(await said(page)).toContain('Wacht op een ja');
	await look(page);

	// The second: the other one says yes, and knows beforehand that it is no case.
	await other.goto(project);
	expect(await other.locator('h1').innerText()).not.toContain('Zeezicht');
	await other.goto('/oever');
	const invited = other.locator('main').getByText('Tom de Graaf').first();
	await invited.waitFor();
	await other.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
	expect(await said(other)).toContain('Het gaat niet om een casus, maar om werk van organisaties samen.');
	await look(other);
	await submit(other, /^Ja/);
	expect(new URL(other.url()).pathname).toBe(project);

	// The third: the agreement.
	await page.goto(project);
	await page.getByRole('link', { name: 'Leg afspraak vast' }).click();
	await fill(page, 'what', 'Ik geef elke maand door welke woningen leeg komen.');
	await look(page);
	await submit(page, 'Leg afspraak vast');
	expect(new URL(page.url()).pathname).toBe(project);
	expect(await said(page)).toContain('Ik geef elke maand door welke woningen leeg komen.');
	await look(page);

	await page.goto(project);
	await submit(page, /^Gedaan/);
	await other.goto('/oever');
	expect(await said(other)).toContain('Onderhoud Zeezicht');
	await other.goto(project);
	await submit(other, 'Klopt');
	expect(await said(other)).toContain('Ik geef elke maand door welke woningen leeg komen.');

	// The builder waits with something: a time-out at the same table, in the words of work and not of a case.
	await other.getByRole('link', { name: 'Leg afspraak vast' }).click();
	await other.getByRole('link', { name: 'Geef een time-out' }).click();
	expect(await said(other)).not.toContain('ontruiming');
	await look(other);
	await fill(other, 'what', 'Wij beginnen nog niet aan portiek drie.');
	await other.getByLabel('Dit valt binnen wat ik zelf mag afspreken').check();
	await submit(other, 'Geef deze time-out');
	expect(await other.locator('.field-error').count()).toBe(1);
	await fill(other, 'proof', 'Jullie praten eerst met de bewoners.');
	await submit(other, 'Geef deze time-out');
	expect(new URL(other.url()).pathname).toBe(project);
	expect(await said(other)).toContain('Intussen: Jullie praten eerst met de bewoners.');
	const aside = await other.locator('aside').innerText();
	expect(aside).toContain('Nodigt anderen uit');
	expect(aside).not.toContain('casus');
	await look(other);

	// To everyone else it does not exist; to money, questions and causes it is no case.
	for (const place of [project, `${project}/keten`, `${project}/cijfers.csv`]) expect((await dilan.goto(place))?.status()).toBe(404);
	const id = project.split('/').at(-1) ?? '';
	expect((await page.goto(`/oever/casus/${id}/geld`))?.status()).toBe(404);
	await page.goto(`/oever/casus/${id}`);
	expect(new URL(page.url()).pathname).toBe(project);
});

test('the chain is agreed by who binds each side, measured, and on course', { timeout: 180_000 }, async () => {
	const [page, other] = [tom, joris];
	// The association's governor is asked to the table: Tom may not bind it.
	await page.goto(`${project}/uitnodigen`);
	await choose(page, 'membershipId', 'Ilse Kramer');
	await fill(page, 'message', 'Wil jij ja zeggen voor de Zeewering?');
	await submit(page, 'Vraag aan tafel');
	await ilse.goto('/oever');
	await ilse.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
	await submit(ilse, /^Ja/);

	await other.goto(`${project}/keten`);
	await look(other);
	await fill(other, 'demand', 'Een reparatie is in één keer goed.');
	const measure = async (index: number, title: string, better: string, baseline: string, steps: string): Promise<void> => {
		await fill(other, `kpis.${index}.title`, title);
		await other.locator(`select[name="kpis.${index}.code"]`).selectOption('own');
		await fill(other, `kpis.${index}.unit`, '%');
		await other.locator(`select[name="kpis.${index}.better"]`).selectOption(better);
		await fill(other, `kpis.${index}.baseline`, baseline);
		await fill(other, `kpis.${index}.steps`, steps);
	};
	await measure(0, 'In één keer goed', 'higher', '70', '80; 2030-01-01; 1500\n90');
	await measure(1, 'Op tijd', 'higher', '60,5', '75');
	await choose(other, await coordinatorField(other, 'Wonen aan de Zeewering'), 'Tom de Graaf');
	await submit(other, 'Stel deze afspraak voor');
	// Nothing typed is lost, and what lacks is named: a conflict, and a third measure.
	expect(await said(other)).toContain('Hoe lossen we een conflict op?');
	expect(await other.locator('[name="kpis.0.title"]').inputValue()).toBe('In één keer goed');
	await look(other);
	await fill(other, 'conflict', 'Wie het ziet, belt dezelfde dag.');
	await measure(2, 'Veilig gewerkt', 'not_worse', '98', '98');
	await submit(other, 'Stel deze afspraak voor');
	expect(await said(other)).toContain('Dit voorstel wacht');
	await look(other);

	await ilse.goto('/oever');
	expect(await said(ilse)).toContain('In “Onderhoud Zeezicht” wacht een ketenafspraak');
	await ilse.goto(`${project}/keten`);
	await submit(ilse, 'Wij doen mee');
	expect(await said(ilse)).toContain('Dit geldt nu');
	await page.goto(`${project}/keten`);
	expect(await page.getByRole('button', { name: 'Wij doen mee' }).count()).toBe(0);

	await page.goto(`${project}/cijfers`);
	await look(page);
	await submit(page, 'Vul deze standen in');
	expect(await said(page)).toContain('Vul minstens één stand in.');
	await page.getByLabel('In één keer goed (in %)').fill('7x');
	await submit(page, 'Vul deze standen in');
	expect(await page.getByLabel('In één keer goed (in %)').inputValue()).toBe('7x');
	await page.getByLabel('In één keer goed (in %)').fill('74,5');
	await submit(page, 'Vul deze standen in');
	expect(await said(page)).toContain('op koers');
	// From a spreadsheet, without script.
	await ilse.goto(`${project}/cijfers`);
	await ilse.getByText('Plak regels uit een rekenblad').click();
	await ilse.locator('form[action="?/paste"] [name="lines"]').fill('Op tijd;2026-01-31;59\nOp tjd;2026-02-28;66');
	await submit(ilse, 'Vul deze regels in');
	expect(await said(ilse)).toContain('Regel 2: “Op tjd” meten jullie niet.');
	await ilse.locator('form[action="?/paste"] [name="lines"]').fill('Op tijd;2026-01-31;59\nOp tijd;2026-02-28;58,5');
	await submit(ilse, 'Vul deze regels in');
	expect(await said(ilse)).toContain('loopt achter');

	// Orders out of another system, by the status that VERA has for them; a row that is not known is told with what to do.
	await ilse.getByText('Plak opdrachten met hun status').click();
	const paste = ilse.locator('form[action="?/statuses"]');
	await paste.getByLabel('Regels').fill('Status;Aantal\nTEC;12\nKlaar;3');
	await paste.getByLabel('Daarvan bekeken').fill('6');
	await paste.getByLabel('Daarvan met een opmerking').fill('0');
	await paste.getByRole('button', { name: 'Tel deze opdrachten' }).click();
	await ilse.getByText('Regel 3: “Klaar” is geen status van VERA.').first().waitFor();
	await paste.getByLabel('Regels').fill('Status;Aantal\nTEC;12\nOrder in steekproef;3\nINB;5');
	await paste.getByRole('button', { name: 'Tel deze opdrachten' }).click();
	await ilse.getByRole('cell', { name: 'nog te doen' }).waitFor();
	expect(await said(ilse)).toMatch(/STE Order in steekproef\s+klaar\s+3/);

	const [download] = await Promise.all([page.waitForEvent('download'), page.goto(`${project}/cijfers.csv`).catch(() => null)]);
	const file = readFileSync((await download.path()) ?? '', 'utf8');
	expect(file).toMatch(/Op tijd,%,stand,2026-01-31,59\r\n/);
	expect(file).toMatch(/,opdrachten,TEC Technisch gereed,[0-9-]+,12\r\n/);
	await page.goto(project);
	expect(await said(page)).toMatch(/In één keer goed\s+op koers/);
	await look(page);
});

test('what was learned there is offered where a care agreement of like form is made, and taken over', { timeout: 120_000 }, async () => {
	await joris.goto(project);
	await joris.getByRole('link', { name: /Schrijf het op/ }).click();
	await joris.locator('select[name="form"]').selectOption('joint_planning');
	await fill(joris, 'title', 'Op vrijdag samen de agenda plannen');
	await fill(joris, 'did', 'Wij zetten elke vrijdag samen alle bezoeken in één agenda.');
	await fill(joris, 'changed', 'Niemand staat nog voor een dichte deur.');
	await look(joris);
	await submit(joris, 'Zet erbij');

	// The first case of the network: Tom's, of someone who lives there, with his governor at the table.
	await tom.goto('/oever/casus/nieuw');
	await fill(tom, 'stuck', 'Drie hulpverleners komen op drie dagen.');
	await fill(tom, 'firstNeed', 'Rust in huis.');
	await fill(tom, 'ownOrganisation', 'Wij kunnen een vast gezicht sturen.');
	await tom.locator('input[name="residentKnows"][value="yes"]').check();
	await tom.getByRole('button', { name: 'Breng de casus in' }).click();
	await tom.waitForURL(/\/casus\/[0-9a-f-]{36}$/);
	const table = new URL(tom.url()).pathname;
	await tom.goto(`${table}/uitnodigen`);
	await choose(tom, 'membershipId', 'Ilse Kramer');
	await fill(tom, 'message', 'Plan je mee?');
	await submit(tom, 'Vraag aan tafel');
	await ilse.goto('/oever');
	await ilse.getByRole('link', { name: 'Bekijk de uitnodiging' }).first().click();
	await submit(ilse, /^Ja/);

	await tom.goto(`${table}/afspraak`);
	await tom.getByText('Hoe deden anderen zoiets?').click();
	await tom.locator('select[name="vorm"]').selectOption('joint_planning');
	await submit(tom, 'Laat zien');
	expect(await said(tom)).toContain('Op vrijdag samen de agenda plannen');
	await fill(tom, 'what', 'Ik zet elke vrijdag onze bezoeken in één agenda.');
	await submit(tom, 'Leg afspraak vast');
	await tom.getByRole('link', { name: 'Zo deden anderen dit' }).first().click();
	await submit(tom, /^Ik doe het zo/);
	expect(await said(tom)).toContain('Staat bij deze afspraak');
	await look(tom);
});

/** The field in which is chosen who coordinates for an organisation. */
async function coordinatorField(page: Page, organisation: string): Promise<string> {
	return (await page.getByLabel(`Wie stemt af voor ${organisation}?`).getAttribute('name')) ?? '';
}
