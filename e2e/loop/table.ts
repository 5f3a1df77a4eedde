import { expect } from 'vitest';
import { fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';
import type { Case } from './question.ts';

/** Step 3, in its narrow form: Ravi comes to the table, promises, and keeps it. */
export async function promiseAndKeep(walk: Walk, { address }: Case, message: string): Promise<void> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	const ravi = (await walk.phone('Ravi Kanhai')).page;
	await page.goto(`${address}/uitnodigen`);
	await look(page);
	await page.getByLabel(t('invite.who')).selectOption({ label: 'Ravi Kanhai, schuldhulpverlener, Schuldhulp Havenstad' });
	await fill(page, t('invite.message'), message);
	await press(page, t('invite.act'));
	await page.waitForURL(address);
	expect((await ravi.goto(address))?.status()).toBe(404);
	await ravi.goto('/havenstad');
	await follow(ravi, t('home.see_invitation'));
	await sees(ravi, message);
	await look(ravi);
	await press(ravi, t('invitation.accept'));
	await ravi.waitForURL(address);
	await follow(ravi, t('case.agree'));
	await fill(ravi, t('agreement.what'), 'Voorschot aanvragen');
	await look(ravi);
	await press(ravi, t('agreement.act'));
	await ravi.waitForURL(address);
	await press(ravi, t('report.kept'));
	await sees(ravi, t('agreement.state.reported'));
	await look(ravi);
	await page.goto(address);
	const laid = await page.locator('.gangplank .boards li.laid').count();
	await press(page, t('case.confirm'));
	await page.getByText(t('agreement.state.kept'), { exact: true }).waitFor();
	expect(await page.locator('.gangplank .boards li.laid').count()).toBe(laid + 1);
}
