import { expect } from 'vitest';
import { choose, fill, follow, press, says, sees } from './walk.ts';
import type { Walk } from './walk.ts';
import { caseWith } from './agreements.ts';

/** Step 7, months later: one tap from the mail, without signing in, and once. */
export async function followUp(walk: Walk, to: string): Promise<void> {
	const { t, look, visitor } = walk;
	const link = await walk.nextLetter(to, 'opvolging', null);
	await visitor.goto(link);
	await look(visitor);
	await press(visitor, t('follow_up.outcome.reached'));
	await sees(visitor, t('follow_up.thanks'));
	await look(visitor);
	await visitor.goto(link);
	await sees(visitor, t('follow_up.already'));
	expect(await visitor.getByRole('button', { name: t('follow_up.outcome.reached') }).count()).toBe(0);
}

/** What was found stands beside what was foreseen, for who holds the case. */
export async function findingInPlace(walk: Walk, name: string, mail: string): Promise<void> {
	const { t, look } = walk;
	const { page } = await walk.phone(name);
	await page.goto('/havenstad');
	const form = await page.getByRole('link', { name: t('follow_up.answer_act') }).getAttribute('href');
	const address = form?.replace(/\/opvolging$/, '') ?? '';
	await page.goto(form ?? '');
	await look(page);
	await page.goto(`${address}/opbrengst`);
	await sees(page, t('realised.none'));
	await followUp(walk, mail);
	await page.goto(`${address}/opbrengst`);
	await sees(page, t('realised.last', { months: 6, outcome: t('follow_up.said.reached') }));
	await look(page);
	await page.goto('/havenstad');
	expect(await page.getByRole('link', { name: t('follow_up.answer_act') }).count()).toBe(0);
}

/** Hand-over: Ravi takes the case over, and who held it goes from the table. */
export async function handOver(walk: Walk, address: string): Promise<void> {
	const { t, look } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	await anouk.goto(address);
	await follow(anouk, t('hand_over.act'));
	await look(anouk);
	await anouk
		.getByLabel(t('hand_over.to'))
		.selectOption({ label: t('person.of', { name: 'Ravi Kanhai', organisation: 'Schuldhulp Havenstad' }) });
	await choose(anouk, t('hand_over.stays_no'));
	await fill(anouk, t('hand_over.message'), 'De bewoner weet dat jij het overneemt.');
	await press(anouk, t('hand_over.offer'));
	await sees(anouk, t('hand_over.withdraw'));
	await look(anouk);
	const ravi = (await walk.phone('Ravi Kanhai')).page;
	await ravi.goto('/havenstad');
	await look(ravi);
	await ravi.goto(address);
	await sees(ravi, 'De bewoner weet dat jij het overneemt.');
	await look(ravi);
	await press(ravi, t('hand_over.take'));
	await follow(ravi, t('hand_over.act'));
	expect((await anouk.goto(address))?.status()).toBe(404);
}

/** Closing: the cause that was named is confirmed with one tap. */
export async function closeAsNamed(walk: Walk, address: string, cause: string): Promise<void> {
	const { t, look } = walk;
	const ravi = (await walk.phone('Ravi Kanhai')).page;
	await ravi.goto(address);
	await follow(ravi, t('case.close'));
	await sees(ravi, cause);
	await look(ravi);
	await choose(ravi, t('outcome.helped'));
	await press(ravi, t('close.act'));
	await ravi.getByRole('heading', { name: t('case.closed_title') }).waitFor();
	await sees(ravi, cause);
	await look(ravi);
}

/** Step 9: the third case with the same cause asks who goes about it, and the governor takes it up. */
export async function takeUpSignal(walk: Walk, cause: string): Promise<void> {
	const { t, look } = walk;
	const anouk = await walk.phone('Anouk Zeeman');
	for (const way of ['named', 'closed'] as const) {
		const address = await caseWith(walk, 'Ook hier kwam het krediet te laat.', []);
		const { page } = anouk;
		await page.goto(address);
		await follow(page, way === 'named' ? t('cause_form.act') : t('case.close'));
		if (way === 'closed') await choose(page, t('outcome.referred'));
		await page.getByLabel(t('cause_form.known')).selectOption({ label: cause });
		await look(page);
		await press(page, way === 'named' ? t('cause_form.act') : t('close.act'));
		await page.waitForURL(address);
		await page.goto('/havenstad/knelpunten');
		await follow(page, cause);
		await sees(page, t('causes.in_cases', { count: way === 'named' ? 2 : 3 }));
		expect(await says(page, t('signal.state.seen'))).toBe(way === 'closed');
	}
	await look(anouk.page);
	const sanne = (await walk.phone('Sanne Bakker')).page;
	await sanne.goto('/havenstad');
	await look(sanne);
	await sanne
		.locator('.needs', { hasText: cause })
		.getByRole('link', { name: t('home.see_signal') })
		.click();
	await sees(sanne, t('signal.state.seen'));
	await look(sanne);
	await press(sanne, t('signal.takeUp'));
	await sees(sanne, t('signal.state.acknowledged'));
	await look(sanne);
}

/** The resident reads the plan by a link; the facilitator, the checker and the governor see their own page, and no case. */
export async function othersSee(walk: Walk, address: string): Promise<void> {
	const { t, look, visitor } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	await anouk.goto(`${address}/bewoner`);
	await press(anouk, t('resident_link.act'));
	const link = (await anouk.locator('.address').innerText()).replace(/^.*?(?=http)/s, '').trim();
	await visitor.goto(link);
	await sees(visitor, 'Ik wil hier blijven wonen.');
	await look(visitor);
	for (const [name, place, title] of [
		['Marieke Dijkstra', 'begeleiding', t('facilitation.title')],
		['Hendrik Visser', 'logboek', t('checker.title')],
		['Sanne Bakker', 'toezicht', t('oversight.title')]
	] as const) {
		const { page } = await walk.phone(name);
		expect((await page.goto(address))?.status(), name).toBe(404);
		await page.goto(`/havenstad/${place}`);
		await page.getByRole('heading', { level: 1, name: title }).waitFor();
		await look(page);
	}
}
