import type { Browser } from 'playwright-core';
import type { ServedDemo } from '../served-demo.ts';
import { signInAs } from '../signed-in.ts';
import type { SignedInBrowser } from '../signed-in.ts';

const longWord = 'Arbeidsongeschiktheidsverzekeringsmaatschappij';
const words = { stuck: 'Geen inkomen.', firstNeed: 'Brood.', ownOrganisation: 'Wij bellen.', residentKnows: 'yes' };

/** Addresses of what was made: cases in the states in which people meet them, and a request that is being prepared. */
export interface Cases {
	readonly heavy: string;
	readonly closed: string;
	readonly reopened: string;
	readonly fresh: string;
	readonly invited: string;
	readonly preparing: string;
	/** A cause that a law leaves no room for: of it there is a letter. */
	readonly law: string;
	/** Of the demo: one that was paid, and one of Noor in which an answer helped that is no card yet. */
	readonly paid: string;
	readonly answered: string;
}

/** Makes cases, and what waits for others: a decision that is asked of Gerard, and a place in the team that is offered to Lies. */
export async function makeCases(browser: Browser, demo: ServedDemo): Promise<Cases> {
	const anouk = await signInAs(browser, demo.address, 'Anouk Zeeman');
	const ravi = await signInAs(browser, demo.address, 'Ravi Kanhai');
	const bringIn = (fields: Readonly<Record<string, string>>): Promise<string> => anouk.post('/havenstad/casus/nieuw', fields);

	const heavy = await bringIn({
		...words,
		stuck: `${'W'.repeat(400)} ${'Er is van alles geprobeerd. '.repeat(3600)}`.slice(0, 100_000),
		goal: `${longWord}${longWord} moet mij met rust laten.`,
		looming: `${longWord}${longWord}${longWord} zet de uitkering stop.`
	});
	await invite(anouk, ravi, heavy, 'Ravi Kanhai');
	for (let count = 1; count <= 12; count++) await agree(ravi, heavy, `${count % 3 === 0 ? longWord : 'Bellen'} over stap ${count}`);

	const closed = await bringIn(words);
	await close(anouk, closed);
	const reopened = await bringIn(words);
	await close(anouk, reopened);
	await anouk.post(`${reopened}?/reopen`, {});
	const fresh = await bringIn(words);
	const invited = await bringIn(words);
	await ask(anouk, invited, 'Ravi Kanhai');
	const preparing = await anouk.post(`${fresh}/geld/groter`, {
		...{ what: `Een ${longWord}`, amount: '900', supplier: longWord, why: 'Er past geen regeling.', kind: 'gift' }
	});
	const law = await nameLaw(anouk, fresh, [invited, reopened]);
	const phone = (name: string): Promise<SignedInBrowser> => signInAs(browser, demo.address, name);
	const names = ['Mo Benali', 'Gerard Blom', 'Sanne Bakker', 'Marieke Dijkstra', 'Noor Yilmaz'];
	const [mo, gerard, sanne, marieke, noor] = await Promise.all(names.map(phone));
	if (!mo || !gerard || !sanne || !marieke || !noor) throw new Error('All of them are in demo/network.json.');
	await askGerard(anouk, { mo, gerard, sanne }, heavy, await phone('Fatima el Idrissi'));
	await offerPlace(marieke);
	const [paid, answered] = [await findCase(anouk, 'Bossche Bond'), await findCase(noor, 'huisarts')];
	await Promise.all([anouk, ravi, mo, gerard, sanne, marieke, noor].map(({ context }) => context.close()));
	return { heavy, closed, reopened, fresh, invited, preparing, law, paid, answered };
}

/** Names the law as the cause of three cases, with which it becomes a signal; the address of that cause. */
async function nameLaw({ post, page }: SignedInBrowser, first: string, others: readonly string[]): Promise<string> {
	const title = `${longWord} en de wet`;
	await post(`${first}/knelpunt`, { cause: 'law_no_local_room', responsible: 'ministry', title });
	await page.goto(`${first}/knelpunt`);
	const causeId = (await page.locator('select[name=causeId] option', { hasText: title }).getAttribute('value')) ?? '';
	for (const other of others) await post(`${other}/knelpunt`, { causeId });
	return `/havenstad/knelpunt/${causeId}`;
}

