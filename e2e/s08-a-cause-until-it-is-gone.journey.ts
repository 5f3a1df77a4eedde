import type { Browser } from 'playwright-core';
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
 * S8, "we should be ashamed that we need the pot": a cause that comes back is asked of who goes about it, handed back, asked of another, taken up and
 * changed; it is made public only after they could answer; and a new case opens it again. Four people of three organisations, each on their own phone.
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
const title = 'Een slotenmaker komt pas na drie dagen';

test('S8: a cause is followed until it is gone, and comes back when a case does', { timeout: 240_000 }, async () => {
	const [anouk, ilse, bas, marieke] = await Promise.all(
		['Anouk Zeeman', 'Ilse', 'Bas Oudeland', 'Marieke Dijkstra'].map((name) => signInAs(browser, demo.address, name))
	);
	if (!anouk || !ilse || !bas || !marieke) throw new Error('All four are signed in.');
	const words = {
		...{ stuck: 'De sleutel is weg en de deur zit dicht.', goal: 'Ik wil naar binnen.', firstNeed: 'Een slotenmaker.' },
		...{ ownOrganisation: 'Wij bellen.', residentKnows: 'yes' }
	};
	let causeId = '';
	const bringIn = async (): Promise<void> => {
		const path = await anouk.post('/havenstad/casus/nieuw', words);
		await anouk.page.goto(`${path}/knelpunt`);
		const known = anouk.page.locator('select[name=causeId] option', { hasText: title });
		if ((await known.count()) > 0) {
			causeId = (await known.getAttribute('value')) ?? '';
			await anouk.post(`${path}/knelpunt`, { causeId });
			return;
		}
		const zeewering = await anouk.page.locator('select[name=responsible] option', { hasText: 'Zeewering' }).getAttribute('value');
		await anouk.post(`${path}/knelpunt`, { cause: 'work_habit', responsible: zeewering ?? '', title });
	};
	for (let time = 0; time < 5; time++) await bringIn();
	const address = `/havenstad/knelpunt/${causeId}`;

	// Who goes about it is asked on their first page, and hands it back: it is not theirs.
	await ilse.page.goto('/havenstad');
	await sees(ilse.page, t('home.signal', { cause: title }));
	await ilse.page.goto(address);
	await expectAccessible(ilse.page);
	await ilse.page.getByText(t('signal.not_ours_open')).click();
	const decline = ilse.page.locator('form[action="?/decline"]');
	await decline.getByLabel(t('signal.decline_words')).fill('De sloten zijn van de verhuurder.');
	await Promise.all([ilse.page.waitForURL(/.*/, { waitUntil: 'load' }), decline.getByRole('button').click()]);
	await sees(ilse.page, t('signal.state.not_ours'));

	// Who has it at their table asks another; nobody is named in the open meanwhile.
	await marieke.page.goto(`${address}/openbaar`);
	await sees(marieke.page, t('publication.disputed'));
	await anouk.page.goto(address);
	await expectAccessible(anouk.page);
	await anouk.page.getByLabel(t('signal.askOther_who')).selectOption({ label: 'Woningstichting De Kade' });
	await submit(anouk.page, t('signal.askOther'));
	await sees(anouk.page, t('signal.state.seen'));
	expect(await ilse.page.goto(address).then(() => ilse.page.getByRole('button', { name: t('signal.takeUp') }).count())).toBe(0);

	// The other takes it up and says what will change.
	await bas.page.goto('/havenstad');
	await sees(bas.page, t('home.signal', { cause: title }));
	await bas.page.goto(address);
	await submit(bas.page, t('signal.takeUp'));
	await sees(bas.page, t('signal.state.acknowledged'));
	// Who named it in their cases reads so on their first page.
	await anouk.page.goto('/havenstad');
	await sees(anouk.page, t('home.cause_news'));
	await anouk.page.getByRole('link', { name: title }).click();
	await sees(anouk.page, t('signal.state.acknowledged'));

	// It is proposed to make it public: they have thirty days, and nothing is in the register before.
	await marieke.page.goto(`${address}/openbaar`);
	await submit(marieke.page, t('publication.propose'));
	await sees(marieke.page, 'Tot dan is er niets openbaar.');
	await expectAccessible(marieke.page);
	await bas.page.goto('/havenstad');
	await sees(bas.page, t('home.publication', { cause: title }));
	await bas.page.goto(`${address}/openbaar`);
	const [unclear, answer] = ['Dit loopt via het SLA.', 'Wij laten de monteur voortaan dezelfde dag komen.'];
	await bas.page.getByLabel(t('publication.answer_words')).fill(unclear);
	await submit(bas.page, t('publication.answer'));
	await sees(bas.page, unclear);
	// Whoever reads along and does not release it says why; they read that, and say it anew.
	await ilse.page.goto(`${address}/openbaar`);
	await ilse.page.getByText(t('release.decline_open')).click();
	await expectAccessible(ilse.page);
	await submit(ilse.page, t('release.decline'));
	await expectAccessible(ilse.page);
	await ilse.page.getByLabel(t('release.reason.unclear')).check();
	const why = 'Wat is een SLA, en wat merkt de huurder?';
	await ilse.page.getByLabel(t('release.reason_words')).fill(why);
	await submit(ilse.page, t('release.decline'));
	await sees(ilse.page, why);
	await bas.page.goto('/havenstad');
	await sees(bas.page, t('home.publication_declined', { cause: title }));
	await bas.page.goto(`${address}/openbaar`);
	await sees(bas.page, why);
	await expectAccessible(bas.page);
	await bas.page.getByLabel(t('publication.answer_words')).fill(answer);
	await submit(bas.page, t('publication.answer'));
	await sees(bas.page, answer);
	// Their own words they do not release themselves: someone of another organisation reads them too.
	expect(await bas.page.getByRole('button', { name: t('release.release') }).count()).toBe(0);
	await ilse.page.goto('/havenstad/knelpunten/register');
	await sees(ilse.page, answer);
	await ilse.page.goto(`${address}/openbaar`);
	await submit(ilse.page, t('release.release'));
	await sees(ilse.page, t('release.released'));
	await ilse.page.goto('/havenstad/knelpunten/register');
	await expectAccessible(ilse.page);
	const register = await ilse.page.locator('main').innerText();
	expect(register).not.toContain(title);
	// What was asked months ago stands there, with its answer, and a number of five at least.
	expect(register).toContain('Bijzondere bijstand duurt acht weken');
	expect(register).toContain('Gezinnen met kinderen krijgen binnenkort een voorschot');
	expect(Number(/In (\d+) casussen/.exec(register)?.[1])).toBeGreaterThanOrEqual(5);
	// Of exceptions the register tells from five on, and says so. Inside, the page of a cause tells how many households were helped on with it.
	expect(register).toContain(t('register.exceptions_few'));
	await ilse.page.getByRole('link', { name: 'Bijzondere bijstand duurt acht weken' }).click();
	const helped = Number(/(\d+) huishoudens verder geholpen/.exec(await ilse.page.locator('.cause-count').innerText())?.[1]);
	expect(helped).toBeGreaterThanOrEqual(3);
	await ilse.page.locator('#cijfers > summary').click();
	await sees(ilse.page, t('causes.households_how'));
	const rows = ilse.page.getByRole('table', { name: 'huishoudens verder geholpen' }).locator('tbody tr');
	const told = await rows.evaluateAll((all) => all.map((row) => Number(row.querySelectorAll('td, th')[1]?.textContent)));
	expect(told.reduce((sum, count) => sum + count, 0)).toBe(helped);
	await expectAccessible(ilse.page);

	// The rule changes; and when a case comes back, so does the cause.
	await bas.page.goto(address);
	await bas.page.getByText(t('signal.already_changed')).click();
	const rule = bas.page.locator('form[action="?/putInForce"]');
	await rule.locator('textarea[name=words]').fill('Een dichte deur is spoed: dezelfde dag.');
	await Promise.all([bas.page.waitForURL(/.*/, { waitUntil: 'load' }), rule.getByRole('button').click()]);
	await sees(bas.page, t('signal.state.in_force'));
	await bringIn();
	await bas.page.goto('/havenstad');
	await sees(bas.page, t('home.signal_back', { cause: title }));
	await bas.page.goto(address);
	await sees(bas.page, t('signal.state.reopened'));
	await sees(bas.page, t('signal.told.reopened'));
	await expectAccessible(bas.page);
	for (const { context } of [anouk, ilse, bas, marieke]) await context.close();
});
