import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { caseWith, giveMandate } from './loop/agreements.ts';
import { choose, fill, follow, openWalks, press, sees } from './loop/walk.ts';
import type { Walk } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/**
 * S3: staff agree with partners on the spot. An organisation says in one sentence what its people may not agree, and all else binds at once; only
 * money goes to who holds a mandate, who is named. What changes is accepted again, and each acceptance can be proved afterwards.
 */

let demo: ServedDemo;
let browser: Browser;
let walk: Walk;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	walk = await openWalks(browser, demo)({ script: true, language: 'nl', theme: 'light' });
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const sentence = 'Alles, behalve een bijstandsuitkering toekennen of weigeren.';
const visit = 'De woning met spoed laten keuren';
const sooner = 'De woning nog deze week laten keuren';
const deposit = 'De waarborgsom vergoeden';

const said = (page: Page): Promise<string> => page.locator('main').innerText();
const waiting = (page: Page, what: string): Locator => page.locator('.needs', { hasText: what });

interface Verified {
	readonly ok: boolean;
	readonly findings: readonly unknown[];
	readonly networks: readonly { readonly network: string; readonly lines: number; readonly acceptances: number }[];
}
/** What `loopplank verify` finds in the data of the demo, while it is served. It throws where the log is not whole. */
async function verify(): Promise<Verified> {
	const program = ['src/cli/loopplank.ts', '--data', demo.folder, 'verify', '--json'];
	return JSON.parse((await promisify(execFile)(process.execPath, program)).stdout) as Verified;
}

/** Fatima promises Anouk something on behalf of the municipality. */
async function promiseOnBehalf(page: Page, address: string, what: string, amount?: string): Promise<void> {
	const { t } = walk;
	await page.goto(`${address}/afspraak`);
	await fill(page, t('agreement.what'), what);
	await page.getByText(t('agreement.more')).click();
	await choose(page, t('agreement.kind.on_behalf', { organisation: 'Gemeente Havenstad' }));
	if (amount === undefined) return;
	await page.getByLabel(t('room.declare')).check();
	await fill(page, t('agreement.amount'), amount);
}

