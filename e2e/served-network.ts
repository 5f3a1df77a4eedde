import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { runCommand } from '../src/cli/testing.server.ts';
import { openMailServer } from '../src/foundation/mail/testing.server.ts';
import { startServing } from './served-demo.ts';

/** An installation without a demo in it, as an administrator begins one: a file, the mail, and nothing else. */
export interface ServedNetwork {
	readonly address: string;
	/** Asks for a link, takes it out of the mail and signs in with it, on a browser of their own. */
	signIn(browser: Browser, email: string, options?: BrowserContextOptions): Promise<Page>;
	stop(): Promise<void>;
}

const linkPattern = /http:\/\/localhost:\d+\/inloggen\/link\/[\w-]{43}/g;
/** A letter as it came, without the breaks that mail puts in its lines. */
const whole = (source: string): string => source.replace(/=\r?\n/g, '').replaceAll('=3D', '=');

/** Sets a network up from a file by `loopplank network`, in a new data folder, and serves it with a mail server of its own. */
export async function serveNetwork(file: { readonly slug: string }): Promise<ServedNetwork> {
	const folder = mkdtempSync(path.join(tmpdir(), 'loopplank-network-'));
	const described = path.join(folder, 'network.json');
	writeFileSync(described, JSON.stringify(file));
	const data = path.join(folder, 'data');
	const made = await runCommand(['--data', data, 'network', described]);
	if (made.code !== 0) throw new Error(`loopplank network: ${made.err}`);
	const mail = await openMailServer();
	const served = await startServing(data, 'serve', { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'loopplank@oever.example' });
	const linksTo = (email: string): string[] =>
		mail.letters.filter(({ to }) => to.includes(email)).flatMap(({ source }) => whole(source).match(linkPattern) ?? []);
	return {
		address: served.address,
		async signIn(browser, email, options = {}) {
			const context = await browser.newContext({
				locale: 'nl-NL',
				viewport: { width: 360, height: 740 },
				baseURL: served.address,
				...options
			});
			const page = await context.newPage();
			const before = linksTo(email).length;
			await page.goto('/inloggen');
			await page.getByLabel('Je mailadres').fill(email);
			await page.getByRole('button', { name: 'Stuur mij een link' }).click();
			for (let tries = 0; linksTo(email).length === before; tries++) {
				if (tries === 150) throw new Error(`No letter came for ${email}.`);
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
			await page.goto(linksTo(email).at(-1) ?? '');
			await page.getByRole('button', { name: 'Log mij in' }).click();
			await page.waitForURL(`**/${file.slug}`);
			return page;
		},
		async stop() {
			await served.stop();
			await mail.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
