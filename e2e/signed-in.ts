import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** Someone of the demo, signed in on a browser of their own. */
export interface SignedInBrowser {
	readonly context: BrowserContext;
	readonly page: Page;
	/** Sends a form of the product as its page would, and answers the address it leads to. Throws when it is refused. */
	post(address: string, fields: Readonly<Record<string, string>>): Promise<string>;
}

/** Signs in as someone of the demo. Options: those of the browser, such as its size and language. */
export async function signInAs(
	browser: Browser,
	address: string,
	name: string,
	options: BrowserContextOptions = {}
): Promise<SignedInBrowser> {
	const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 360, height: 740 }, baseURL: address, ...options });
	const page = await context.newPage();
	await page.goto('/demo');
	await page
		.getByRole('button', { name: new RegExp(name) })
		.first()
		.click();
	await page.waitForURL(/\/(havenstad|kiezen)/);
	return {
		context,
		page,
		async post(path, fields) {
			const response = await context.request.post(path, {
				form: { key: crypto.randomUUID(), ...fields },
				headers: { origin: address, accept: 'application/json', 'x-sveltekit-action': 'true' }
			});
			const result = (await response.json()) as { type?: string; location?: string };
			if (result.type !== 'redirect' || result.location === undefined) throw new Error(`${path} answered ${JSON.stringify(result)}`);
			return result.location;
		}
	};
}
