import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { pdfFile } from '#foundation/files/testing.server.ts';
import type { FieldCode } from '#foundation/outcome.ts';
import { choose, fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';
import { caseWith } from './agreements.ts';

/**
 * After a refusal: the summary has the focus and names exactly these fields, each with its reason, and leads to them; what was typed is still
 * there. Also without script.
 */
export async function refused(
	walk: Walk,
	page: Page,
	fields: Readonly<Record<string, readonly [string, FieldCode]>>,
	kept: Readonly<Record<string, string>>
): Promise<void> {
	const { t, look } = walk;
	await page.locator('section.notice--wrong:focus').waitFor();
	const summary = page.locator('section.notice--wrong');
	await summary.getByRole('heading', { name: t('form.errors', { count: Object.keys(fields).length }) }).waitFor();
	expect(await summary.getByRole('listitem').count()).toBe(Object.keys(fields).length);
	for (const [name, [label, code]] of Object.entries(fields)) {
		const link = summary.getByRole('link', { name: label, exact: true });
		expect(await link.getAttribute('href')).toBe(`#f-${name}`);
		const why = t(`field.${code}`, { min: 'none', max: 'none' });
		expect(await page.locator(`[id="f-${name}-error"]`).innerText()).toContain(why);
		await link.click();
		expect(await page.locator(`[id="f-${name}"]:focus`).count(), name).toBe(1);
	}
	for (const [label, text] of Object.entries(kept)) expect(await page.getByLabel(label).first().inputValue(), label).toBe(text);
	await look(page);
}

/** Asking money of the team: an amount that is none, and one that is too large for it. */
export async function refuseRequest(walk: Walk): Promise<void> {
	const { t } = walk;
	const address = await caseWith(walk, 'De wasmachine is kapot.', []);
	const { page } = await walk.phone('Anouk Zeeman');
	await page.goto(`${address}/geld`);
	const typed = { [t('money.what')]: 'Een wasmachine', [t('money.why')]: 'De regeling duurt acht weken.' };
	for (const [label, text] of Object.entries(typed)) await fill(page, label, text);
	await fill(page, t('money.amount'), 'honderd');
	await press(page, t('money.act'));
	const [amount, supplier] = [t('money.amount'), t('money.supplier')];
	await refused(
		walk,
		page,
		{ amount: [amount, 'not_an_amount'], supplier: [supplier, 'required'] },
		{ ...typed, [t('money.amount')]: 'honderd' }
	);
	await fill(page, t('money.amount'), '800');
	await fill(page, t('money.supplier'), 'Witgoed Noord');
	await press(page, t('money.act'));
	// Not a mistake: it says which road there is.
	await sees(page, t('refusal.above_limit'));
	expect(await page.getByLabel(t('money.what')).inputValue()).toBe('Een wasmachine');
	await walk.look(page);
	await page
		.locator('main p')
		.filter({ hasText: t('refusal.above_limit') })
		.getByRole('link', { name: t('money.larger') })
		.click();
	await page.getByRole('heading', { level: 1, name: t('larger.title') }).waitFor();
}

/** The third vote for the money that Noor asks in the demo, once; then she can pay. */
export async function voteForNoor(walk: Walk): Promise<string> {
	const { t } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	await anouk.goto('/havenstad');
	const question = anouk.getByRole('link', { name: 'Het deel van het eigen risico' });
	if ((await question.count()) > 0) {
		await question.first().click();
		await press(anouk, t('vote.agree'));
		await anouk.getByRole('heading', { name: t('question.your_answer') }).waitFor();
	}
	const noor = (await walk.phone('Noor Yilmaz')).page;
	await noor.goto('/havenstad');
	for (const found of await noor
		.locator('main ul.lines a[href*="/casus/"]')
		.evaluateAll((all) => all.map((one) => one.getAttribute('href')))) {
		await noor.goto(found ?? '');
		const request = noor.locator('#geld a', { hasText: 'Het deel van het eigen risico' });
		if ((await request.count()) === 0) continue;
		await request.first().click();
		await follow(noor, t('request.pay'));
		return noor.url();
	}
	throw new Error('Noor holds no case with this request.');
}

/** Paying: an amount, an account number and a file that are none, each named; a PDF that is called a photo is taken as what it is. */
export async function refusePayment(walk: Walk, payment: string, { amount, house }: { amount: string; house: string }): Promise<void> {
	const { t } = walk;
	const { page } = await walk.phone('Noor Yilmaz');
	await page.goto(payment);
	await page.getByText(t('pay.to_whom')).click();
	const typed = {
		[t('pay.payee')]: 'Apotheek De Boei',
		[t('pay.iban')]: 'NL91 ABNA 0417 1643 01',
		[t('pay.reference')]: 'Rekening 44',
		[t('pay.postcode')]: '5218 MN',
		[t('pay.house_number')]: house,
		[t('pay.birth_date')]: '1971-04-30'
	};
	for (const [label, text] of Object.entries({ [t('pay.amount')]: 'tien euro', ...typed })) await fill(page, label, text);
	await page.getByLabel(t('pay.last')).setChecked(false);
	await choose(page, t('pay.way.transfer'));
	await press(page, t('pay.act'));
	await refused(
		walk,
		page,
		{ amount: [t('pay.amount'), 'not_an_amount'], iban: [t('pay.iban'), 'not_an_iban'] },
		{ ...typed, [t('pay.amount')]: 'tien euro' }
	);
	// The choices stayed too: the way to pay, and that more is to come.
	expect(await page.getByRole('radio', { name: new RegExp(`^${t('pay.way.transfer')}`) }).isChecked()).toBe(true);
	expect(await page.getByLabel(t('pay.last')).isChecked()).toBe(false);

	await fill(page, t('pay.amount'), amount);
	await fill(page, t('pay.iban'), 'NL91 ABNA 0417 1643 00');
	const photo = (buffer: Buffer) => ({ name: 'bon.jpg', mimeType: 'image/jpeg', buffer });
	await page.getByLabel(t('pay.receipt')).setInputFiles(photo(Buffer.from('Dit is geen foto.')));
	await press(page, t('pay.act'));
	await refused(
		walk,
		page,
		{ receipt: [t('pay.receipt'), 'file_unknown'] },
		{ [t('pay.amount')]: amount, [t('pay.payee')]: 'Apotheek De Boei' }
	);
	await page.getByLabel(t('pay.receipt')).setInputFiles(photo(Buffer.from(pdfFile())));
	await press(page, t('pay.act'));
	await page
		.getByRole('listitem')
		.filter({ hasText: walk.money(Math.round(Number(amount.replace(',', '.')) * 100)) })
		.getByRole('link', { name: t('pay.see_pdf') })
		.waitFor();
	await walk.look(page);
}