test('inside one sentence a promise binds at once, and what changes is accepted again', { timeout: 240_000 }, async () => {
	const { t, look, money } = walk;
	const names = ['Anouk Zeeman', 'Fatima el Idrissi', 'Mo Benali', 'Gerard Blom', 'Noor Yilmaz'];
	const phones = [];
	for (const name of names) phones.push((await walk.phone(name)).page);
	const [anouk, fatima, mo, gerard, noor] = phones as [Page, Page, Page, Page, Page];
	const before = await verify();
	expect(before).toMatchObject({ ok: true, findings: [] });

	// Who binds the organisation says the sentence; a colleague reads it, and cannot say another.
	await mo.goto('/havenstad/organisaties');
	await fill(mo, t('room.sentence'), sentence);
	await look(mo);
	await Promise.all([mo.waitForResponse((response) => response.request().method() === 'POST'), press(mo, t('room.act'))]);
	await mo.locator('dd', { hasText: sentence }).waitFor();
	for (const page of [fatima, anouk]) {
		await page.goto('/havenstad/organisaties');
		expect(await said(page)).toContain(sentence);
		expect(await page.getByLabel(t('room.sentence')).count()).toBe(0);
	}
	const other = (await walk.phone('Fatima el Idrissi')).post('/havenstad/organisaties', { sentence: 'Alles, behalve niets.' });
	await expect(other).rejects.toThrow(/not_allowed/);
	await fatima.reload();
	expect(await said(fatima)).toContain(sentence);

	// At the table the sentence stands by the promise. Who speaks declares that it falls inside, and then it binds.
	const address = await caseWith(walk, 'De woning is gevonden, maar de sleutel komt niet.', ['Fatima el Idrissi']);
	await promiseOnBehalf(fatima, address, visit);
	expect(await said(fatima)).toContain(sentence);
	await press(fatima, t('agreement.act'));
	await fatima.locator('.field-error').first().waitFor();
	await anouk.goto(address);
	expect(await said(anouk)).not.toContain(visit);
	await fatima.getByLabel(t('room.declare')).check();
	await look(fatima);
	await press(fatima, t('agreement.act'));
	await fatima.waitForURL(address);
	await anouk.goto(address);
	expect(await said(anouk)).toContain(visit);
	expect(await said(anouk)).toContain(t('agreement.state.promised'));

	// Money is above what Fatima may: who can decide is named, to the cent, and asked in one tap.
	await giveMandate(walk);
	const ask = fatima.getByRole('button', { name: t('decide.act', { name: 'Gerard Blom' }) });
	await promiseOnBehalf(fatima, address, deposit, '1000,01');
	await press(fatima, t('agreement.act'));
	await sees(fatima, t('refusal.above_mandate'));
	// A cent above what he may: then who can arrange it is named, so that it is never a blank no.
	expect(await said(fatima)).toContain(t('lift.no_deciders', { names: 'Mo Benali' }));
	expect(await ask.count()).toBe(0);
	await fill(fatima, t('agreement.amount'), '1000');
	await press(fatima, t('agreement.act'));
	await ask.waitFor();
	await look(fatima);
	await ask.click();
	await fatima.waitForURL(address);
	await sees(fatima, t('agreement.state.asked'));

	// He sees the promise and not the case; once he says yes it binds.
	expect((await gerard.goto(address))?.status()).toBe(404);
	await gerard.goto('/havenstad');
	await follow(gerard, t('home.ask_act'));
	await sees(gerard, deposit);
	await sees(gerard, money(1000_00));
	await look(gerard);
	const decision = gerard.url();
	await press(gerard, t('decide.accept'));
	await sees(gerard, t('decide.over.accepted'));
	await fatima.goto(address);
	expect(await said(fatima)).not.toContain(t('agreement.state.asked'));

	// A changed version: until the other says yes it stays as it was.
	await fatima
		.locator('li', { hasText: visit })
		.getByRole('link', { name: t('change.act') })
		.first()
		.click();
	await sees(fatima, t('change.lead'));
	const change = fatima.url();
	expect(await fatima.getByLabel(t('agreement.what')).inputValue()).toBe(visit);
	await fill(fatima, t('agreement.what'), sooner);
	await fatima.getByLabel(t('room.declare')).check();
	await look(fatima);
	await press(fatima, t('change.offer'));
	await fatima.waitForURL(address);
	expect(await waiting(fatima, visit).innerText()).not.toContain(sooner);
	await anouk.goto(address);
	const offered = waiting(anouk, sooner);
	expect(await offered.innerText()).toContain(visit);
	await look(anouk);
	await offered.getByRole('button', { name: t('change.accept') }).click();
	await offered.waitFor({ state: 'detached' });

	// How it went: said by who promised, confirmed by who received it.
	for (const what of [sooner, deposit]) {
		await fatima.goto(address);
		const report = waiting(fatima, what);
		await report.getByRole('button', { name: t('report.kept'), exact: true }).click();
		await report.waitFor({ state: 'detached' });
		await anouk.goto(address);
		const answer = waiting(anouk, what);
		await look(anouk);
		await answer.getByRole('button', { name: t('case.confirm'), exact: true }).click();
		await answer.waitFor({ state: 'detached' });
	}
	await fatima.goto(address);
	expect((await said(fatima)).split(t('agreement.state.kept')).length - 1).toBe(2);
	await look(fatima);

	// Somebody else sees none of it, whatever the address.
	for (const place of [address, `${address}/afspraak`, change, decision]) expect((await noor.goto(place))?.status(), place).toBe(404);
	await noor.goto('/havenstad');
	expect(await said(noor)).not.toContain(sooner);

	// And the log is whole, with every acceptance in it proved.
	const after = await verify();
	expect(after).toMatchObject({ ok: true, findings: [] });
	const acceptances = ({ networks }: Verified): number => networks.find(({ network }) => network === 'havenstad')?.acceptances ?? 0;
	// Fatima to both promises and to the change she offered, Gerard to the money, Anouk to the change.
	expect(acceptances(after) - acceptances(before)).toBe(5);
	await walk.end();
});
