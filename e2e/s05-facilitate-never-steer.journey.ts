import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayAt } from '../src/foundation/time/days.ts';
import { openBrowser } from './browser.ts';
import { caseWith } from './loop/agreements.ts';
import { fill, follow, openWalks, sees, submit } from './loop/walk.ts';
import type { Walk } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';
import type { SignedInBrowser } from './signed-in.ts';
import { underWay } from './under-way.ts';

/**
 * S5: facilitate, never steer. The facilitator sees where it goes hard as counts, and has the product remind; a colleague finds their own list; the
 * facilitator convenes, and sees a case when its holder asks them to come. Whatever they try that decides something, on a page or with the form of
 * whom it is up to, is refused, and stays with whom it is up to.
 */

let demo: ServedDemo;
let browser: Browser;
let walk: Walk;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	walk = await openWalks(browser, demo)({ script: true, language: 'nl', theme: 'light' });
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

/** What stands in the forms of a page that lead to an action, as their browser would send it with the first choice of each and the first button; without the key. */
const formsOf = (page: Page, action: string): Promise<Record<string, string>[]> =>
	page.evaluate((wanted) => {
		const forms = [...document.querySelectorAll<HTMLFormElement>('main form')];
		return forms
			.filter((form) => (form.getAttribute('action') ?? '') === wanted)
			.map((form) => {
				const fields = new FormData(form, form.querySelector('button'));
				for (const select of form.querySelectorAll('select'))
					if (select.value === '') fields.set(select.name, [...select.options].find(({ value }) => value !== '')?.value ?? '');
				for (const radio of form.querySelectorAll<HTMLInputElement>('input[type=radio]'))
					if (!fields.has(radio.name)) fields.set(radio.name, radio.value);
				fields.delete('key');
				return Object.fromEntries([...fields.entries()].map(([name, value]) => [name, typeof value === 'string' ? value : '']));
			});
	}, action);

/**
 * Something that is up to `who`: their page has the form. The facilitator's page has none, or no page of hers leads there (`from`), or it is not there for
 * her; the same form sent by her is refused, and it is still up to them after it.
 */
async function staysWith(
	who: SignedInBrowser,
	way: { readonly at: string; readonly action: string; readonly from?: string; readonly typed?: Readonly<Record<string, string>> },
	refused: RegExp
): Promise<void> {
	const { at, action, from, typed = {} } = way;
	const name = `${at}${action}`;
	const { page, post } = await walk.phone('Marieke Dijkstra');
	await who.page.goto(at);
	const [form] = await formsOf(who.page, action);
	expect(form, `${name} has no form for whom it is up to`).toBeDefined();
	const answered = await page.goto(from ?? at);
	if (from !== undefined) expect(await page.locator(`a[href="${at}"]`).count(), name).toBe(0);
	else if (answered?.status() === 200) expect(await formsOf(page, action), name).toEqual([]);
	await expect(post(name, { ...form, ...typed }), name).rejects.toThrow(refused);
	await who.page.goto(at);
	expect((await formsOf(who.page, action))[0], name).toEqual(form);
}

const said = (page: Page): Promise<string> => page.locator('main').innerText();

