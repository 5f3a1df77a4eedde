import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/** What is typed on a phone is not lost: a draft is kept, sealed; when the line drops it is sent again, and done once. */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const secret = 'De deurwaarder komt donderdag, zei Zeegroen.';
const stuck = (page: Page) => page.getByLabel('Wat loopt er vast?');
const offer = (page: Page) => page.getByText(/Er staat nog een concept/);

/** Fills the form in, up to sending it. */
async function fillIn(page: Page, text: string): Promise<void> {
	await stuck(page).fill(text);
	await page.getByLabel('Wat is als eerste nodig?').fill('Uitstel.');
	await page.getByLabel('Begin bij jezelf').fill('Wij kunnen wachten.');
	await page.getByLabel('Ja', { exact: true }).check();
}

const rows = (page: Page): Promise<number> => stored(page).then(({ drafts }) => drafts);

/** Waits until the drafts on the device are so many. */
const untilRows = (page: Page, count: number): Promise<void> => expect.poll(() => rows(page), { timeout: 5000 }).toBe(count);

/** Everything this site keeps in the browser, as text in two encodings, and how many drafts there are. */
function stored(page: Page): Promise<{ drafts: number; text: string; extractable: boolean }> {
	return page.evaluate(async () => {
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error('refused'));
			});
		const text = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
		let drafts = 0;
		let extractable = false;
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await answer(indexedDB.open(name));
			for (const store of database.objectStoreNames)
				for (const value of (await answer(database.transaction(store).objectStore(store).getAll())) as unknown[]) {
					if (value instanceof CryptoKey) {
						extractable ||= value.extractable;
						continue;
					}
					if (store === 'drafts') drafts++;
					for (const part of Object.values(value as Record<string, unknown>)) {
						const bytes = part instanceof ArrayBuffer ? new Uint8Array(part) : part instanceof Uint8Array ? part : undefined;
						if (bytes === undefined) text.push(String(part));
						else text.push(new TextDecoder().decode(bytes), new TextDecoder('utf-16le').decode(bytes));
					}
				}
			database.close();
		}
		return { drafts, text: text.join('\n'), extractable };
	});
}

test('a draft is kept sealed, offered back, and gone after hand-in', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman');
	await page.goto('/havenstad/casus/nieuw');
	await fillIn(page, secret);
	await untilRows(page, 1);
	const kept = await stored(page);
	expect(kept.extractable).toBe(false);
	for (const word of ['deurwaarder', 'Zeegroen', 'Uitstel', 'wachten']) expect(kept.text).not.toContain(word);

	await page.goto('/havenstad');
	await page.goto('/havenstad/casus/nieuw');
	await offer(page).waitFor();
	expect(await stuck(page).inputValue()).toBe('');
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Ga verder' }).click();
	expect(await stuck(page).inputValue()).toBe(secret);
	expect(await page.getByLabel('Ja', { exact: true }).isChecked()).toBe(true);
	expect(await offer(page).isVisible()).toBe(false);

	await page.getByRole('button', { name: 'Breng de casus in' }).click();
	await page.waitForURL(/\/casus\/[0-9a-f-]{36}$/);
	expect(await rows(page)).toBe(0);
	await page.goto('/havenstad/casus/nieuw');
	await page.waitForLoadState('networkidle');
	expect(await offer(page).isVisible()).toBe(false);
	await context.close();
});

