import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { choose, fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';
import type { Case } from './question.ts';

/** Step 6: what it returns: a price from the list, then the break-even and the three ways. */
export async function countReturn(walk: Walk, { address }: Case): Promise<void> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	await page.goto(`${address}/opbrengst/vastleggen`);
	await look(page);
	await page.locator('#f-zoek').fill(walk.language === 'nl' ? 'opvang' : 'shelter');
	await page
		.locator('#prijzen')
		.getByRole('button', { name: t('price.find_act'), exact: true })
		.click();
	await page.locator('.price-found').first().waitFor();
	await look(page);
	await page
		.getByRole('button', { name: new RegExp(`^${t('price.add_looming')}`) })
		.first()
		.click();
	await fill(page, t('value_map.chancePercent'), '40');
	await fill(page, t('value_map.hours'), '6');
	await fill(page, t('value_map.hour_cents'), '50');
	await page.getByLabel(new RegExp(`^${t('value_map.deadweight')}`)).fill('20');
	await look(page);
	await press(page, t('value_map.act'));
	await page.waitForURL(`${address}/opbrengst`);
	await sees(page, walk.language === 'nl' ? /^Loont / : /^(Pays|Does not pay)\b/);
	const ways = page
		.locator('section', { has: page.getByRole('heading', { name: t('return.ways.title') }) })
		.locator('table')
		.first();
	expect(await ways.locator('tbody > tr').count()).toBeGreaterThanOrEqual(3);
	for (const way of ['fund_only', 'adjusted', 'full'] as const) expect(await ways.innerText()).toContain(t(`return.way.${way}`));
	await look(page);
}

/** Step 7: it worked; who helped reads it on their own page, and still sees no case. */
export async function tellThatItWorked(walk: Walk, { address, pseudonym }: Case): Promise<void> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	const fatima = (await walk.phone('Fatima el Idrissi')).page;
	await page.goto(address);
	await press(page, t('success.act'));
	await sees(page, t('success.told', { day: '' }).split(' ').slice(0, 4).join(' '));
	await look(page);
	await fatima.goto('/havenstad');
	const thanks = fatima.locator('section', { has: fatima.getByRole('heading', { name: t('success.my_title') }) });
	await thanks.getByText(t('success.my_answered')).first().waitFor();
	expect(await thanks.innerText()).not.toContain(pseudonym);
	await look(fatima);
}

/** How many cases have a cause, of how many, as the network's page says it: "12 van 30 casussen". */
export async function countCauses(page: Page): Promise<number[]> {
	await page.goto('/havenstad/netwerk');
	const said = page.locator('summary').filter({ hasText: /^\d+ (van|of) \d+ (casussen|cases)$/ });
	return (await said.last().innerText()).match(/\d+/g)?.map(Number) ?? [];
}

/** Step 8: why was this needed. */
export async function nameCause(walk: Walk, { address }: Case, cause: string): Promise<void> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	await page.goto(address);
	await follow(page, t('cause_form.act'));
	await look(page);
	await choose(page, t('cause.waiting_time'));
	await page.getByLabel(t('close.responsible')).selectOption({ label: 'Gemeente Havenstad' });
	await fill(page, t('cause_form.name'), cause);
	await press(page, t('cause_form.act'));
	await page.waitForURL(address);
	await sees(page, cause);
	await look(page);
}

/** Step 9: the network counts one case more with a cause, and shows the cause beside the others. */
export async function seeOnNetwork(walk: Walk, before: readonly number[], cause: string): Promise<void> {
	const willem = (await walk.phone('Willem Peters')).page;
	expect(await countCauses(willem)).toEqual(before.map((count) => count + 1));
	await walk.look(willem);
	await willem.goto('/havenstad/knelpunten');
	await willem.getByRole('link', { name: cause }).first().waitFor();
	await walk.look(willem);
}
