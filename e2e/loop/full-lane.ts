import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createFormat } from '#foundation/text/format.ts';
import type { MessageKey } from '#foundation/text/text.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { objectUntil } from '#rooms/fund/requests/steps/rules.ts';
import type { Wish } from './light-lane.ts';
import { choose, fill, follow, press, sees } from './walk.ts';
import type { Walk } from './walk.ts';

/** When the scheme was asked, and when it answered. */
const today = dayAt(new Date());
const [askedOn, answeredOn] = [addDays(today, -50), addDays(today, -20)];

/** What is filled in of each step, on a page of its own. */
const steps: readonly { readonly name: string; readonly fill: (page: Page, t: Walk['t']) => Promise<void>; readonly again?: true }[] = [
	{
		name: 'goal',
		async fill(page, t) {
			await fill(page, t('step.goal'), 'Ik wil dat mijn kinderen op hun school kunnen blijven.');
			await fill(page, t('step.resident_does'), 'Zij belt elke maand zelf met de verhuurder.');
		}
	},
	{
		name: 'problem',
		again: true,
		async fill(page, t) {
			await fill(page, t('step.problem'), 'Het krediet komt later dan de ontruiming.');
			await choose(page, t('problem_of.system'));
		}
	},
	{
		name: 'scheme',
		again: true,
		async fill(page, t) {
			await fill(page, t('step.scheme'), 'Bijzondere bijstand');
			await choose(page, t('scheme_answer.refused'));
			await fill(page, t('step.scheme_asked'), askedOn);
			await fill(page, t('step.scheme_answered'), answeredOn);
			await fill(page, t('step.scheme_why'), 'Voor een huurschuld geeft de gemeente niets.');
		}
	},
	{
		name: 'triangle',
		async fill(page, t) {
			for (const [path, scores] of [
				['present', ['3', '2', '2']],
				['looming', ['2', '1', '1']],
				['proposed', ['4', '5', '4']]
			] as const) {
				const group = page.getByRole('group', { name: t(`path.${path}`) });
				for (const [index, corner] of (['legitimacy', 'involvement', 'return'] as const).entries())
					await group.getByLabel(t(`corner.${corner}`)).selectOption(scores[index] ?? '');
				await group.getByLabel(t('step.because')).fill('Dit vinden wij aan tafel, en de bewoner ook.');
			}
		}
	},
	{
		name: 'durability',
		async fill(page, t) {
			await choose(page, t('outlook.yes'));
			await fill(page, t('step.because'), 'Er is weer werk, en de huur past daarbij.');
		}
	},
	{
		name: 'effects',
		async fill(page, t) {
			const group = (key: MessageKey) => page.getByRole('group', { name: t(key) });
			await group('step.assistance')
				.getByRole('radio', { name: t('assistance.no'), exact: true })
				.check();
			await group('step.administration')
				.getByRole('radio', { name: t('administration.none'), exact: true })
				.check();
		}
	},
	{ name: 'precedents', fill: (page, t) => fill(page, t('step.departs'), 'Wat eerder zonder geld lukte, komt hier te laat.') }
];

/** Step 4, full: each step by itself, sent when it is whole. Answers the address of the request. */
export async function prepare(walk: Walk, address: string, { what, typed }: Wish): Promise<string> {
	const { t, look } = walk;
	const { page } = await walk.phone('Anouk Zeeman');
	await page.goto(address);
	await follow(page, t('case.ask_money'));
	await follow(page, t('money.larger'));
	await look(page);
	await fill(page, t('money.what'), what);
	await fill(page, t('money.amount'), typed);
	await fill(page, t('money.supplier'), 'Verhuurder Duinzicht');
	await fill(page, t('money.why'), 'Het saneringskrediet komt na de ontruiming.');
	await press(page, t('larger.act'));
	await page.waitForURL(/\/geld\/[0-9a-f-]{36}$/);
	const request = page.url();
	// Too early: it says that steps are missing, and nothing is sent.
	await press(page, t('request.send'));
	await sees(page, t('refusal.steps_missing'));
	await look(page);
	for (const step of steps) {
		await page.goto(`${request}/${step.name}`);
		await look(page);
		await step.fill(page, t);
		await press(page, t('step.save'));
		if (step.again) {
			await page.getByRole('button', { name: t('step.drop') }).waitFor();
			await look(page);
			await follow(page, t('step.back'));
		}
		await page.waitForURL(request);
	}
	await sees(page, t('request.steps', { done: steps.length, all: steps.length }));
	// Of a decision with a date it is counted until when one can object: six weeks.
	await sees(page, t('step.object_until', { day: createFormat(walk.language).date(objectUntil(answeredOn)) }));
	await look(page);
	await press(page, t('request.send'));
	await sees(page, t('request.term', { term: '@' }).split('@')[0] ?? '');
	await look(page);
	return request;
}

/** The secretariat: one asks something first; two of different organisations find the same, and that is the decision. */
export async function decide(walk: Walk, request: string, { what, cents }: Wish): Promise<void> {
	const { t, look } = walk;
	const anouk = (await walk.phone('Anouk Zeeman')).page;
	const [lies, gerard] = [(await walk.phone('Lies Vermeer')).page, (await walk.phone('Gerard Blom')).page];
	const reason = 'Dit voorkomt een ontruiming, en de bewoner doet mee.';
	await lies.goto('/havenstad');
	await look(lies);
	await follow(lies, t('home.judge_act'));
	await look(lies);
	await lies
		.getByRole('listitem')
		.filter({ hasText: t('secretariat.waits_for_you') })
		.getByRole('link', { name: walk.money(cents) })
		.click();
	await sees(lies, what);
	await look(lies);
	const paper = lies.url();
	await choose(lies, t('verdict.ask'));
	await fill(lies, t('judge.reason'), 'Weet de verhuurder dat de rest in termijnen komt?');
	await press(lies, t('judge.act'));
	await sees(lies, 'Weet de verhuurder dat de rest in termijnen komt?');
	await anouk.goto(request);
	await sees(anouk, t('request.asks_you'));
	await look(anouk);
	await fill(anouk, t('request.your_reply'), 'Ja, dat staat in zijn brief.');
	await press(anouk, t('request.reply'));
	await sees(anouk, 'Ja, dat staat in zijn brief.');
	for (const [index, judge] of [lies, gerard].entries()) {
		await judge.goto(paper);
		await choose(judge, t('verdict.grant'));
		await fill(judge, t('judge.reason'), reason);
		await press(judge, t('judge.act'));
		await judge.getByText(reason).nth(index).waitFor();
		await look(judge);
	}
	await anouk.goto(request);
	await sees(anouk, t('request.decided.granted', { day: '@' }).split('@')[0] ?? '');
	// Who decided is no third person: nothing waits for them to be released.
	await gerard.goto('/havenstad/pot/overboeken');
	expect(await gerard.getByRole('button', { name: t('pay.release') }).count()).toBe(0);
	await look(anouk);
}
