import { expect } from 'vitest';
import { choose, fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';

/** A case as the other steps need it. */
export interface Case {
	readonly address: string;
	readonly pseudonym: string;
}

/** Step 1: Anouk brings in a case. */
export async function bringIn(walk: Walk): Promise<Case> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	await page.goto('/havenstad/casus/nieuw');
	await look(page);
	await fill(page, t('intake.stuck'), 'De woning is leeg. Bijzondere bijstand duurt acht weken, en de uitkering is te laag.');
	await fill(page, t('intake.goal'), 'Ik wil thuis kunnen slapen en eten.');
	await fill(page, t('intake.first_need'), 'Spullen voor de woning, met bijzondere bijstand of anders.');
	await fill(page, t('intake.own_organisation'), 'Wij kunnen de eerste maand huur later vragen.');
	await fill(page, t('intake.looming'), 'Terug naar de opvang.');
	await choose(page, t('intake.yes'));
	await press(page, t('intake.act'));
	await page.waitForURL(/\/havenstad\/casus\/[0-9a-f-]{36}$/);
	await look(page);
	return { address: page.url(), pseudonym: (await page.getByRole('heading', { level: 1 }).innerText()).trim() };
}

/** Step 2: a question without a name, answered from the mail by who sees no case; what helped becomes a knowledge card. */
export async function askAround(walk: Walk, { address, pseudonym }: Case, wish: string): Promise<void> {
	const { t, look, visitor } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	const fatima = (await walk.phone('Fatima el Idrissi')).page;
	const before = await walk.letter('fatima@gemeente.example', 'vraag');
	await page.goto(address);
	await follow(page, t('case.ask'));
	await look(page);
	expect(await page.getByRole('checkbox', { name: /Fatima el Idrissi/ }).isChecked()).toBe(true);
	await fill(page, t('ask.text'), `Wie weet hoe dit sneller kan? ${wish}.`);
	await press(page, t('ask.act'));
	await page.waitForURL((url) => !url.pathname.endsWith('/vraag'));
	await look(page);

	const link = await walk.nextLetter('fatima@gemeente.example', 'vraag', before);
	await look(visitor);
	await visitor.goto(link);
	await sees(visitor, `Wie weet hoe dit sneller kan? ${wish}.`);
	expect(await visitor.locator('body').innerText()).not.toContain(pseudonym);
	await look(visitor);
	await fill(visitor, t('answer.text'), 'Vraag een voorschot: dat kan binnen vier weken.');
	await press(visitor, t('answer.other_way'));
	await visitor.getByRole('heading', { name: t('thanks.title') }).waitFor();
	await look(visitor);
	await visitor.goto(link);
	await sees(visitor, t('question.link_used').slice(0, 30));
	await look(visitor);
	expect((await fatima.goto(address))?.status()).toBe(404);
	await look(fatima);

	await page.goto(address);
	await sees(page, 'Vraag een voorschot: dat kan binnen vier weken.');
	await look(page);
	await follow(page, t('answer.talk'));
	await press(page, t('answer.mark_helped'));
	await follow(page, t('answer.make_card'));
	await look(page);
	const scheme = `Een voorschot: ${wish}`;
	await fill(page, t('card.scheme'), scheme);
	await fill(page, t('card.how'), 'Vraag het voorschot tegelijk met de bijstand aan. Dat kan binnen vier weken.');
	await fill(page, t('card.who'), 'Het loket werk en inkomen.');
	await press(page, t('card.act'));
	await page.getByRole('heading', { level: 1, name: scheme }).waitFor();
	await look(page);
	// Whose answer it was says whether the name may stand there; everyone finds the card.
	await fatima.goto(page.url());
	await look(fatima);
	await press(fatima, t('card.name_yes'));
	await sees(fatima, 'Fatima el Idrissi (Gemeente Havenstad)');
	const noor = (await walk.phone('Noor Yilmaz')).page;
	await noor.goto('/havenstad/kennis');
	await noor.getByRole('link', { name: scheme }).first().waitFor();
	await look(noor);
}
