import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/** The main job without a pointer: Tab, Enter, the space bar and the arrow keys do it all, and one always sees where one is. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

interface Focus {
	readonly name: string;
	readonly label: string;
	/** Whether it can be seen that it has the focus, and nothing lies over it. */
	readonly seen: boolean;
}

const focus = (page: Page): Promise<Focus> =>
	page.evaluate(() => {
		const element = document.activeElement;
		if (!(element instanceof HTMLElement)) return { name: '', label: '', seen: false };
		const style = getComputedStyle(element);
		const box = element.getBoundingClientRect();
		const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels].map((label) => label.textContent) : [];
		const label = [...labels, element.getAttribute('aria-label') ?? '', labels.length > 0 ? '' : element.textContent].join(' ');
		const top = document.elementFromPoint(box.left + Math.min(box.width, 20) / 2, box.top + Math.min(box.height, 40) / 2);
		return {
			name: element.id || element.tagName,
			label: label.replace(/\s+/g, ' ').trim(),
			seen:
				style.outlineStyle !== 'none' &&
				parseFloat(style.outlineWidth) >= 2 &&
				top !== null &&
				(element.contains(top) || top.contains(element))
		};
	});

/** Presses Tab until something with this label has the focus. Throws when it is not reached. */
async function tabTo(page: Page, wanted: RegExp, most = 60): Promise<void> {
	const passed: string[] = [];
	for (let press = 0; press < most; press++) {
		await page.keyboard.press('Tab');
		const now = await focus(page);
		if (now.name === 'BODY') continue;
		expect(now, `after ${passed.at(-1) ?? 'the start of the page'}`).toMatchObject({ seen: true });
		if (wanted.test(now.label)) return;
		passed.push(now.label);
	}
	throw new Error(`Tab does not reach ${wanted}; it passed: ${passed.join(' | ')}`);
}

const press = async (page: Page, where: RegExp, to: RegExp): Promise<void> => {
	await tabTo(page, where);
	await page.keyboard.press('Enter');
	await page.waitForURL(to);
	await page.waitForLoadState();
};
const type = async (page: Page, where: RegExp, text: string): Promise<void> => {
	await tabTo(page, where);
	await page.keyboard.type(text);
};

test('a case, an invitation and an agreement, by keyboard alone', async () => {
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const ravi = await signInAs(browser, demo.address, 'Ravi Kanhai');
	const a = anouk.page;
	const r = ravi.page;
	const aCase = /\/casus\/[0-9a-f-]{36}$/;

	await a.goto('/havenstad');
	// The first Tab offers the way past the frame, and the key "/" leads to the search box.
	await a.keyboard.press('Tab');
	expect((await focus(a)).label).toBe('Ga naar de inhoud');
	await a.keyboard.press('/');
	expect((await focus(a)).name).toBe('zoek');

	await press(a, /^Breng een casus in$/, /nieuw$/);
	await a.waitForLoadState('networkidle');
	await type(a, /Wat loopt er vast/, 'De huur is twee maanden niet betaald.');
	await type(a, /Wat is als eerste nodig/, 'Uitstel.');
	await type(a, /Begin bij jezelf/, 'Wij kunnen wachten.');
	await tabTo(a, /^Ja$/);
	await a.keyboard.press('Space');
	await press(a, /^Breng de casus in$/, aCase);
	const address = a.url();

	await press(a, /^Vraag een collega aan tafel$/, /uitnodigen$/);
	await tabTo(a, /Welke collega/);
	await a.keyboard.type('Ravi');
	await type(a, /Waarom vraag je/, 'Jij weet hoe het moet.');
	await press(a, /^Vraag aan tafel$/, aCase);

	await r.goto('/havenstad');
	await press(r, /^Bekijk de uitnodiging$/, /uitnodiging/);
	await press(r, /^Ja, ik kom aan tafel$/, aCase);
	expect(r.url()).toBe(address);
	await press(r, /^Leg afspraak vast$/, /afspraak$/);
	await type(r, /Wat ga je doen/, 'Bel de verhuurder');
	await press(r, /^Leg afspraak vast$/, aCase);
	await tabTo(r, /^Gedaan$/);
	await Promise.all([r.waitForResponse((response) => response.request().method() === 'POST'), r.keyboard.press('Enter')]);
	await r.getByText('Gemeld, wacht op bevestiging.').waitFor();

	await a.goto(address);
	await tabTo(a, /^Klopt$/);
	await Promise.all([a.waitForResponse((response) => response.request().method() === 'POST'), a.keyboard.press('Enter')]);
	await a.getByText('Nagekomen.', { exact: true }).waitFor();
	expect(await a.locator('.gangplank .boards li.laid').count()).toBe(1);

	// A refused form begins at its mistakes, and each leads to its field.
	await a.goto('/havenstad/casus/nieuw');
	await a.waitForLoadState('networkidle');
	await tabTo(a, /^Breng de casus in$/);
	await a.keyboard.press('Enter');
	await a.getByRole('heading', { name: /Er kloppen nog/ }).waitFor();
	await tabTo(a, /^Wat loopt er vast/, 3);
	await a.keyboard.press('Enter');
	expect((await focus(a)).name).toBe('f-stuck');
	await Promise.all([anouk.context.close(), ravi.context.close()]);
});

/** Seconds for each operator of the keystroke-level model (Card, Moran and Newell, 1980): a key of an average typist, pointing, moving a hand, thinking. */
const operators = { K: 0.28, P: 1.1, H: 0.4, M: 1.35 };

test('a small amount is asked with five fields, of which one is filled in already, and one Tab from each to the next', async () => {
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const a = anouk.page;
	const words = { stuck: 'De woning is leeg.', firstNeed: 'Een bed.', ownOrganisation: 'Wij wachten.', residentKnows: 'yes' };
	await a.goto(await anouk.post('/havenstad/casus/nieuw', words));
	await press(a, /^Vraag geld$/, /geld$/);
	const fields = a.locator('main form').locator('input:not([type="hidden"]), textarea, select');
	const filled = await fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value !== ''));
	expect(filled).toEqual([false, false, false, false, true]);

	const typed = [
		[/^Wat is er nodig/, 'Een bed met een matras, tweedehands'],
		[/^Hoeveel euro/, '118,50'],
		[/^Van wie komt het/, 'Kringloop De Kade'],
		[/^Waarom geen regeling/, 'Bijzondere bijstand duurt acht weken.']
	] as const;
	let characters = 0;
	for (const [index, [label, text]] of typed.entries()) {
		await tabTo(a, label, index === 0 ? 60 : 1);
		await a.keyboard.type(text);
		characters += text.length;
	}
	await tabTo(a, /^Welk team beslist/, 1);
	await tabTo(a, /^Vraag het je team$/, 1);
	await a.keyboard.press('Enter');
	await a.waitForURL(/\/geld\/[0-9a-f-]{36}$/);

	// A calculation, as docs/MEASUREMENTS.md tells: from the case, with a mouse to the link and to the first field, then by keys.
	const { K, P, H, M } = operators;
	const tabs = typed.length + 1;
	const estimate = 2 * (P + K) + 2 * H + (typed.length + 3) * M + (characters + tabs + 1) * K;
	expect(characters).toBe(95);
	expect(Math.round(estimate)).toBe(41);
	await anouk.context.close();
});
