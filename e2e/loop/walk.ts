import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { createFormat } from '#foundation/text/format.ts';
import { say } from '#foundation/text/say.server.ts';
import type { Locale, MessageKey, MessageValues } from '#foundation/text/text.ts';
import { expectAccessible } from '../axe.ts';
import type { ServedDemo } from '../served-demo.ts';
import { signInAs } from '../signed-in.ts';
import type { SignedInBrowser } from '../signed-in.ts';

/** How a walk is walked: with or without the page's own script, in which language, on which ground. */
export interface Way {
	readonly script: boolean;
	readonly language: Locale;
	readonly theme: 'light' | 'dark';
}

/** People with phones who walk the loop together, each signed in on a browser of their own. */
export interface Walk extends Way {
	/** What the product says, in the language of the walk. */
	t(key: MessageKey, values?: MessageValues): string;
	money(cents: number): string;
	/** The phone of someone of the demo; signed in once. */
	phone(name: string): Promise<SignedInBrowser>;
	/** Someone who is not signed in: with a letter, or with a link. */
	readonly visitor: Page;
	/** Looks at a page as it stands: within the phone, and with axe where this state was not looked at yet. */
	look(...pages: readonly Page[]): Promise<void>;
	/** The address in the newest letter of the demo to someone that leads to `place`; null when there is none. */
	letter(to: string, place: 'vraag' | 'opvolging'): Promise<string | null>;
	/** The address in the next such letter, after the one that came before. */
	nextLetter(to: string, place: 'vraag' | 'opvolging', before: string | null): Promise<string>;
	/** Closes all phones; fails when a page complained in its console. */
	end(): Promise<void>;
}

const phoneSize = { width: 360, height: 740 };

/** What a page is made of, without what it says: two pages with the same are the same state to axe. Runs in the page. */
const stateOf = (): string => {
	const parts = new Set<string>();
	for (const element of document.querySelectorAll('body *'))
		parts.add([element.tagName, element.className, element.getAttribute('type') ?? '', element.getAttribute('role') ?? ''].join('.'));
	return `${location.pathname.replace(/[0-9a-f-]{36}|[\w-]{43}/g, '*')} ${[...parts].toSorted().join(' ')}`;
};

/** Begins walks in one served demo; they share what axe has seen. */
export function openWalks(browser: Browser, demo: ServedDemo): (way: Way) => Promise<Walk> {
	const seen = new Set<string>();
	return async (way) => {
		const { script, language, theme } = way;
		const complaints: string[] = [];
		const phones = new Map<string, SignedInBrowser>();
		const options = {
			...{ viewport: phoneSize, hasTouch: true, javaScriptEnabled: script, colorScheme: theme, baseURL: demo.address },
			locale: language === 'nl' ? 'nl-NL' : 'en-GB'
		};
		const listen = (page: Page): Page => {
			page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
			page.on('console', (message) => {
				// That something is refused, or is not there for someone, is what some steps look for.
				if (message.type() === 'error' && !/responded with a status of 4\d\d/.test(message.text()))
					complaints.push(`${page.url()}: ${message.text()}`);
			});
			return page;
		};
		const visitor = listen(await browser.newPage(options));
		const letter: Walk['letter'] = async (to, place) => {
			await visitor.goto('/demo/postbus');
			const link = visitor.locator('article', { hasText: to }).locator(`a[href*="/${place}/havenstad/"]`).first();
			return (await link.count()) > 0 ? link.getAttribute('href') : null;
		};
		return {
			...way,
			...{ visitor, letter },
			t: (key, values) => say(language, key, values),
			money: (cents) => createFormat(language).money(cents),
			async phone(name) {
				const known = phones.get(name);
				if (known) return known;
				const phone = await signInAs(browser, demo.address, name, options);
				listen(phone.page);
				phones.set(name, phone);
				return phone;
			},
			async look(...pages) {
				// Axe and the measure of the page run as scripts, so only where script is on.
				if (!script) return;
				for (const page of pages) {
					const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
					expect(wide, `${new URL(page.url()).pathname} is wider than the phone`).toBe(false);
					const state = `${theme} ${await page.evaluate(stateOf)}`;
					if (seen.has(state)) continue;
					await expectAccessible(page);
					seen.add(state);
				}
			},
			async nextLetter(to, place, before) {
				let address = before;
				await expect.poll(async () => (address = await letter(to, place)), { timeout: 30_000, interval: 300 }).not.toBe(before);
				return address ?? '';
			},
			async end() {
				for (const { context } of phones.values()) await context.close();
				await visitor.context().close();
				expect(complaints).toEqual([]);
			}
		};
	};
}

/** The fields and buttons of a page, by the words that stand beside them. */
export const fill = (page: Page, label: string, text: string): Promise<void> => page.getByLabel(label).fill(text);
export const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click();
/** Presses what sends a form, and waits until what it answers has come. */
export const submit = async (page: Page, name: string | RegExp): Promise<void> => {
	const button = page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first();
	await Promise.all([page.waitForEvent('load'), button.click()]);
};
export const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).first().click();
export const sees = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
/** Ticks a choice; more may stand behind its words. */
export const choose = (page: Page, name: string): Promise<void> =>
	page
		.getByRole('radio', { name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) })
		.first()
		.check();
/** Whether something is said on the page. */
export const says = async (page: Page, text: string): Promise<boolean> => (await page.getByText(text).count()) > 0;
