import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { choose, fill, follow, press, says, sees } from './walk.ts';
import type { Walk } from './walk.ts';
import { fillHousehold, receiptPhoto } from './light-lane.ts';
import type { Household, Wish } from './light-lane.ts';
import { refused } from './refusals.ts';

/** Step 5, above the threshold: a third person lets it go, found from their own page. */
export async function release(walk: Walk, request: string, payment: string, { cents }: Wish): Promise<void> {
	const { t, look, money } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	await anouk.goto(request);
	await follow(anouk, t('request.pay'));
	await anouk.waitForURL(payment);
	await sees(anouk, t('pay.needs_release'));
	expect(await anouk.getByRole('button', { name: t('pay.act') }).count()).toBe(0);
	await look(anouk);
	const ineke = (await walk.phone('Ineke Prins')).page;
	await ineke.goto('/havenstad');
	// What the demo itself tells waits there too.
	await sees(ineke, t('pot.releases', { count: 2 }));
	await look(ineke);
	await follow(ineke, t('pot.to_releases'));
	await look(ineke);
	const waiting = ineke.locator('section.needs', { hasText: money(cents) });
	await waiting.getByRole('link', { name: t('transfers.see_request') }).click();
	await sees(ineke, 'Verhuurder Duinzicht');
	await look(ineke);
	await ineke.goto('/havenstad/pot/overboeken');
	await waiting.getByRole('button', { name: t('pay.release') }).click();
	await expect.poll(() => waiting.count()).toBe(0);
	await look(ineke);
}

/** Anouk enters a payment by transfer, or one that a member advanced. */
async function enter(
	walk: Walk,
	payment: string,
	what: { readonly way: 'transfer' | 'member'; readonly amount: string; readonly payee: string; readonly last: boolean },
	household: Household
): Promise<void> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	await page.goto(payment);
	await fill(page, t('pay.amount'), what.amount);
	await page.getByLabel(t('pay.last')).setChecked(what.last);
	await choose(page, t(`pay.way.${what.way}`));
	await page.getByLabel(t('pay.receipt')).setInputFiles(receiptPhoto);
	await fill(page, t('pay.payee'), what.payee);
	await fill(page, t('pay.iban'), 'NL91 ABNA 0417 1643 00');
	if (what.way === 'transfer') await fill(page, t('pay.reference'), 'Factuur 2026-017');
	await fillHousehold(walk, household);
	await look(page);
	await press(page, t('pay.act'));
	await page
		.getByRole('listitem')
		.filter({ hasText: t(`payment.by.${what.way}`) })
		.filter({ hasText: t('payment.state.waits') })
		.waitFor();
	await look(page);
}

/** Of the transfers that were entered here, those that can be ticked off by this button. */
const ticks = (page: Page, name: string) =>
	page.locator('section.paper', { hasText: /Verhuurder Duinzicht|Anouk Zeeman/ }).getByRole('button', { name, exact: true });

/** A transfer to the landlord and an advance of a member: on a list that can be printed, ticked off by two. */
export async function payByTransfer(walk: Walk, payment: string, left: string, household: Household): Promise<void> {
	const { t, look } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	const [willem, ineke] = [(await walk.phone('Willem Peters')).page, (await walk.phone('Ineke Prins')).page];
	await enter(walk, payment, { way: 'transfer', amount: '1.000', payee: 'Verhuurder Duinzicht', last: false }, household);
	await enter(walk, payment, { way: 'member', amount: left, payee: 'Anouk Zeeman', last: true }, household);
	await willem.goto('/havenstad');
	await look(willem);
	await follow(willem, t('pot.to_transfers'));
	await look(willem);
	// On paper stands whom to pay and where two people tick; no buttons.
	await willem.emulateMedia({ media: 'print' });
	await willem.getByText('NL91 ABNA 0417 1643 00').first().waitFor();
	for (const button of await willem.getByRole('button').all()) expect(await button.isVisible()).toBe(false);
	await willem.emulateMedia({ media: 'screen' });
	for (const waiting of [2, 1]) {
		expect(await ticks(willem, t('transfers.tick_first')).count()).toBe(waiting);
		await ticks(willem, t('transfers.tick_first')).first().click();
		await expect.poll(() => ticks(willem, t('transfers.tick_first')).count()).toBe(waiting - 1);
	}
	// Who made it ready does not say as well that it left.
	expect(await says(willem, t('transfers.wait_other'))).toBe(true);
	expect(await ticks(willem, t('transfers.tick_second')).count()).toBe(0);
	await look(willem);
	await ineke.goto('/havenstad/pot/overboeken');
	await look(ineke);
	for (const waiting of [2, 1]) {
		await expect.poll(() => ticks(ineke, t('transfers.tick_second')).count()).toBe(waiting);
		await ticks(ineke, t('transfers.tick_second')).first().click();
	}
	await expect.poll(() => ticks(ineke, t('transfers.tick_second')).count()).toBe(0);
	await ineke.goto('/havenstad/pot');
	for (const kind of ['payment_transfer', 'payment_member', 'member_advance'] as const)
		expect(
			await ineke
				.locator('#boek tbody')
				.filter({ hasText: t(`journal.${kind}`) })
				.count()
		).toBeGreaterThan(0);
	await look(ineke);
	await anouk.goto(payment);
	await sees(anouk, t('pay.done'));
	await look(anouk);
}

const whyBack = 'Een eerste huur. Jullie toeslag kwam drie weken te laat.';

/** The evaluation: an organisation is asked to pay back and accepts, and pays. An amount that is none is named at its own field. */
export async function payBack(walk: Walk, payment: string): Promise<void> {
	const { t, look, money } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	await anouk.goto(payment);
	await anouk.getByText(t('pay.ask_back'), { exact: true }).click();
	await anouk.getByLabel(t('pay.who_should')).selectOption({ label: 'Gemeente Havenstad' });
	await fill(anouk, t('pay.how_much'), 'veel');
	await fill(anouk, t('claims.why'), whyBack);
	await look(anouk);
	await press(anouk, t('pay.ask_back_act'));
	const howMuch = t('pay.how_much');
	await refused(walk, anouk, { claimAmount: [howMuch, 'not_an_amount'] }, { [howMuch]: 'veel' });
	await fill(anouk, howMuch, '700');
	await press(anouk, t('pay.ask_back_act'));
	await sees(anouk, t('claim.state.proposed'));
	await look(anouk);

	const mo = (await walk.phone('Mo Benali')).page;
	await mo.goto('/havenstad');
	await look(mo);
	await follow(mo, t('pot.to_claims'));
	await sees(mo, whyBack);
	await look(mo);
	await press(mo, t('claims.accept'));
	await sees(mo, t('claim.state.accepted'));

	const willem = (await walk.phone('Willem Peters')).page;
	await willem.goto('/havenstad/pot/terugbetalen');
	await look(willem);
	const claim = willem.locator('section', { has: willem.getByRole('heading', { name: `Gemeente Havenstad: ${money(700_00)}` }) }).last();
	const amount = claim.getByLabel(t('claims.amount'));
	const name = (await amount.getAttribute('name')) ?? '';
	await amount.fill('alles');
	await claim.getByRole('button', { name: t('claims.paid') }).click();
	await refused(walk, willem, { [name]: [t('claims.amount'), 'not_an_amount'] }, {});
	await amount.fill('700');
	await claim.getByRole('button', { name: t('claims.paid') }).click();
	await claim.getByText(t('claim.state.paid')).waitFor();
	await look(willem);
}
