import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { SignedInBrowser } from '../signed-in.ts';
import { choose, fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';

/** A case of Anouk with these colleagues at its table: made without the pages, which other steps walk. Answers its address. */
export async function caseWith(walk: Walk, stuck: string, colleagues: readonly string[]): Promise<string> {
	const anouk = await walk.phone('Anouk Zeeman');
	const path = await anouk.post('/havenstad/casus/nieuw', {
		...{
			stuck,
			goal: 'Ik wil hier blijven wonen.',
			firstNeed: 'Rust.',
			ownOrganisation: 'Wij wachten met de incasso.',
			residentKnows: 'yes'
		}
	});
	for (const name of colleagues) {
		await anouk.page.goto(`${path}/uitnodigen`);
		const membershipId = await anouk.page.locator('option', { hasText: name }).getAttribute('value');
		await anouk.post(`${path}/uitnodigen`, { membershipId: membershipId ?? '', message: 'Denk je mee?' });
		const colleague = await walk.phone(name);
		await colleague.page.goto('/havenstad');
		const invitation = await colleague.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
		await colleague.post(`${invitation}?/accept`, {});
	}
	await anouk.page.goto(path);
	return anouk.page.url();
}

/** The administrator proposes what Gerard may promise, Gerard accepts it, and the governor is the second pair of eyes. */
export async function giveMandate(walk: Walk): Promise<void> {
	const { t, look } = walk;
	const mo = (await walk.phone('Mo Benali')).page;
	await mo.goto('/havenstad/organisaties');
	await look(mo);
	await follow(mo, t('mandate.to_page'));
	await look(mo);
	await mo.getByLabel(t('mandate.who')).selectOption({ label: 'Gerard Blom, teamleider sociaal domein' });
	await fill(mo, t('mandate.case'), '1000');
	await fill(mo, t('mandate.period'), '10000');
	await press(mo, t('mandate.propose'));
	await sees(mo, t('mandate.waits.both'));
	await look(mo);
	const gerard = (await walk.phone('Gerard Blom')).page;
	await gerard.goto('/havenstad');
	await look(gerard);
	await follow(gerard, t('home.mandates_act'));
	await look(gerard);
	await press(gerard, t('mandate.accept'));
	await sees(gerard, t('mandate.waits.second'));
	const sanne = (await walk.phone('Sanne Bakker')).page;
	await sanne.goto('/havenstad/organisaties/mandaten');
	await look(sanne);
	await sanne
		.getByRole('button', { name: t('mandate.confirm') })
		.first()
		.click();
	await sees(sanne, t('mandate.state.valid'));
}

const promises = {
	late: 'Zelf meegaan naar het loket',
	changed: 'Het dossier met voorrang behandelen',
	impossible: 'De eerste maand woonkosten vergoeden',
	taken: 'Een besluit over de individuele inkomenstoeslag'
} as const;

/** Fatima promises Anouk something, and fills in what the kind asks. */
async function promise(walk: Walk, address: string, what: string, more: (page: Page) => Promise<void>): Promise<Page> {
	const { t } = walk;
	const fatima = (await walk.phone('Fatima el Idrissi')).page;
	await fatima.goto(`${address}/afspraak`);
	await fill(fatima, t('agreement.what'), what);
	await fatima
		.getByLabel(t('agreement.receiver'))
		.selectOption({ label: t('person.of', { name: 'Anouk Zeeman', organisation: 'Woningstichting De Kade' }) });
	await more(fatima);
	await press(fatima, t('agreement.act'));
	return fatima;
}

/** Step 3: the three kinds; a promise above what one may oneself is decided by who can, in one tap. */
export async function promiseThreeKinds(walk: Walk, address: string): Promise<void> {
	const { t, look, money } = walk;
	const kind = async (page: Page, code: 'on_behalf' | 'decision_follows'): Promise<void> => {
		await page.getByText(t('agreement.more')).click();
		await choose(page, t(`agreement.kind.${code}`, { organisation: 'Gemeente Havenstad' }));
	};
	const fatima = await promise(walk, address, promises.late, (page) => look(page));
	await fatima.waitForURL(address);
	await promise(walk, address, promises.changed, async (page) => {
		await kind(page, 'on_behalf');
		await page.getByLabel(t('room.declare')).check();
		await look(page);
	});
	await fatima.waitForURL(address);
	await promise(walk, address, promises.taken, (page) => kind(page, 'decision_follows'));
	await fatima.waitForURL(address);
	await promise(walk, address, promises.impossible, async (page) => {
		await kind(page, 'on_behalf');
		await page.getByLabel(t('room.declare')).check();
		await fill(page, t('agreement.amount'), '750');
	});
	// Above what Fatima may: who can is named, and asked with one tap; what was typed is still there.
	await fatima.getByRole('button', { name: t('decide.act', { name: 'Gerard Blom' }) }).waitFor();
	expect(await fatima.getByLabel(t('agreement.what')).inputValue()).toBe(promises.impossible);
	await look(fatima);
	await press(fatima, t('decide.act', { name: 'Gerard Blom' }));
	await sees(fatima, t('agreement.state.asked'));
	await look(fatima);
	const gerard = (await walk.phone('Gerard Blom')).page;
	expect((await gerard.goto(address))?.status()).toBe(404);
	await gerard.goto('/havenstad');
	await look(gerard);
	await follow(gerard, t('home.ask_act'));
	await sees(gerard, promises.impossible);
	await sees(gerard, money(750_00));
	await look(gerard);
	await press(gerard, t('decide.accept'));
	await sees(gerard, t('decide.over.accepted'));
	await look(gerard);
}

/** What waits for someone on the page about one agreement. */
const waiting = (page: Page, what: string): Locator => page.locator('.needs', { hasText: what });

/** Fatima reports how one went; with words where it went otherwise. */
async function report(walk: Walk, address: string, what: string, outcome: keyof typeof promises | 'kept', words?: string): Promise<void> {
	const { t, look } = walk;
	const fatima = (await walk.phone('Fatima el Idrissi')).page;
	await fatima.goto(address);
	const block = waiting(fatima, what);
	if (words !== undefined) {
		await block.getByText(t('case.report_words')).first().click();
		await block.getByRole('textbox').fill(words);
	}
	await look(fatima);
	await block.getByRole('button', { name: t(`report.${outcome}`), exact: true }).click();
	await block.waitFor({ state: 'detached' });
}

/** Anouk says whether it went so. */
async function answer(walk: Walk, anouk: SignedInBrowser, address: string, what: string, said: 'confirm' | 'dispute'): Promise<void> {
	await anouk.page.goto(address);
	const block = waiting(anouk.page, what);
	await walk.look(anouk.page);
	await block.getByRole('button', { name: walk.t(`case.${said}`), exact: true }).click();
	await block.waitFor({ state: 'detached' });
}

/** Step 3, later: late, changed, impossible, and a decision that was taken: reported and confirmed; one is disputed first. */
export async function reportAndConfirm(walk: Walk, address: string): Promise<void> {
	const { t, look } = walk;
	const anouk = await walk.phone('Anouk Zeeman');
	await report(walk, address, promises.changed, 'changed', 'Het ging naar een andere afdeling.');
	await answer(walk, anouk, address, promises.changed, 'dispute');
	const fatima = (await walk.phone('Fatima el Idrissi')).page;
	await fatima.goto(address);
	await sees(fatima, t('case.disputed_title'));
	await look(fatima);
	await report(walk, address, promises.changed, 'kept');
	await report(walk, address, promises.late, 'late', 'Eén dag later dan gezegd.');
	await report(walk, address, promises.impossible, 'impossible', 'De kas was dit jaar al leeg.');
	await report(walk, address, promises.taken, 'taken');
	for (const what of Object.values(promises)) await answer(walk, anouk, address, what, 'confirm');
	await sees(anouk.page, t('agreement.state.ended'));
	expect(await anouk.page.locator('.gangplank .boards li.laid').count()).toBe(3);
	await look(anouk.page);
}
