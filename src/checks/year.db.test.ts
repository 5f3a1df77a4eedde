import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, addMonths, dayAt, daysBetween, startOfDay } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { dailyKinds } from '#lib/cli/job-handlers.server.ts';
import { openCase } from '#rooms/cases/commands.server.ts';
import { nameCause } from '#rooms/causes/commands.server.ts';
import { findCauseOverview, listCauseOverviews } from '#rooms/causes/overview/read.server.ts';
import type { CauseFound } from '#rooms/causes/overview/read.server.ts';
import { proposePublication, tellOutside } from '#rooms/causes/publication/commands.server.ts';
import { listPublicCauses } from '#rooms/causes/publication/read.server.ts';
import { confirmSignalRule, proposeSignalRule } from '#rooms/causes/signal-rule/commands.server.ts';
import { agreeChange, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { confirmReversal, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { listJournals } from '#rooms/fund/ledger/read.server.ts';
import { runDaily } from './run-daily.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import { broughtInAt, daysOfYear, generateYear, lookedAt, year } from './year.server.ts';
import type { YearCase, YearCause } from './year.server.ts';

/**
 * A year of a network, and a little more, replayed with a fake clock by its own commands and its own daily looks: a cause's line falls to zero after its
 * rule changed, it is not called gone while intake fell or the pot was empty, it is on the first day on which as many cases came in as before, and a case
 * that comes back opens it again. What the page reads is held each day against what the calendar of the year says.
 */

const seed = 7;
/** In so many months without a new case it is gone: half the network's six, so that it fits in the year. */
const quietMonths = 3;
const cases = generateYear(seed);

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(seed);
});
afterAll(() => scene.drop());

const countFrom = (from: Day, until: Day): number => cases.filter(({ day }) => day >= from && day < until).length;
const before = countFrom(addMonths(year.changedOn, -quietMonths), year.changedOn);
/** The first day on which the last months saw as many cases as those before the change, by the calendar alone. */
const firstEnough = daysOfYear().find(
	(day) => day >= addMonths(year.changedOn, quietMonths) && countFrom(addMonths(day, -quietMonths), day) >= before
);
/** The pot is empty from some days before that day until some days after it. */
const emptyFrom = addDays(firstEnough ?? '', -4);
const filledOn = addDays(firstEnough ?? '', 9);
/** Gone on the first night after there is money again, so long as as many cases come in. */
const goneOn = daysOfYear().find((day) => day > filledOn && countFrom(addMonths(day, -quietMonths), day) >= before);

const named: Record<Exclude<YearCause, 'none'>, (s: Scene) => object> = {
	changing: ({ actors }) => ({
		cause: 'work_habit',
		responsible: actors.colleague.organisationId,
		title: 'Wie drinkt, komt de intake niet door'
	}),
	staying: () => ({ cause: 'waiting_time', responsible: 'uwv', title: 'Acht weken wachten op een besluit' })
};
const bringIn = async ({ cause }: YearCase): Promise<void> => {
	const { installation, actors } = scene;
	const { caseId } = sure(await openCase(installation, actors.holder, caseWords));
	sure(await nameCause(installation, actors.holder, { caseId, ...(cause === 'none' ? { cause: 'none' } : named[cause](scene)) }));
	installation.world.tick(60_000);
};
const reads = <T>(reading: Parameters<typeof read<T>>[2], actor: Actor = scene.actors.oversight) =>
	read(scene.installation, actor, reading);
const idOf = (title: string) =>
	reads(async (tx, now) => (await listCauseOverviews(tx, scene.actors.oversight, now)).find((one) => one.title === title)?.causeId ?? '');
const overview = async (causeId: string): Promise<CauseFound> => {
	const found = await reads((tx, now) => findCauseOverview(tx, scene.actors.oversight, now, causeId));
	if (!found) throw new Error('The cause is there.');
	return found;
};

/** Money comes into the pot. */
async function fill(amount: string): Promise<void> {
	const { installation, actors, officers } = scene;
	const thisYear = dayAt(installation.world.now()).slice(0, 4);
	const { contributionId } = sure(await pledgeContribution(installation, actors.administrator, { amount, year: thisYear }));
	const dueOn = addDays(dayAt(installation.world.now()), 30);
	sure(await invoiceContribution(installation, officers.treasurer, { contributionId, amount, dueOn }));
	sure(await receiveContribution(installation, officers.treasurer, { contributionId, amount }));
}
/** What came in is taken back by two: nothing is left to grant. */
async function empty(): Promise<void> {
	const { installation, officers } = scene;
	const journals = await reads((tx) => listJournals(tx, scene.officers.treasurer, { limit: 20 }), officers.treasurer);
	const received = journals.find(({ kind, reversed, reverses }) => kind === 'contribution_received' && !reversed && reverses === null);
	const { reversalId } = sure(await reverseJournal(installation, officers.treasurer, { journalId: received?.journalId ?? '' }));
	sure(await confirmReversal(installation, officers.governor, { reversalId }));
}