test('a facilitator reminds without knowing whom, and comes when asked', { timeout: 240_000 }, async () => {
	const { t, look } = walk;
	const anouk = await walk.phone('Anouk Zeeman');
	const fatima = await walk.phone('Fatima el Idrissi');
	const marieke = await walk.phone('Marieke Dijkstra');

	// Fatima promises much at one table.
	const address = await caseWith(walk, 'De woning is gevonden, maar de sleutel komt niet.', ['Fatima el Idrissi']);
	const path = new URL(address).pathname;
	await fatima.page.goto(`${path}/afspraak`);
	const receiverId = await fatima.page.locator('option', { hasText: 'Anouk Zeeman' }).first().getAttribute('value');
	for (let count = 1; count <= 8; count++)
		await fatima.post(`${path}/afspraak?/make`, {
			...{ what: `Ik bel voor de ${count}e keer`, dueOn: addDays(dayAt(new Date()), 20), receiverId: receiverId ?? '', kind: 'i_do' }
		});

	// The facilitator reads that someone of the municipality has much to do: not who, and no case.
	expect((await marieke.page.goto(path))?.status()).toBe(404);
	await marieke.page.goto('/havenstad/begeleiding');
	const municipality = marieke.page.locator('section', { has: marieke.page.getByRole('heading', { name: 'Gemeente Havenstad' }) });
	const remind = municipality.getByRole('button', { name: t('facilitation.remind.overloaded') });
	await remind.waitFor();
	expect(await said(marieke.page)).not.toContain('Fatima');
	await look(marieke.page);
	// Of an organisation of so few people that any figure is somebody's, nothing is told or suggested, and the page says so.
	const small = marieke.page.locator('section', { has: marieke.page.getByRole('heading', { name: t('facilitation.small') }) });
	expect(await small.innerText()).toContain('Bouwbedrijf Steiger');
	expect(await small.getByRole('button').count()).toBe(0);
	expect(await marieke.page.getByRole('heading', { name: 'Bouwbedrijf Steiger' }).count()).toBe(0);
	await remind.click();
	await municipality.getByText(/^Herinnerd op/).waitFor();
	expect(await remind.count()).toBe(0);
	expect(await said(marieke.page)).not.toContain('Fatima');

	// She calls a meeting of the network about it: on its agenda stands no name.
	await municipality.locator('a[href*="over=overloaded"]').click();
	await look(marieke.page);
	await marieke.page.getByLabel(t('convene.with')).selectOption({ index: 1 });
	await marieke.page.getByLabel(t('meeting.day')).fill(addDays(dayAt(new Date()), 10));
	await fill(marieke.page, t('meeting.from'), '14:00');
	await fill(marieke.page, t('meeting.until'), '15:00');
	await submit(marieke.page, t('body.call'));
	await sees(marieke.page, t('convene.item.overloaded'));
	expect(await said(marieke.page)).not.toContain('Gemeente Havenstad belooft');

	// Only she is written to: her own list stands behind the link, and nobody else sees it.
	await fatima.page.goto('/havenstad');
	await fatima.page.locator('.needs a[href="/havenstad/mijn/aandacht"]').click();
	await sees(fatima.page, t('attention.open'));
	expect(await said(fatima.page)).toContain('Alleen Gemeente Havenstad belooft hier iets: 8 afspraken.');
	await look(fatima.page);
	const letters = walk.visitor.locator('article', { hasText: t('mail.attention.subject') });
	const count = async (): Promise<number> => {
		await walk.visitor.goto('/demo/postbus');
		return letters.count();
	};
	await expect.poll(count, { timeout: 30_000, interval: 500 }).toBe(1);
	expect(await letters.innerText()).toContain('fatima@');

	// The holder asks the facilitator to come. At the table she sees the case, and what others decide stays theirs.
	await anouk.page.goto(path);
	await follow(anouk.page, t('invite.facilitator'));
	await look(anouk.page);
	await submit(anouk.page, t('invite.act'));
	await marieke.page.goto('/havenstad');
	const invitation = await marieke.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
	await marieke.post(`${invitation}?/accept`, {});
	expect((await marieke.page.goto(path))?.status()).toBe(200);
	await look(marieke.page);
	const closing = { outcome: 'withdrawn', cause: 'none', responsible: '' };
	await expect(marieke.post(`${path}/sluiten`, closing)).rejects.toThrow(/not_holder/);

	// Nor anything else there: whom to ask, who holds it, what its cause is, whether a promise was kept.
	const [agreement] = await fatima.page.goto(path).then(() => formsOf(fatima.page, '?/report'));
	await fatima.post(`${path}?/report`, { ...agreement, outcome: 'kept' });
	await anouk.page.goto(path);
	for (const [way, refused] of [
		[{ at: `${path}/uitnodigen`, action: '', from: path, typed: { message: 'Doe mee' } }, /not_holder/],
		[{ at: `${path}/overdragen`, action: '', from: path }, /not_holder/],
		[{ at: `${path}/knelpunt`, action: '', from: path, typed: { cause: 'none', responsible: '', title: '' } }, /not_allowed/],
		[{ at: path, action: '?/answer' }, /not_receiver/]
	] as const)
		await staysWith(anouk, way, refused);
	await anouk.page.goto(path);
	await submit(anouk.page, t('case.confirm'));
});

