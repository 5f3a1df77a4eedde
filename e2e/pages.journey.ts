import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { makeCases } from './pages/cases.ts';
import type { Cases } from './pages/cases.ts';
import { listFaults } from './pages/malformed.ts';
import { findPages, pageRoutes, routeOf } from './pages/routes.ts';
import type { FoundPage } from './pages/routes.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/**
 * Every page of the product, and those that people fill in also in the states that they meet: accessible, within its width, quiet in the console,
 * under the strict content security policy; in both languages, both themes, on a phone and on a desk. A page that is added and nobody reaches
 * fails here.
 */

let demo: ServedDemo;
let browser: Browser;
/** Addresses of cases made for this journey. */
let cases: Cases;
/** The pages that links lead to, by route. */
let found: Map<string, FoundPage>;

beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	cases = await makeCases(browser, demo);
	found = await findPages(browser, demo, [
		{ who: null, from: ['/', '/demo', '/demo/postbus', '/openbaar/havenstad'] },
		{ who: 'Anouk Zeeman', from: [cases.paid, cases.preparing, cases.law, '/havenstad'] },
		{ who: 'Noor Yilmaz', from: [cases.answered, '/havenstad'] },
		...['Lies Vermeer', 'Gerard Blom', 'Petra Smit', 'Marieke Dijkstra', 'Hendrik Visser', 'Karin de Boer'].map((who) => ({
			...{ who, from: ['/havenstad'] }
		}))
	]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

/** One page as someone meets it: an address, and perhaps what they do there first. */
interface Visit {
	readonly name: string;
	readonly address: () => string;
	readonly status?: number;
	readonly first?: (page: Page) => Promise<unknown>;
}

const submit = (page: Page): Promise<unknown> =>
	Promise.all([page.waitForURL(/.*/, { waitUntil: 'load' }), page.locator('main form .acts button:visible').last().click()]).then(() =>
		page.locator('.notice--wrong:visible').first().waitFor()
	);

const openVisits: readonly Visit[] = [
	{ name: 'front', address: () => '/' },
	{ name: 'sign in as', address: () => '/demo' },
	{ name: 'letters of the demo', address: () => '/demo/postbus' },
	{ name: 'sign in', address: () => '/inloggen' },
	{ name: 'sign in: sent', address: () => '/inloggen/verstuurd' },
	{ name: 'thanks for an answer', address: () => '/vraag/havenstad/bedankt' },
	{ name: 'follow-up: a link that is none', address: () => '/opvolging/havenstad/forged' },
	{ name: 'question: a link that is none', address: () => '/vraag/havenstad/forged' },
	{ name: 'sign in: a link that is none', address: () => '/inloggen/link/forged', status: 0 },
	{ name: 'help', address: () => '/hulp' },
	{ name: 'accessibility', address: () => '/toegankelijkheid' },
	{ name: 'no public page', address: () => '/openbaar/nergens', status: 404 },
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
	{ name: 'ladder', address: () => `${cases.fresh}/verder` },
	{ name: 'ladder refused', address: () => `${cases.fresh}/verder`, first: submit },
	{ name: 'time-out', address: () => `${cases.heavy}/afspraak/time-out` },
	{ name: 'time-out refused', address: () => `${cases.heavy}/afspraak/time-out`, first: submit },
	{ name: 'close', address: () => `${cases.heavy}/sluiten` },
	{ name: 'close refused', address: () => `${cases.heavy}/sluiten`, first: submit },
	{ name: 'return, not counted', address: () => `${cases.fresh}/opbrengst` },
	{ name: 'counting a return', address: () => `${cases.fresh}/opbrengst/vastleggen` },
	{ name: 'counting a return: prices found', address: () => `${cases.fresh}/opbrengst/vastleggen`, first: findPrice },
	{ name: 'counting a return, refused', address: () => `${cases.fresh}/opbrengst/vastleggen`, first: submit },
	{ name: 'nothing to follow up yet', address: () => `${cases.fresh}/opvolging` },
	{ name: 'who has seen', address: () => `${cases.heavy}/gezien` },
	{ name: 'network', address: () => '/havenstad/netwerk' },
	{ name: 'who works with whom', address: () => '/havenstad/netwerk/samen' },
	{ name: 'the 1 on 30', address: () => '/havenstad/netwerk/dertig' },
	{ name: 'causes', address: () => '/havenstad/knelpunten' },
	{ name: 'yearly agreements', address: () => '/havenstad/jaarafspraken' },
	{ name: 'own agenda, with an address', address: () => '/havenstad/mijn/agenda', first: makeAddress },
	{ name: 'releasing', address: () => '/havenstad/vrijgeven' },
	{ name: 'a story to tell', address: () => `${cases.closed}/verhaal` },
	{ name: 'a story to tell, refused', address: () => `${cases.closed}/verhaal`, first: submit },
	{ name: 'register', address: () => '/havenstad/knelpunten/register' },
	{ name: 'the public page, as members see it', address: () => '/havenstad/openbaar' },
	{ name: 'terms of the ladder', address: () => '/havenstad/ladder' },
	{ name: 'rule of signals', address: () => '/havenstad/knelpunten/regel' },
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

async function makeAddress(page: Page): Promise<void> {
	await page.locator('#adres form button').first().click();
	await page.locator('#adres .address').waitFor();
}

async function askAcknowledgement(page: Page): Promise<void> {
	await page.locator('#f-stuck').fill('Bel 06-12345678.');
	await page.locator('#f-firstNeed').fill('Brood.');
	await page.locator('#f-ownOrganisation').fill('Wij bellen.');
	await page.locator('#f-residentKnows').check();
	await submit(page);
}

/** A page that says in the console what is wrong with it: a script that failed, or something that the content security policy forbids. */
const complaints: string[] = [];
const listen = (page: Page): Page => {
	page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
	page.on('console', (message) => {
		// A form that is refused, and a page that is not there, answer so.
		if (message.type() === 'error' && !/responded with a status of 4\d\d/.test(message.text()))
			complaints.push(`${page.url()}: ${message.text()}`);
	});
	return page;
};

/** What is for everyone stands in the language of its address. */
const languageOf = (address: string, wished: 'nl' | 'en'): 'nl' | 'en' =>
	address.startsWith('/openbaar/') ? (address.split('/').includes('en') ? 'en' : 'nl') : wished;

/** Looks at a page at three widths, and with axe at one of them: in Dutch on a phone in the dark, in English on a desk in the light. */
async function look(page: Page, visit: Visit, wished: 'nl' | 'en'): Promise<void> {
	const response = await page.goto(visit.address());
	const language = languageOf(visit.address(), wished);
	if (visit.status !== 0) expect(response?.status(), visit.name).toBe(visit.status ?? 200);
	const policy = (response && (await response.headerValue('content-security-policy'))) ?? '';
	expect(policy, visit.name).toContain("script-src 'self'");
	expect(policy, visit.name).not.toContain('unsafe');
	await visit.first?.(page);
	expect(await page.locator('html').getAttribute('lang'), visit.name).toBe(language);
	const said = await page.locator('body').innerText();
	expect(said, visit.name).toContain(language === 'nl' ? 'gemaakt met Loopplank' : 'made with Loopplank');
	expect(said, visit.name).not.toMatch(/undefined|\[object |\bNaN\b|\{\w+\}/);
	const looks = [
		[360, 'dark'],
		[1280, 'light']
	] as const;
	for (const [width, theme] of looks) {
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
		expect(await overflow(page), `${visit.name} at ${width}`).toBe(0);
		if (width === (language === 'nl' ? 360 : 1280)) await expectAccessible(page);
	}
	await page.setViewportSize({ width: 320, height: 800 });
	expect(await overflow(page), `${visit.name} at 320`).toBe(0);
}

/** How many pixels the page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Pages that are looked at in the states above. */
const routesOf = (visits: readonly Visit[]): (string | undefined)[] => visits.map((visit) => routeOf(visit.address()));
const inStates = (): Set<string | undefined> =>
	new Set([...routesOf(openVisits), ...routesOf(holderVisits), '/kiezen', '/[network]/uitnodiging/[id]']);

test('every page of the product is looked at: in the states above, or where links lead', () => {
	const looked = inStates();
	expect(pageRoutes.filter((route) => !looked.has(route) && !found.has(route))).toEqual([]);
});

test('an address that names nothing answers that it is not there, never a fault', { timeout: 120_000 }, async () => {
	const { context } = await signInAs(browser, demo.address, 'Anouk Zeeman');
	expect(
		await listFaults(
			context.request,
			[...found.values()].map(({ address }) => address)
		)
	).toEqual([]);
	await context.close();
});

// Both languages at once: the browser works on two pages in two processes.
describe.concurrent.each([
	['nl', 'nl-NL'],
	['en', 'en-GB']
] as const)('in %s', (language, locale) => {
	test('every page to which links lead', { timeout: 400_000 }, async () => {
		const looked = inStates();
		const left = [...found.values()].filter(({ route }) => !looked.has(route));
		for (const who of new Set(left.map((page) => page.who))) {
			const context = await (who === null
				? browser.newContext({ locale, baseURL: demo.address })
				: signInAs(browser, demo.address, who, { locale }).then((phone): BrowserContext => phone.context));
			const page = listen(await context.newPage());
			for (const { route, address } of left.filter((one) => one.who === who))
				await look(page, { name: `${route}, ${who ?? 'a visitor'}`, address: () => address }, language);
			await context.close();
		}
	});

	test('what anyone sees', async () => {
		const context = await browser.newContext({ locale, baseURL: demo.address });
		const page = listen(await context.newPage());
		for (const visit of openVisits) await look(page, visit, language);
		await context.close();
	});

	test('what the holder of cases sees', { timeout: 400_000 }, async () => {
		const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman', { locale });
		listen(page);
		for (const visit of holderVisits) await look(page, visit, language);
		const published = cases.paid;
		await look(page, { name: 'published case', address: () => published }, language);
		await look(page, { name: 'its return', address: () => `${published}/opbrengst` }, language);
		await look(page, { name: 'its return, tried otherwise', address: () => `${published}/opbrengst?kans=50` }, language);
		await look(page, { name: 'its return, opened', address: () => `${published}/opbrengst`, first: openAll }, language);
		await context.close();
	});

	test('what someone at the table, and someone who is not, sees', async () => {
		const ravi = await signInAs(browser, demo.address, 'Ravi Kanhai', { locale });
		listen(ravi.page);
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

afterAll(() => {
	expect(complaints).toEqual([]);
});
