import { expect } from 'vitest';
import { choose, fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';

const parties = ['Woningstichting De Kade', 'Wonen aan de Zeewering', 'Gemeente Havenstad'] as const;
const governors = ['Bas Oudeland', 'Ilse Kramer', 'Sanne Bakker'] as const;

/** Before help is asked: the treasurer proposes a way to share in three equal weights, and each organisation accepts it by who may. */
export async function agreeToShare(walk: Walk): Promise<void> {
	const { t, look } = walk;
	const willem = (await walk.phone('Willem Peters')).page;
	await willem.goto('/havenstad/pot');
	await follow(willem, t('split.title'));
	await choose(willem, t('split.agreed'));
	await willem.getByText(t('split.weights')).click();
	for (const party of parties) await fill(willem, party, '1');
	await look(willem);
	await press(willem, t('split.propose'));
	await sees(willem, t('split.not_accepted'));
	await look(willem);
	for (const name of governors) {
		const { page } = await walk.phone(name);
		await page.goto('/havenstad');
		await look(page);
		await follow(page, t('pot.to_splits'));
		await look(page);
		// Another way may stand there since before; the newest comes first.
		const accept = page.getByRole('button', { name: t('split.accept') });
		const before = await accept.count();
		await press(page, t('split.accept'));
		await expect.poll(() => accept.count()).toBe(before - 1);
	}
}

/** What was paid and is nobody's alone: shared to the cent, and seen so by an organisation that accepted it. */
export async function share(walk: Walk, typed: string): Promise<void> {
	const { t, look, money } = walk;
	const willem = (await walk.phone('Willem Peters')).page;
	await willem.goto('/havenstad/pot/verdelen');
	await look(willem);
	await willem.getByLabel(t('split.which')).selectOption({ index: 1 });
	await fill(willem, t('split.amount'), typed);
	await fill(willem, t('claims.why'), 'Een eerste huur, samen gedragen zoals afgesproken.');
	await press(willem, t('split.share'));
	const shared = willem
		.locator('#gedeeld li')
		.filter({ hasText: money(233_34) })
		.first();
	await shared.waitFor();
	for (const part of [money(233_33), money(233_34)]) expect(await shared.innerText()).toContain(part);
	await look(willem);
	const sanne = (await walk.phone('Sanne Bakker')).page;
	await sanne.goto('/havenstad/pot/verdelen');
	await sees(sanne, /Gemeente Havenstad.*233/);
	await look(sanne);
}
