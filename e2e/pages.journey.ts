import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';
import type { SignedInBrowser } from './signed-in.ts';

/** Every page in every state that people meet: accessible, within its width, in both languages and both themes. */

let demo: ServedDemo;
let browser: Browser;
/** Addresses of cases made for this journey. */
let cases: { heavy: string; closed: string; reopened: string; fresh: string; invited: string };

beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	cases = await makeCases();
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const longWord = 'Arbeidsongeschiktheidsverzekeringsmaatschappij';
const words = { stuck: 'Geen inkomen.', firstNeed: 'Brood.', ownOrganisation: 'Wij bellen.', residentKnows: 'yes' };

async function makeCases(): Promise<typeof cases> {
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const ravi = await signInAs(browser, demo.address, 'Ravi Kanhai');
	const bringIn = (fields: Readonly<Record<string, string>>): Promise<string> => anouk.post('/havenstad/casus/nieuw', fields);

	const heavy = await bringIn({
		...words,
		stuck: `${'W'.repeat(400)} ${'Er is van alles geprobeerd. '.repeat(3600)}`.slice(0, 100_000),
		goal: `${longWord}${longWord} moet mij met rust laten.`,
		looming: `${longWord}${longWord}${longWord} zet de uitkering stop.`
	});
	await invite(anouk, ravi, heavy);
	for (let count = 1; count <= 12; count++) await agree(ravi, heavy, `${count % 3 === 0 ? longWord : 'Bellen'} over stap ${count}`);

	const closed = await bringIn(words);
	await close(anouk, closed);
	const reopened = await bringIn(words);
	await close(anouk, reopened);
	await anouk.post(`${reopened}?/reopen`, {});
	const fresh = await bringIn(words);
	const invited = await bringIn(words);
	await askRavi(anouk, invited);
	await Promise.all([anouk.context.close(), ravi.context.close()]);
	return { heavy, closed, reopened, fresh, invited };
}

const close = (anouk: SignedInBrowser, address: string): Promise<string> =>
	anouk.post(`${address}/sluiten`, { outcome: 'helped', cause: 'none', words: `${longWord} hielp niet.` });

async function askRavi(anouk: SignedInBrowser, address: string): Promise<void> {
	await anouk.page.goto(`${address}/uitnodigen`);
	const membershipId = await anouk.page.locator('option', { hasText: 'Ravi Kanhai' }).getAttribute('value');
	await anouk.post(`${address}/uitnodigen`, { membershipId: membershipId ?? '', message: 'Denk je mee?' });
}

async function invite(anouk: SignedInBrowser, ravi: SignedInBrowser, address: string): Promise<void> {
	await askRavi(anouk, address);
	await ravi.page.goto('/havenstad');
	const invitation = await ravi.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
	await ravi.post(`${invitation}?/accept`, {});
}

/** Ravi promises something to Anouk. */
async function agree(ravi: SignedInBrowser, address: string, what: string): Promise<void> {
	await ravi.page.goto(`${address}/afspraak`);
	const receiverId = await ravi.page.locator('option', { hasText: 'Anouk Zeeman' }).getAttribute('value');
	await ravi.post(`${address}/afspraak?/make`, {
		what,
		receiverId: receiverId ?? '',
		dueOn: await ravi.page.getByLabel('Uiterlijk wanneer?').inputValue()
	});
}

/** One page as someone meets it: an address, and perhaps what they do there first. */
interface Visit {
	readonly name: string;
	readonly address: () => string;
	readonly status?: number;
	readonly first?: (page: Page) => Promise<unknown>;
}

const submit = (page: Page): Promise<unknown> =>
	Promise.all([page.waitForURL(/.*/, { waitUntil: 'load' }), page.locator('main form .acts button').last().click()]).then(() =>
		page.locator('.notice--wrong:visible').first().waitFor()
	);

const openVisits: readonly Visit[] = [
	{ name: 'front', address: () => '/' },
	{ name: 'sign in as', address: () => '/demo' },
	{ name: 'letters of the demo', address: () => '/demo/postbus' },
	{ name: 'sign in', address: () => '/inloggen' },
	{ name: 'sign in: sent', address: () => '/inloggen/verstuurd' },
	{ name: 'sign in: a link that is none', address: () => '/inloggen/link/forged', status: 0 },
	{ name: 'help', address: () => '/hulp' },
	{ name: 'accessibility', address: () => '/toegankelijkheid' },
	{ name: 'not there', address: () => '/nergens/hier', status: 404 }
];

