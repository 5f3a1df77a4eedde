import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { say } from '#foundation/text/say.server.ts';
import type { MessageKey, MessageValues } from '#foundation/text/text.ts';
import { expectAccessible } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sees, submit } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import { signInAs } from './signed-in.ts';

/**
 * S11, local policy needs more room: a law that leaves none is named in case after case, becomes a letter to who can change it, and is brought to the
 * agreements for a year, where a municipality, a housing association and its tenants each offer, each accept, and look how it goes; a fourth party says no.
 * That the letter went and what came back is written down, and who governs sees what waits. Five people of four organisations, each on their own phone.
 * When a year is over its parties say apart what came of it, read it together, and go on.
 */

let demo: ServedDemo;
let browser: Browser;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const t = (key: MessageKey, values?: MessageValues): string => say('nl', key, values);
const title = 'Wie iemand in huis neemt, raakt een deel van de uitkering kwijt';

/** Opens a page, and waits until it listens. */
async function listens(page: Page, address: string): Promise<void> {
	const listening = page.waitForResponse((response) => response.url().includes('/live?'));
	await page.goto(address);
	expect((await listening).status()).toBe(200);
	await page.waitForTimeout(500);
}

test('S11: three parties agree for a year, and a law without room becomes a letter', { timeout: 240_000 }, async () => {
	const [anouk, bas, sanne, wout, ilse] = await Promise.all(
		['Anouk Zeeman', 'Bas Oudeland', 'Sanne', 'Wout Brugman', 'Ilse Kramer'].map((name) => signInAs(browser, demo.address, name))
	);
	if (!anouk || !bas || !sanne || !wout || !ilse) throw new Error('All five are signed in.');
	let causeId = '';
	for (let time = 0; time < 5; time++) {
		const path = await anouk.post('/havenstad/casus/nieuw', {
			...{ stuck: 'Haar zoon slaapt buiten.', goal: 'Ik wil hem in huis.', firstNeed: 'Een bed.' },
			...{ ownOrganisation: 'Wij staan het toe.', residentKnows: 'yes' }
		});
		await anouk.page.goto(`${path}/knelpunt`);
		const known = anouk.page.locator('select[name=causeId] option', { hasText: title });
		if ((await known.count()) > 0) causeId = (await known.getAttribute('value')) ?? '';
		await anouk.post(`${path}/knelpunt`, causeId === '' ? { cause: 'law_no_local_room', responsible: 'ministry', title } : { causeId });
		if (time !== 3) continue;
		// Four cases: it comes back, and is too few to write of.
		await anouk.page.goto(`/havenstad/knelpunt/${causeId}/brief`);
		await sees(anouk.page, t('letter.too_few'));
	}
	const address = `/havenstad/knelpunt/${causeId}`;

	// The letter: what it says of cases is at least five, and it says no word that two did not read.
	await anouk.page.goto(address);
	await anouk.page.getByRole('link', { name: t('letter.link') }).click();
	await anouk.page.waitForURL(/\/brief$/);
	await expectAccessible(anouk.page);
	const letter = () => anouk.page.getByLabel(t('letter.text')).inputValue();
	expect(await letter()).toContain('in minstens 5 casussen');
	expect(await letter()).not.toContain(title);
	await anouk.post(`${address}/openbaar?/write`, { kind: 'title', words: title });
	await sanne.page.goto(`${address}/openbaar`);
	await submit(sanne.page, t('release.release'));
	await anouk.page.reload();
	expect(await letter()).toContain(`“${title}”`);

	// She signs it and sends it herself, and writes down that it went; who governs reads that it waits for an answer.
	await anouk.page.getByText(t('letter.record_open')).click();
	await expectAccessible(anouk.page);
	await submit(anouk.page, t('letter.record'));
	await expectAccessible(anouk.page);
	await anouk.page.getByLabel(t('letter.addressee.ministry')).check();
	await submit(anouk.page, t('letter.record'));
	await sees(anouk.page, t('letter.state.waits'));
	await sanne.page.goto('/havenstad/bestuur');
	await sees(sanne.page, 'aan wie een wet kan veranderen');
	await expectAccessible(sanne.page);
	const waiting = sanne.page.getByRole('link', { name: title }).and(sanne.page.locator('[href$="/brief"]'));
	await waiting.click();
	// The answer came to another; what they write down everyone at the cause reads, and nothing waits any more.
	await sanne.page.getByText(t('letter.answer_open')).click();
	await sanne.page.getByLabel(t('letter.answer.no'), { exact: true }).check();
	const back = 'De minister ziet het, en wijst op een onderzoek dat nog loopt.';
	await sanne.page.getByLabel(t('letter.answer_words')).fill(back);
	await submit(sanne.page, t('letter.answer'));
	await sees(sanne.page, back);
	await expectAccessible(sanne.page);
	await sanne.page.goto('/havenstad/bestuur');
	expect(await waiting.count()).toBe(0);
	await anouk.page.goto(address);
	await sees(anouk.page, t('letter.state.no'));
	await sees(anouk.page, back);

	// It is brought to the agreements for a year, from the cause itself, with who could do something about it here.
	await anouk.page.goto(address);
	await anouk.page.getByRole('link', { name: t('yearly.from_cause') }).click();
	await anouk.page.waitForURL(/jaarafspraken/);
	await expectAccessible(anouk.page);
	await anouk.page.getByLabel(t('yearly.challenge')).fill('Wie iemand in huis neemt, houdt te weinig over');
	await anouk.page.getByLabel('Gemeente Havenstad').check();
	await anouk.page.getByLabel('Huurdersraad Havenstad').check();
	await anouk.page.getByLabel('Zeewering').check();
	await submit(anouk.page, t('yearly.bring'));
	await anouk.page.waitForURL(/jaarafspraken\/[0-9a-f-]{36}/);
	const item = new URL(anouk.page.url()).pathname;
	// It stands on the page of the cause.
	await anouk.page.goto(address);
	await sees(anouk.page, t('yearly.at_cause'));
	await expectAccessible(anouk.page);

	// Who looks at it while another acts sees so by themselves: a party that says no, and what another offers.
	await listens(wout.page, item);
	await ilse.page.goto('/havenstad');
	await sees(ilse.page, 'Wat kunnen jullie in een jaar doen aan');
	await ilse.page.goto(item);
	await ilse.page.getByText(t('yearly.decline_open')).click();
	await submit(ilse.page, t('yearly.decline'));
	await sees(ilse.page, t('yearly.not_taking_part'));
	await expectAccessible(ilse.page);
	await sees(wout.page, t('yearly.not_taking_part'));

	// Each party is asked on its first page, and offers for itself.
	const offers = [
		[bas, 'Wij rekenen geen kostendelers mee in de huur.'],
		[sanne, 'Wij zoeken binnen de wet de ruimste uitleg.'],
		[wout, 'Wij vertellen huurders wat er kan, en tellen hoe vaak het gebeurt.']
	] as const;
	for (const [party, offer] of offers) {
		await party.page.goto('/havenstad');
		await sees(party.page, 'Wat kunnen jullie in een jaar doen aan');
		await party.page.goto(item);
		await party.page.getByLabel(t('yearly.offer_words')).fill(offer);
		await submit(party.page, t('yearly.offer'));
		await sees(party.page, offer);
		await sees(wout.page, offer);
	}
	await expectAccessible(wout.page);
	// Agreed is what each accepted, and not before the last did.
	for (const [party] of offers) {
		await party.page.goto(item);
		await sees(party.page, t('yearly.state.offered'));
		await submit(party.page, t('yearly.accept'));
	}
	await sees(wout.page, t('yearly.state.agreed'));
	// Later one looks how it goes, by their colleague who does the work; and they look back together.
	await anouk.post(`${item}?/looked`, { how: 'partly', words: 'Bij drie huishoudens gelukt.' });
	await anouk.post(`${item}?/evaluated`, { words: 'De ruimste uitleg helpt, de wet moet anders.' });
	for (const [party] of offers) {
		await party.page.goto('/havenstad');
		await sees(party.page, 'Gaan jullie akkoord?');
		await party.page.goto(item);
		await sees(party.page, t('yearly.how.partly'));
		await submit(party.page, t('yearly.accept'));
	}
	await sees(wout.page, t('yearly.state.evaluated'));
	await expectAccessible(wout.page);
	for (const { context } of [anouk, bas, sanne, wout, ilse]) await context.close();
});