test('a draft is thrown away when asked, after a week, and when the account signs out', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const type = async () => {
		await page.goto('/havenstad/casus/nieuw');
		await stuck(page).fill(secret);
		await untilRows(page, 1);
	};
	await type();
	await page.reload();
	await page.getByRole('button', { name: 'Gooi weg' }).click();
	await untilRows(page, 0);
	expect(await offer(page).isVisible()).toBe(false);

	await type();
	await page.evaluate(async () => {
		const database = await new Promise<IDBDatabase>((resolve) => {
			const request = indexedDB.open('loopplank-drafts');
			request.onsuccess = () => resolve(request.result);
		});
		const store = database.transaction('drafts', 'readwrite').objectStore('drafts');
		store.getAll().onsuccess = ({ target }) => {
			for (const row of (target as IDBRequest<{ savedAt: number }[]>).result)
				store.put({ ...row, savedAt: row.savedAt - 8 * 24 * 60 * 60 * 1000 });
		};
		await new Promise((resolve) => {
			store.transaction.oncomplete = resolve;
		});
		database.close();
	});
	// Any page throws away what is too old.
	await page.goto('/havenstad/netwerk');
	await untilRows(page, 0);

	await type();
	await page.getByText('Anouk Zeeman').first().click();
	await page.getByRole('button', { name: 'Log uit' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/havenstad'));
	expect(await rows(page)).toBe(0);
	await context.close();
});

test('a draft is never offered to another account, and gone once that opens the form', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman');
	await page.goto('/havenstad/casus/nieuw');
	await stuck(page).fill(secret);
	await untilRows(page, 1);
	// The session ends without signing out, and someone else takes the device.
	await context.clearCookies();
	await page.goto('/demo');
	await page
		.getByRole('button', { name: /Ravi Kanhai/ })
		.first()
		.click();
	await page.waitForURL(/havenstad/);
	await page.goto('/havenstad/casus/nieuw');
	await untilRows(page, 0);
	expect(await offer(page).isVisible()).toBe(false);
	await context.close();
});

test('when the line drops nothing is lost, and trying again is done once', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Noor Yilmaz');
	const count = async (): Promise<number> => {
		await page.goto('/havenstad');
		return page.locator('main ul.lines > li').count();
	};
	const before = await count();
	await page.goto('/havenstad/casus/nieuw');
	await fillIn(page, secret);
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Breng de casus in' }).click();
	await page.getByText(/De verbinding viel weg/).waitFor();
	expect(await stuck(page).inputValue()).toBe(secret);
	await context.setOffline(false);

	// The server does the work, but its answer never arrives.
	let lost = 0;
	await page.route('**/casus/nieuw', async (route) => {
		if (route.request().method() !== 'POST' || lost > 0) return route.continue();
		lost++;
		expect((await route.fetch()).ok()).toBe(true);
		return route.abort('connectionreset');
	});
	await page.getByRole('button', { name: 'Probeer het opnieuw' }).click();
	await expect.poll(() => lost).toBe(1);
	await page.getByText(/De verbinding viel weg/).waitFor();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Probeer het opnieuw' }).click();
	await page.waitForURL(/\/casus\/[0-9a-f-]{36}$/);
	await page.unroute('**/casus/nieuw');
	expect(await count()).toBe(before + 1);
	expect(await rows(page)).toBe(0);

	// Signed out in the meantime: said so, with what was typed still there.
	await page.goto('/havenstad/casus/nieuw');
	await fillIn(page, secret);
	await context.clearCookies();
	await page.getByRole('button', { name: 'Breng de casus in' }).click();
	await page.getByText(/Je bent intussen uitgelogd/).waitFor();
	expect(await stuck(page).inputValue()).toBe(secret);
	await context.close();
});

test('a refused form comes back with everything, and its script is small', async () => {
	const { page, context } = await signInAs(browser, demo.address, 'Anouk Zeeman');
	await page.goto('/havenstad/casus/nieuw', { waitUntil: 'networkidle' });
	const bytes = await page.evaluate(() => {
		const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) => name.endsWith('.js'));
		return scripts.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
	});
	await fillIn(page, `${secret} BSN 111222333.`);
	await page.getByRole('button', { name: 'Breng de casus in' }).click();
	await page.getByRole('heading', { name: /Er klopt nog één ding niet/ }).waitFor();
	expect(await stuck(page).inputValue()).toContain(secret);
	await stuck(page).fill(secret);
	await page.getByRole('button', { name: 'Breng de casus in' }).click();
	await page.waitForURL(/\/casus\/[0-9a-f-]{36}$/);
	expect(await rows(page)).toBe(0);
	expect(bytes).toBeGreaterThan(0);
	// Unzipped already less than the 50 kB zipped that a page may take.
	expect(bytes).toBeLessThan(50_000);
	await context.close();
});
