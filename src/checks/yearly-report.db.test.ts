import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { textsInOrder } from '#foundation/paper/paper.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import { startOfDay } from '#foundation/time/days.ts';
import { reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { getNetworkPaper, getYearlyReport, listReportYears } from '#rooms/meetings/papers/read.server.ts';
import { yearlyReportPaper } from '#rooms/meetings/papers/yearly-report/rules.ts';
import { nameOften, sharedCause } from './fill-causes.server.ts';
import { runDaily } from './run-daily.server.ts';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** The yearly report of a year is told from what was frozen at its end: later facts change nothing of it, and two prints tell nothing of one household. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(866);
});
afterAll(() => scene.drop());

const year = (): number => Number(scene.installation.world.now().toISOString().slice(0, 4));
/** Noon of a day, or stays where it is when that has passed. */
function goTo(day: string): void {
	const { world } = scene.installation;
	world.tick(Math.max(1000, startOfDay(day).getTime() + 12 * 3_600_000 - world.now().getTime()));
}
const night = () => runDaily(scene, 'daily.public_figures');
/** What stands in the report of a year, but when it was made. */
const printed = async (of: number): Promise<string> => {
	const { installation, actors } = scene;
	const state = await read(installation, actors.colleague, (tx, now) => getYearlyReport(tx, actors.colleague, now, of));
	return textsInOrder(yearlyReportPaper(textFor('nl'), createFormat('nl'), state)).join('\n');
};
async function help(times: number): Promise<string[]> {
	const { installation, actors } = scene;
	const caseIds = await nameOften(scene, times);
	for (const caseId of caseIds) {
		sure(await closeCase(installation, actors.holder, { caseId, ...sharedCause(scene), outcome: 'helped' }));
		installation.world.tick(1000);
	}
	return caseIds;
}

test('a year that is over stays as it was counted on New Year’s night, and the next tells what came', async () => {
	const { installation, actors } = scene;
	const first = year();
	const [caseId = ''] = await help(7);
	await night();
	expect(await printed(first)).toContain('minstens 5');
	// Four more in the same year change nothing, in no quarter.
	const before = await printed(first);
	await help(4);
	await night();
	expect(await printed(first)).toBe(before);
	goTo(`${first}-12-31`);
	await help(3);
	goTo(`${first + 1}-01-01`);
	await night();
	const counted = await printed(first);
	expect(counted).toContain('minstens 10');
	expect(counted).not.toContain('is voorbij');

	goTo(`${first + 1}-01-02`);
	const over = await printed(first);
	expect(over).toContain(`Het jaar ${first} is voorbij`);
	// Nothing that comes later changes a word of it: helped cases that open again, or ten more, counted in any quarter.
	sure(await reopenCase(installation, actors.holder, { caseId }));
	await help(10);
	for (const day of [`${first + 1}-02-01`, `${first + 1}-04-01`, `${first + 1}-07-01`]) {
		goTo(day);
		await night();
		expect(await printed(first)).toBe(over);
	}
	const next = await printed(first + 1);
	expect(next).toContain('minstens 20');
	expect(next).toContain('ongeveer 10');
});

test('is made of years that have begun, from the first case on; another is not there', async () => {
	const { installation, actors } = scene;
	const now = year();
	const years = await read(installation, actors.colleague, (tx, at) => listReportYears(tx, at));
	expect(years).toEqual([now, now - 1]);
	for (const of of [now + 1, now - 2]) {
		const made = await getNetworkPaper(installation, actors.colleague, 'yearly_report', 'nl', of);
		expect(made).toMatchObject({ refusal: { code: 'not_found' } });
	}
	expect(await read(installation, actors.stranger, (tx, at) => getYearlyReport(tx, actors.stranger, at, now))).toMatchObject({
		...{ figures: {}, before: {}, register: [] }
	});
});
