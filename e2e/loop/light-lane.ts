import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';
import type { Case } from './question.ts';

export const receiptPhoto = fileURLToPath(new URL('../../demo/receipt.jpg', import.meta.url));

/** What is asked, as it is typed and in cents. */
export interface Wish {
	readonly what: string;
	readonly typed: string;
	readonly cents: number;
}

/** Step 4: one screen, and three colleagues of the team agree, one of them from the mail. Answers the address of the request. */
export async function askTeam(walk: Walk, { address }: Case, { what, typed, cents }: Wish): Promise<string> {
	const { t, look, visitor } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	const [noor, ravi] = [(await walk.phone('Noor Yilmaz')).page, (await walk.phone('Ravi Kanhai')).page];
	const before = await walk.letter('fatima@gemeente.example', 'vraag');
	const why = 'Bijzondere bijstand duurt acht weken.';
	await page.goto(address);
	await follow(page, t('case.ask_money'));
	await fill(page, t('money.what'), what);
	await fill(page, t('money.amount'), typed);
	await fill(page, t('money.supplier'), 'Kringloop De Kade');
	await fill(page, t('money.why'), why);
	await page.getByLabel(t('money.team')).selectOption({ label: 'Team Noord' });
	await look(page);
	await press(page, t('money.act'));
	await page.waitForURL(/\/geld\/[0-9a-f-]{36}$/);
	const request = page.url();
	const rule = { colleagues: 3, organisations: 2 };
	await sees(page, t('request.team_waits', { agreed: 0, ...rule }));
	await look(page);
	for (const voter of [noor, ravi]) {
		await voter.goto('/havenstad');
		await look(voter);
		await voter
			.getByRole('link', { name: `${what}. ${why}` })
			.first()
			.click();
		await sees(voter, t('question.amount', { amount: walk.money(cents) }));
		await look(voter);
		// Ravi sits at the table: to him it is not said that he does not see whom it is about.
		expect(await voter.getByText(t('question.no_name')).count()).toBe(voter === ravi ? 0 : 1);
		if (voter === ravi) break;
		await press(voter, t('vote.agree'));
		await voter.getByRole('heading', { name: t('question.your_answer') }).waitFor();
		await look(voter);
	}
	await visitor.goto(await walk.nextLetter('fatima@gemeente.example', 'vraag', before));
	await sees(visitor, t('question.amount', { amount: walk.money(cents) }));
	await look(visitor);
	await press(visitor, t('vote.agree'));
	await visitor.getByRole('heading', { name: t('thanks.title') }).waitFor();
	await page.goto(request);
	await sees(page, t('request.team_waits', { agreed: 2, ...rule }));
	expect(await page.getByRole('link', { name: t('request.pay'), exact: true }).count()).toBe(0);
	await look(page);
	await press(ravi, t('vote.agree'));
	await ravi.getByRole('heading', { name: t('question.your_answer') }).waitFor();
	return request;
}

/** Which household it is for: never the same one twice. */
export interface Household {
	readonly postcode: string;
	readonly number: string;
	readonly born: string;
}
export async function fillHousehold(walk: Walk, household: Household): Promise<void> {
	const { page } = await walk.phone('Anouk Zeeman');
	await fill(page, walk.t('pay.postcode'), household.postcode);
	await fill(page, walk.t('pay.house_number'), household.number);
	await fill(page, walk.t('pay.birth_date'), household.born);
}

/** Step 5, light: paid with the card of the team, with a photo of the receipt; the treasurer sees it in the book. */
export async function payByCard(walk: Walk, request: string, { typed, cents }: Wish, household: Household): Promise<void> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	const willem = await walk.phone('Willem Peters');
	await page.goto(request);
	await sees(page, t('request.state.granted'));
	await look(page);
	await follow(page, t('request.pay'));
	await look(page);
	await fill(page, t('pay.amount'), typed);
	await page.getByLabel(t('pay.receipt')).setInputFiles(receiptPhoto);
	await fillHousehold(walk, household);
	await press(page, t('pay.act'));
	const photo = await page.getByRole('link', { name: t('pay.see_receipt') }).getAttribute('href');
	await sees(page, t('pay.done'));
	await look(page);
	await willem.page.goto('/havenstad/pot');
	const paid = willem.page.locator('#boek tbody').filter({ hasText: t('journal.payment_card') });
	expect(await paid.first().innerText()).toContain(walk.money(cents));
	await look(willem.page);
	const shown = await willem.context.request.get(photo ?? '');
	expect([shown.status(), shown.headers()['content-type']]).toEqual([200, 'image/jpeg']);
}