test('what others decide stays with them, whatever form the facilitator sends', { timeout: 240_000 }, async () => {
	const { t } = walk;
	const as = (name: string): Promise<SignedInBrowser> => walk.phone(name);
	/** Where a page leads to first, of the addresses that hold this. */
	const leadsTo = async ({ page }: SignedInBrowser, from: string, part: string): Promise<string> => {
		await page.goto(from);
		return (await page.locator(`main a[href*="${part}"]`).first().getAttribute('href')) ?? '';
	};
	/** The first page of these that has a form of one of these actions. */
	const firstWith = async (who: SignedInBrowser, from: string, part: string, actions: readonly string[]) => {
		await who.page.goto(from);
		const links = who.page.locator(`main a[href*="${part}"]`);
		for (const at of new Set(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? '')))) {
			await who.page.goto(at);
			for (const action of actions)
				if ((await formsOf(who.page, action)).length > 0)
					return { at, action, typed: { words: 'Wij vragen het niet meer.', dueOn: soon, changedOn: dayAt(new Date()) } };
		}
		throw new Error(`nothing of ${actions.join(', ')} waits for whom it is up to`);
	};
	const soon = addDays(dayAt(new Date()), 40);
	const [sanne, wout, bas, willem, gerard, mo] = await Promise.all(
		['Sanne Bakker', 'Wout Brugman', 'Bas Oudeland', 'Willem Peters', 'Gerard Blom', 'Mo Benali'].map(as)
	);
	if (!sanne || !wout || !bas || !willem || !gerard || !mo) throw new Error('six people signed in');

	// Money: a grant, the rules of the pot, what was paid.
	const request = await leadsTo(gerard, '/havenstad/pot/aanvragen', '/pot/aanvraag/');
	await staysWith(gerard, { at: request, action: '?/judge', typed: { reason: 'Dit helpt.' } }, /not_found|404/);
	await staysWith(
		willem,
		{ at: '/havenstad/pot/regels', action: '?/propose', typed: { setting: 'request_team_cents', value: '900', fromDay: soon } },
		/not_allowed/
	);
	await staysWith(willem, { at: '/havenstad/pot/overboeken', action: '?/tick' }, /not_allowed|not_found|404/);
	// What organisations agree: for a year, about a cause, what may be promised, and that one leaves.
	await staysWith(wout, await firstWith(wout, '/havenstad/jaarafspraken', '/jaarafspraken/', ['?/accept']), /not_allowed/);
	await staysWith(
		sanne,
		await firstWith(sanne, '/havenstad/knelpunten', '/knelpunt/', ['?/takeUp', '?/agreeChange', '?/putInForce']),
		/not_allowed/
	);
	await staysWith(sanne, { at: '/havenstad/openbaar', action: '?/withdraw' }, /not_allowed/);
	await staysWith(sanne, { at: '/havenstad/knelpunten/regel', action: '?/propose' }, /not_allowed/);
	await staysWith(bas, { at: '/havenstad/organisatie/vertrek', action: '?/propose', typed: { leavesOn: soon } }, /not_allowed/);
	await staysWith(
		mo,
		{ at: '/havenstad/organisaties/mandaten', action: '?/propose', typed: { caseAmount: '100', periodAmount: '1000' } },
		/not_allowed/
	);

	// She convenes for who governs; what they meet about comes to the phone of who looks, and they decide it without her.
	const body = await sanne.post('/havenstad/overleg/nieuw', {
		...{ name: 'Wethouder en bestuurders', kind: 'governors', of: 'network', rule: 'consent', withSeat: 'yes' }
	});
	const marieke = await as('Marieke Dijkstra');
	await marieke.page.goto(body);
	const now = underWay(new Date());
	await marieke.page.getByLabel(t('meeting.day')).fill(now.day);
	await fill(marieke.page, t('meeting.from'), now.from);
	await fill(marieke.page, t('meeting.until'), now.until);
	await submit(marieke.page, t('body.call'));
	const meeting = new URL(marieke.page.url()).pathname;
	await sanne.page.goto(meeting);
	await sanne.page.waitForTimeout(700);
	await fill(marieke.page, t('item.name'), 'Wie belooft wat aan wie?');
	await submit(marieke.page, t('item.add'));
	const item = new URL(marieke.page.url()).pathname;
	await submit(marieke.page, t('item.join'));
	await sanne.page.locator('main').getByText('Wie belooft wat aan wie?').waitFor();
	const next = await marieke.post(`${body}?/call`, { day: soon, from: '9:30', until: '11:00', place: '' });
	for (const [action, typed] of [
		['?/propose', { text: 'Iedereen belooft evenveel.' }],
		['?/decide', { outcome: 'no_decision', because: 'Zo is het genoeg.' }],
		['?/carry', { meetingId: next.split('/').at(-1) ?? '', carryWhy: 'Een andere keer.' }],
		['?/off', { offWhy: 'Dit hoeft niet.' }]
	] as const)
		await staysWith(sanne, { at: item, action, typed }, /not_allowed/);
	await sanne.post(`${item}?/propose`, { text: 'Ieder belooft wat die zelf kan.' });
	await staysWith(sanne, { at: item, action: '?/position', typed: { position: 'consent' } }, /not_allowed/);
	await sanne.post(`${item}?/position`, { version: '1', position: 'consent' });
	await sanne.post(`${item}?/decide`, { outcome: 'decided', version: '1', because: 'Zo blijft het van onszelf.' });
	await marieke.page.goto(item);
	expect(await said(marieke.page)).toContain('Zo blijft het van onszelf.');
});