const holderVisits: readonly Visit[] = [
	{ name: 'home with things waiting', address: () => '/havenstad' },
	{ name: 'intake', address: () => '/havenstad/casus/nieuw' },
	{ name: 'intake refused', address: () => '/havenstad/casus/nieuw', first: submit },
	{ name: 'intake: needed?', address: () => '/havenstad/casus/nieuw', first: askAcknowledgement },
	{ name: 'heavy case', address: () => cases.heavy },
	{ name: 'heavy case, read on', address: () => cases.heavy, first: (page) => page.locator('.said summary').first().click() },
	{ name: 'closed case', address: () => cases.closed },
	{ name: 'reopened case', address: () => cases.reopened },
	{ name: 'fresh case', address: () => cases.fresh },
	{ name: 'case with an invitation', address: () => cases.invited },
	{ name: 'invite', address: () => `${cases.fresh}/uitnodigen` },
	{ name: 'invite refused', address: () => `${cases.fresh}/uitnodigen`, first: submit },
	{ name: 'agreement, alone', address: () => `${cases.fresh}/afspraak` },
	{ name: 'agreement', address: () => `${cases.heavy}/afspraak` },
	{ name: 'agreement refused', address: () => `${cases.heavy}/afspraak`, first: submit },
	{ name: 'close', address: () => `${cases.heavy}/sluiten` },
	{ name: 'close refused', address: () => `${cases.heavy}/sluiten`, first: submit },
	{ name: 'return, not counted', address: () => `${cases.fresh}/opbrengst` },
	{ name: 'counting a return', address: () => `${cases.fresh}/opbrengst/vastleggen` },
	{ name: 'counting a return: prices found', address: () => `${cases.fresh}/opbrengst/vastleggen`, first: findPrice },
	{ name: 'counting a return, refused', address: () => `${cases.fresh}/opbrengst/vastleggen`, first: submit },
	{ name: 'nothing to follow up yet', address: () => `${cases.fresh}/opvolging` },
	{ name: 'who has seen', address: () => `${cases.heavy}/gezien` },
	{ name: 'network', address: () => '/havenstad/netwerk' },
	{ name: 'search', address: () => '/havenstad/zoeken' },
	{ name: 'own access', address: () => '/mijn/toegang' }
];

const otherVisits: readonly Visit[] = [
	{ name: 'home of who brings nothing in', address: () => '/havenstad' },
	{ name: 'may not', address: () => '/havenstad/casus/nieuw', status: 403 },
	{ name: 'case of others', address: () => cases.heavy, status: 404 }
];

async function findPrice(page: Page): Promise<void> {
	await page.locator('#f-zoek').fill('ontruiming');
	await page.locator('.find-row button').click();
	await page.locator('.price-found').first().waitFor();
}

async function askAcknowledgement(page: Page): Promise<void> {
	await page.locator('#f-stuck').fill('Bel 06-12345678.');
	await page.locator('#f-firstNeed').fill('Brood.');
	await page.locator('#f-ownOrganisation').fill('Wij bellen.');
	await page.locator('#f-residentKnows').check();
	await submit(page);
}

/** Looks at a page at three widths, and with axe at two of them, one theme each. */
async function look(page: Page, visit: Visit, language: 'nl' | 'en'): Promise<void> {
	const response = await page.goto(visit.address());
	if (visit.status !== 0) expect(response?.status(), visit.name).toBe(visit.status ?? 200);
	await visit.first?.(page);
	expect(await page.locator('html').getAttribute('lang'), visit.name).toBe(language);
	const said = await page.locator('body').innerText();
	expect(said, visit.name).toContain(language === 'nl' ? 'gemaakt met Loopplank' : 'made with Loopplank');
	expect(said, visit.name).not.toMatch(/undefined|\[object |\bNaN\b|\{\w+\}/);
	const themes = language === 'nl' ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
	for (const [width, theme] of [
		[1280, themes[0]],
		[360, themes[1]]
	] as const) {
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
		await expectAccessible(page);
		expect(await overflow(page), `${visit.name} at ${width}`).toBe(0);
	}
	await page.setViewportSize({ width: 320, height: 800 });
	expect(await overflow(page), `${visit.name} at 320`).toBe(0);
}

/** How many pixels the page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// Both languages at once: the browser works on two pages in two processes.
describe.concurrent.each([
	['nl', 'nl-NL'],
	['en', 'en-GB']
] as const)('in %s', (language, locale) => {
	test('what anyone sees', async () => {
		const context = await browser.newContext({ locale, baseURL: demo.address });
		const page = await context.newPage();
		for (const visit of openVisits) await look(page, visit, language);
		await context.close();
	});

	test('what the holder of cases sees', async () => {
		const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman', { locale });
		for (const visit of holderVisits) await look(page, visit, language);
		await page.goto('/havenstad/zoeken');
		await page.locator('main input[name="q"]').fill('Bossche Bond');
		await page.locator('main form button').click();
		const published = await page.locator('main ul.lines a').first().getAttribute('href');
		await look(page, { name: 'published case', address: () => published ?? '' }, language);
		await look(page, { name: 'its return', address: () => `${published}/opbrengst` }, language);
		await look(page, { name: 'its return, tried otherwise', address: () => `${published}/opbrengst?kans=50` }, language);
		await look(page, { name: 'its return, opened', address: () => `${published}/opbrengst`, first: openAll }, language);
		await context.close();
	});

	test('what someone at the table, and someone who is not, sees', async () => {
		const ravi = await signInAs(browser, demo.address, 'Ravi Kanhai', { locale });
		await look(ravi.page, { name: 'case at which one sits', address: () => cases.heavy }, language);
		await ravi.page.goto('/havenstad');
		const invitation = await ravi.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
		await look(ravi.page, { name: 'invitation', address: () => invitation ?? '' }, language);
		await ravi.context.close();
		const sanne = await signInAs(browser, demo.address, 'Sanne Bakker', { locale });
		for (const visit of otherVisits) await look(sanne.page, visit, language);
		await sanne.context.close();
		const joost = await signInAs(browser, demo.address, 'Joost van der Laan', { locale });
		await look(joost.page, { name: 'choose for whom', address: () => '/kiezen' }, language);
		await joost.context.close();
	});
});

/** Opens everything that folds on a page. */
const openAll = (page: Page): Promise<void> =>
	page.evaluate(() => document.querySelectorAll<HTMLDetailsElement>('main details').forEach((details) => (details.open = true)));
