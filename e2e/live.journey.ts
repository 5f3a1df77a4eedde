import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { get } from 'node:http';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRunning } from '#foundation/database/running.server.ts';
import { openBrowser } from './browser.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/** Pages where people wait for each other, over two processes on one database: what is done by one is seen by who looks at the other. */

let demo: ServedDemo;
let browser: Browser;
/** The other process, on the database and the keyring of the demo. */
let other: ChildProcess;
let otherAddress: string;

beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	const urls = findRunning(path.join(demo.folder, 'database'));
	if (!urls) throw new Error('The demo runs its database.');
	const program = path.resolve(import.meta.dirname, '../src/cli/loopplank.ts');
	other = spawn(process.execPath, [program, '--data', demo.folder, 'serve', '--port', '0'], {
		env: {
			...process.env,
			...{ DATABASE_URL: urls.app, DATABASE_JOBS_URL: urls.jobs, DATABASE_IDENTITY_URL: urls.identity, DATABASE_OWNER_URL: urls.owner }
		},
		stdio: ['ignore', 'pipe', 'inherit']
	});
	otherAddress = await new Promise<string>((resolve, reject) => {
		let said = '';
		other.stdout?.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			const found = /http:\/\/localhost:\d+/.exec(said)?.[0];
			if (found !== undefined) resolve(found);
		});
		other.once('exit', (code) => reject(new Error(`The other process ended with ${code}: ${said}`)));
	});
});
afterAll(async () => {
	if (other.exitCode === null) {
		const gone = new Promise((resolve) => other.once('exit', resolve));
		other.kill('SIGTERM');
		await gone;
	}
	await browser.close();
	await demo.stop();
});

const words = {
	stuck: 'De ontruiming is aangezegd.',
	goal: 'Ik wil in mijn huis blijven.',
	firstNeed: 'Tijd om het te regelen.',
	ownOrganisation: 'Wij stellen de ontruiming uit.',
	residentKnows: 'yes'
};

/** A case of Anouk's with Ravi at the table. */
async function stage() {
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const ravi = await signInAs(browser, demo.address, 'Ravi Kanhai');
	const caseUrl = await anouk.post('/havenstad/casus/nieuw', words);
	await anouk.page.goto(`${caseUrl}/uitnodigen`);
	const membershipId = await anouk.page.locator('option', { hasText: 'Ravi Kanhai' }).first().getAttribute('value');
	await anouk.post(`${caseUrl}/uitnodigen`, { membershipId: membershipId ?? '', message: 'Denk je mee?' });
	await ravi.page.goto('/havenstad');
	const invitation = await ravi.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
	await ravi.post(`${invitation}?/accept`, {});
	await ravi.page.goto(`${caseUrl}/afspraak`);
	const receiverId = (await ravi.page.locator('select[name=receiverId] option').last().getAttribute('value')) ?? '';
	const dueOn = (await ravi.page.locator('input[name=dueOn]').inputValue()) || '2030-01-02';
	return {
		anouk,
		ravi,
		caseUrl,
		agree: (what: string) => ravi.post(`${caseUrl}/afspraak?/make`, { kind: 'i_do', what, receiverId, dueOn })
	};
}

describe('on the page of a case in one process, an act in the other', () => {
	test('is shown by itself; where someone types, a quiet bar says so instead', async () => {
		const { anouk, ravi, caseUrl, agree } = await stage();
		const { page } = anouk;
		const listening = page.waitForResponse((response) => response.url().includes('/live?casus='));
		await page.goto(otherAddress + caseUrl);
		expect((await listening).headers()).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
		await page.waitForTimeout(500);
		await agree('Ik bel de deurwaarder.');
		await page.locator('main').getByText('Ik bel de deurwaarder.').first().waitFor();
		expect(await page.locator('[data-live]').innerText()).toContain('bijgewerkt');

		await page.goto(`${otherAddress}${caseUrl}`);
		await page.waitForTimeout(700);
		await page.getByRole('searchbox').first().fill('deur');
		await agree('Ik schrijf de verhuurder.');
		await page.getByText('Er is iets veranderd op deze pagina.').waitFor();
		expect(await page.locator('main').getByText('Ik schrijf de verhuurder.').count()).toBe(0);
		expect(await page.getByRole('searchbox').first().inputValue()).toBe('deur');
		await page.getByRole('link', { name: 'Ververs' }).click();
		await page.locator('main').getByText('Ik schrijf de verhuurder.').first().waitFor();
		await ravi.context.close();
		await anouk.context.close();
	});

	test('ends for who left the table', async () => {
		const { anouk, ravi, caseUrl } = await stage();
		const { page } = ravi;
		await page.goto(otherAddress + caseUrl);
		await page.waitForTimeout(700);
		await ravi.post(`${caseUrl}?/leave`, {});
		await page.getByText('Er is iets veranderd op deze pagina.').waitFor();
		expect((await ravi.context.request.get(`${otherAddress}/havenstad/live?casus=${caseUrl.split('/').at(-1)}`)).status()).toBe(404);
		await ravi.context.close();
		await anouk.context.close();
	});

	test('is waiting at home too', async () => {
		const { anouk, ravi, agree } = await stage();
		const { page } = anouk;
		await page.goto(`${otherAddress}/havenstad`);
		await page.waitForTimeout(700);
		const read = page.waitForResponse((response) => response.url() === `${otherAddress}/havenstad`);
		await agree('Ik bel de deurwaarder.');
		expect((await read).status()).toBe(200);
		await ravi.context.close();
		await anouk.context.close();
	});
});

/** Bytes of a page as sent to a browser that takes it compressed. */
const weigh = (address: string, cookie: string): Promise<{ bytes: number; encoding: string | undefined }> =>
	new Promise((resolve, reject) => {
		get(address, { headers: { cookie, 'accept-encoding': 'gzip' } }, (response) => {
			let bytes = 0;
			response.on('data', (chunk: Buffer) => (bytes += chunk.length));
			response.on('end', () => resolve({ bytes, encoding: response.headers['content-encoding'] }));
		}).on('error', reject);
	});

test('the first view of a case is at most 14 kB as sent', async () => {
	const { anouk, ravi, caseUrl, agree } = await stage();
	await agree('Ik bel de deurwaarder.');
	const cookie = (await anouk.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	const { bytes, encoding } = await weigh(demo.address + caseUrl, cookie);
	expect(encoding).toBe('gzip');
	expect(bytes).toBeGreaterThan(2_000);
	expect(bytes).toBeLessThanOrEqual(14_000);
	await ravi.context.close();
	await anouk.context.close();
});

test('a process with open streams stops', async () => {
	const { anouk, ravi, caseUrl } = await stage();
	await anouk.page.goto(otherAddress + caseUrl);
	await anouk.page.waitForTimeout(700);
	const gone = new Promise((resolve) => other.once('exit', (code) => resolve(code)));
	other.kill('SIGTERM');
	expect(await gone).toBe(0);
	await ravi.context.close();
	await anouk.context.close();
});