test('a year of about 300 cases shows a cause until it is gone, and that it came back', { timeout: 170_000 }, async () => {
	expect(cases.length).toBeGreaterThanOrEqual(295);
	expect(cases.length).toBeLessThanOrEqual(310);
	if (firstEnough === undefined || goneOn === undefined) throw new Error('The year has such days.');
	// The year is such that each stretch of it is there.
	expect(addMonths(year.changedOn, quietMonths) < emptyFrom && emptyFrom < firstEnough && goneOn < year.returnsOn).toBe(true);
	const { installation, actors, officers } = scene;
	const { world } = installation;

	world.set(broughtInAt(addDays(year.first, -1)));
	const { ruleId } = sure(await proposeSignalRule(installation, officers.governor, { cases: 3, months: 12, quietMonths }));
	sure(await confirmSignalRule(installation, actors.administrator, { ruleId, answer: 'confirmed' }));
	await fill('1000');

	let [changing, staying] = ['', ''];
	const asked = { changing: '2026-12-31', staying: '2027-03-10' } as const;
	const seen: { day: Day; state: string | undefined; heldBack: string | null }[] = [];
	for (const day of daysOfYear()) {
		// In the night the product looks.
		world.set(lookedAt(day));
		for (const kind of day.endsWith('-01') ? dailyKinds : ['daily.signals', 'daily.publications']) await runDaily(scene, kind);
		if (changing !== '') {
			const { signal, heldBack } = await overview(changing);
			seen.push({ day, state: signal?.state, heldBack });
			const register = await reads((tx) => listPublicCauses(tx));
			for (const [causeId, askedOn] of [
				[changing, asked.changing],
				[staying, asked.staying]
			] as const) {
				// Thirty whole days here, whatever the clock did: not on the thirtieth, on the night after it.
				const isPublic = register.some((one) => one.causeId === causeId);
				expect({ day, isPublic }).toEqual({ day, isPublic: daysBetween(askedOn, day) > 30 });
			}
		}
		world.set(broughtInAt(day));
		for (const one of cases.filter((brought) => brought.day === day)) await bringIn(one);
		if (day === '2026-12-30') {
			changing = await idOf('Wie drinkt, komt de intake niet door');
			staying = await idOf('Acht weken wachten op een besluit');
		}
		if (day === asked.changing) sure(await proposePublication(installation, officers.governor, { causeId: changing }));
		if (day === asked.staying) await askOutside();
		if (day === '2027-01-11') await takeUp();
		if (day === year.changedOn) {
			const signalId = (await overview(changing)).signal?.signalId ?? '';
			const rule = { signalId, words: 'De intake vraagt het voortaan zelf.', changedOn: year.changedOn };
			sure(await putInForce(installation, actors.colleague, rule));
		}
		if (day === emptyFrom) await empty();
		if (day === filledOn) await fill('500');
	}

	const at = (day: Day) => seen.find((one) => one.day === day);
	// Each day of the year, what keeps it from being called gone is what the calendar says.
	const wanted = (day: Day): { state: string; heldBack: string | null } => {
		if (day > year.returnsOn) return { state: 'reopened', heldBack: null };
		if (day >= goneOn) return { state: 'verified', heldBack: null };
		if (day < addMonths(year.changedOn, quietMonths)) return { state: 'in_force', heldBack: null };
		const enough = countFrom(addMonths(day, -quietMonths), day) >= before;
		return { state: 'in_force', heldBack: enough ? 'empty_pot' : 'less_intake' };
	};
	const held = seen.filter(({ day }) => day > year.changedOn);
	expect(held.map(({ day, state, heldBack }) => ({ day, state, heldBack }))).toEqual(held.map(({ day }) => ({ day, ...wanted(day) })));
	// Said once more, by the days that matter.
	expect(at('2027-08-01')).toMatchObject({ state: 'in_force', heldBack: 'less_intake' });
	expect(at(firstEnough)).toMatchObject({ state: 'in_force', heldBack: 'empty_pot' });
	expect(at(addDays(goneOn, -1))?.state).toBe('in_force');
	expect(at(goneOn)?.state).toBe('verified');
	expect(at(addDays(year.returnsOn, 1))?.state).toBe('reopened');

	// Its line, as the page draws it: cases by month, none from the month after the rule changed until one came back.
	const months = new Map((await overview(changing)).months.map(({ month, cases: count }) => [month, count]));
	const byMonth = (month: Day) => cases.filter(({ day, cause }) => cause === 'changing' && day.startsWith(month.slice(0, 7))).length;
	for (const [month, count] of months) expect({ month, count }).toEqual({ month, count: byMonth(month) });
	expect(['2026-12-01', '2027-01-01', '2027-02-01', '2027-03-01'].every((month) => (months.get(month) ?? 0) >= 5)).toBe(true);
	for (let month: Day = '2027-05-01'; month < '2028-01-01'; month = addMonths(month, 1)) expect(months.get(month)).toBe(0);
	expect(months.get('2028-01-01')).toBe(1);
	// The other cause was never changed: its line goes on, and nobody calls it gone.
	expect((await overview(staying)).signal?.state).not.toBe('verified');
	// And the clock did change twice: a day of 23 hours and one of 25.
	const hours = (day: Day) => (startOfDay(addDays(day, 1)).getTime() - startOfDay(day).getTime()) / 3_600_000;
	expect(['2027-03-28', '2027-10-31'].map(hours)).toEqual([23, 25]);

	async function takeUp(): Promise<void> {
		const signalId = (await overview(changing)).signal?.signalId ?? '';
		sure(await takeUpSignal(installation, actors.colleague, { signalId, dueOn: '2027-02-15' }));
		world.tick(60_000);
		sure(await agreeChange(installation, actors.colleague, { signalId, words: 'Wij vragen het voortaan.', dueOn: year.changedOn }));
	}
	async function askOutside(): Promise<void> {
		const { publicationId } = sure(await proposePublication(installation, actors.facilitator, { causeId: staying }));
		sure(await tellOutside(installation, actors.facilitator, { publicationId, proof: 'Brief van 10 maart' }));
	}
});
