import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { closeAsNamed, findingInPlace, followUp, handOver, othersSee, takeUpSignal } from './loop/afterwards.ts';
import { caseWith, giveMandate, promiseThreeKinds, reportAndConfirm } from './loop/agreements.ts';
import { decide, prepare } from './loop/full-lane.ts';
import { payBack, payByTransfer, release } from './loop/paying.ts';
import { refusePayment, refuseRequest, voteForNoor } from './loop/refusals.ts';
import { agreeToShare, share } from './loop/sharing.ts';
import { nameCause } from './loop/value.ts';
import { openWalks } from './loop/walk.ts';
import type { Walk, Way } from './loop/walk.ts';
import { serveDemo } from './served-demo.ts';
import type { ServedDemo } from './served-demo.ts';

/**
 * What whole-loop.journey.ts leaves: promises of three kinds and above a mandate, a request step by step, the secretariat, a release, transfers
 * and an advance ticked off by two, paying back and sharing to the cent, follow-up from the mail, hand-over, closing, and a signal that is taken
 * up. By the people who do it, each on a phone.
 */

let demo: ServedDemo;
let browser: Browser;
let open: (way: Way) => Promise<Walk>;
beforeAll(async () => {
	[demo, browser] = await Promise.all([serveDemo(), openBrowser()]);
	open = openWalks(browser, demo);
});
afterAll(async () => {
	await browser.close();
	await demo.stop();
});

const walks = [
	{
		name: 'with script',
		way: { script: true, language: 'nl', theme: 'light' },
		wish: { what: 'De helft van een huurschuld van voor het werk', typed: '1.400', cents: 1_400_00 },
		left: '400',
		cause: 'Het krediet begint na de datum van de ontruiming',
		household: { postcode: '5216 GH', number: '14', born: '1984-06-02' },
		part: { amount: '30', house: '61' }
	},
	{
		name: 'without script',
		way: { script: false, language: 'nl', theme: 'light' },
		wish: { what: 'Een huurschuld van drie maanden, aan de verhuurder', typed: '1.450,50', cents: 1_450_50 },
		left: '450,50',
		cause: 'De uitkering begint na de eerste huur',
		household: { postcode: '5217 KL', number: '8', born: '1990-11-21' },
		part: { amount: '30,25', house: '63' }
	}
] as const;

describe.each(walks)('$name', ({ way, wish, left, cause, household }) => {
	test('the people of the network walk the larger loop', { timeout: 400_000 }, async () => {
		const walk = await open(way);
		await agreeToShare(walk);
		await giveMandate(walk);
		const address = await caseWith(walk, 'De kantonrechter heeft de ontruiming toegestaan.', ['Fatima el Idrissi', 'Ravi Kanhai']);
		await promiseThreeKinds(walk, address);
		await othersSee(walk, address);
		await reportAndConfirm(walk, address);

		const request = await prepare(walk, address, wish);
		const payment = request.replace('/geld/', '/betalen/');
		await decide(walk, request, wish);
		await release(walk, request, payment, wish);
		await payByTransfer(walk, payment, left, household);
		await payBack(walk, payment);
		await share(walk, '700');

		await nameCause(walk, { address, pseudonym: '' }, cause);
		await takeUpSignal(walk, cause);
		await handOver(walk, address);
		await closeAsNamed(walk, address, cause);
		if (way.script) await findingInPlace(walk, 'Tom de Graaf', 'tom@zeewering.example');
		else await followUp(walk, 'joost@wijkteam.example');
		await walk.end();
	});
});

// After the walks: what is entered here waits for the treasurer.
describe.each(walks)('$name', ({ way, part }) => {
	test('on the pages about money, what is refused is named and what was typed stays', async () => {
		const walk = await open(way);
		await refuseRequest(walk);
		await refusePayment(walk, await voteForNoor(walk), part);
		await walk.end();
	});
});