test('S11: when the year is over two parties say apart what came of it, read it together, and go on', { timeout: 120_000 }, async () => {
	const [bas, sanne] = await Promise.all(['Bas Oudeland', 'Sanne'].map((name) => signInAs(browser, demo.address, name)));
	if (!bas || !sanne) throw new Error('Both are signed in.');
	const over = 'Zonder adres komt niemand aan de beurt';
	// Bas is asked on his first page; Sanne said it already, and waits.
	await bas.page.goto('/havenstad');
	const asked = bas.page.locator('.needs').filter({ hasText: t('home.yearly_look_back', { title: over }) });
	await asked.getByRole('link', { name: t('home.see_yearly') }).click();
	await bas.page.waitForURL(/jaarafspraken/);
	await sees(bas.page, t('yearly.state.looking_back'));
	const item = new URL(bas.page.url()).pathname;
	const hers = 'Wie belt, wacht nog twee weken.';
	expect(await bas.page.locator('main').innerText()).not.toContain(hers);
	await expectAccessible(bas.page);
	await listens(sanne.page, item);
	await sees(sanne.page, hers);

	// Nothing chosen is refused, and what was typed stays.
	const his = 'Bij de inschrijving neemt ieder het aan.';
	await bas.page.getByLabel(t('yearly.back_words')).fill(his);
	await submit(bas.page, t('yearly.look_back'));
	await expectAccessible(bas.page);
	expect(await bas.page.getByLabel(t('yearly.back_words')).inputValue()).toBe(his);
	const choose = (question: MessageKey, answer: MessageKey, values?: MessageValues) =>
		bas.page
			.getByRole('group', { name: t(question, values) })
			.getByLabel(t(answer), { exact: true })
			.check();
	await choose('yearly.back_how', 'yearly.back_how.kept');
	await choose('yearly.goes_on', 'yearly.goes_on.yes', { year: String(new Date().getFullYear()) });
	await submit(bas.page, t('yearly.look_back'));
	// Now both read both, Sanne without doing anything.
	for (const { page } of [bas, sanne]) {
		await sees(page, his);
		await sees(page, hers);
		await sees(page, t('yearly.state.looked_back'));
	}
	await expectAccessible(sanne.page);

	// Sanne begins a next year from it, with its words and parties; the same a second time is refused.
	const begins = async () => {
		await sanne.page.goto(`/havenstad/jaarafspraken?vorige=${item.split('/').at(-1)}`);
		expect(await sanne.page.getByLabel(t('yearly.challenge')).inputValue()).toBe(over);
		expect(await sanne.page.getByLabel('De Kade').isChecked()).toBe(true);
		await submit(sanne.page, t('yearly.bring'));
	};
	await sanne.page.getByRole('link', { name: 'Begin een afspraak voor' }).click();
	await begins();
	await sanne.page.waitForURL(/jaarafspraken\/[0-9a-f-]{36}/);
	await sees(sanne.page, t('yearly.state.challenge'));
	await begins();
	await sees(sanne.page, t('refusal.already_brought'));
	for (const { context } of [bas, sanne]) await context.close();
});