/** A case of the demo, by a word of its story. */
async function findCase({ page }: SignedInBrowser, word: string): Promise<string> {
	await page.goto('/havenstad/zoeken');
	await page.locator('main input[name="q"]').fill(word);
	await page.locator('main form button').click();
	return (await page.locator('main ul.lines a').first().getAttribute('href')) ?? '';
}

const close = (anouk: SignedInBrowser, address: string): Promise<string> =>
	anouk.post(`${address}/sluiten`, { outcome: 'helped', cause: 'none', words: `${longWord} hielp niet.` });

async function ask(anouk: SignedInBrowser, address: string, name: string): Promise<void> {
	await anouk.page.goto(`${address}/uitnodigen`);
	await anouk.post(`${address}/uitnodigen`, { membershipId: await optionOf(anouk, name), message: 'Denk je mee?' });
}

async function invite(anouk: SignedInBrowser, colleague: SignedInBrowser, address: string, name: string): Promise<void> {
	await ask(anouk, address, name);
	await colleague.page.goto('/havenstad');
	const invitation = await colleague.page.locator('a[href*="/uitnodiging/"]').first().getAttribute('href');
	await colleague.post(`${invitation}?/accept`, {});
}

const optionOf = async ({ page }: SignedInBrowser, name: string): Promise<string> =>
	(await page.locator('option', { hasText: name }).getAttribute('value')) ?? '';

/** Gerard may promise money for the municipality; Fatima, who may not, asks him to decide. */
async function askGerard(
	anouk: SignedInBrowser,
	{ mo, gerard, sanne }: Readonly<Record<'mo' | 'gerard' | 'sanne', SignedInBrowser>>,
	address: string,
	fatima: SignedInBrowser
): Promise<void> {
	const mandates = '/havenstad/organisaties/mandaten';
	await mo.page.goto(mandates);
	const deciderMembershipId = await optionOf(mo, 'Gerard Blom');
	await mo.post(`${mandates}?/propose`, {
		...{ membershipId: deciderMembershipId, kind: 'money', caseAmount: '1000', periodAmount: '5000' },
		validFrom: await mo.page.locator('#f-validFrom').inputValue(),
		validUntil: await mo.page.locator('#f-validUntil').inputValue()
	});
	await gerard.page.goto(mandates);
	const mandateId = (await gerard.page.locator('input[name="mandateId"]').first().getAttribute('value')) ?? '';
	await gerard.post(`${mandates}?/accept`, { mandateId });
	await sanne.post(`${mandates}?/confirm`, { mandateId });
	await invite(anouk, fatima, address, 'Fatima el Idrissi');
	await fatima.page.goto(`${address}/afspraak`);
	await fatima.post(`${address}/afspraak?/ask`, {
		...{ what: `Vergoed de ${longWord}`, receiverId: await optionOf(fatima, 'Anouk Zeeman'), deciderMembershipId },
		...{ kind: 'on_behalf', amount: '750', insideRoom: 'yes' },
		dueOn: await fatima.page.locator('#f-dueOn').inputValue()
	});
	await fatima.context.close();
}

/** The facilitator offers Lies a place in the team. */
async function offerPlace(marieke: SignedInBrowser): Promise<void> {
	await marieke.page.goto('/havenstad/teams');
	const team = await marieke.page.locator('main a[href*="/team/"]').first().getAttribute('href');
	await marieke.page.goto(team ?? '');
	await marieke.post(`${team}?/invite`, { membershipId: await optionOf(marieke, 'Lies Vermeer') });
}

/** Ravi promises something to Anouk. */
async function agree(ravi: SignedInBrowser, address: string, what: string): Promise<void> {
	await ravi.page.goto(`${address}/afspraak`);
	await ravi.post(`${address}/afspraak?/make`, {
		what,
		receiverId: await optionOf(ravi, 'Anouk Zeeman'),
		dueOn: await ravi.page.locator('#f-dueOn').inputValue()
	});
}
