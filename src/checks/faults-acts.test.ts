import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actCodes } from '#foundation/command/acts.ts';
import { footprints } from '../../e2e/faults/footprints.ts';
import { Ledger } from '../../e2e/faults/ledger.ts';
import { neverDone, tableOfActs } from '../../e2e/faults/report.ts';
import { jobActs, leftOut, playedActs, readings, stories } from '../../e2e/faults/stories.ts';
import { listDocumentedActs } from './acts-document.ts';
import { listSourceFiles, root } from './source-files.ts';

/** The faults harness does every act that docs/ACTIONS.md names and that writes. */

const driven = new Set<string>([...playedActs, ...jobActs]);
const excused = new Set<string>([...readings, ...Object.keys(leftOut)]);

/** The acts that a command of a room does, read from the sources: they write. */
const commandActs = new Set(
	listSourceFiles()
		.filter(({ path }) => path.startsWith('src/rooms/') && path.endsWith('.server.ts'))
		.flatMap(({ path }) =>
			[...readFileSync(join(root, path), 'utf8').matchAll(/\bcommand\(\{\s*act: '([a-z_.]+)'/g)].map((match) => match[1] ?? '')
		)
);

describe('the faults harness', () => {
	test('does every documented act, or says why not', () => {
		expect([...listDocumentedActs()].filter((act) => !driven.has(act) && !excused.has(act))).toEqual([]);
	});

	test('does no act that is not documented, and excuses none that it does', () => {
		const documented = listDocumentedActs();
		expect([...driven, ...excused].filter((act) => !documented.has(act))).toEqual([]);
		expect([...driven].filter((act) => excused.has(act))).toEqual([]);
		expect(driven.size + excused.size).toBe(actCodes.length);
	});

	test('calls nothing a reading that a command does', () => {
		expect(commandActs.size).toBeGreaterThan(80);
		expect(readings.filter((act) => commandActs.has(act))).toEqual([]);
		expect([...commandActs].filter((act) => !driven.has(act) && !(act in leftOut))).toEqual([]);
	});

	test('leaves few acts out, each with a reason', () => {
		expect(Object.keys(leftOut).length).toBeLessThanOrEqual(3);
		for (const reason of Object.values(leftOut)) expect(reason.length).toBeGreaterThan(20);
	});

	test('knows what each of them leaves', () => {
		expect(Object.keys(footprints).toSorted()).toEqual([...driven].toSorted());
		// Only what later acts take away or write over leaves nothing that can be counted.
		const bare = Object.entries(footprints).filter(([, left]) => left.length === 0);
		expect(bare.map(([act]) => act)).toEqual(['duty.give_up', 'duty.take', 'organisation.show_names', 'profile.keep']);
	});

	test('has stories with names of their own, each of which acts', () => {
		expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
		for (const { acts } of stories) expect(new Set(acts).size).toBe(acts.length);
	});
});

describe('its report', () => {
	const done = (acts: readonly string[]): Ledger => {
		const ledger = new Ledger();
		for (const act of acts)
			ledger.write({
				...{ act: act as (typeof actCodes)[number], by: null, method: 'POST', path: '', body: undefined, key: '' },
				status: 201,
				text: ''
			});
		return ledger;
	};
	const byProduct = new Map(jobActs.map((act) => [act, 1]));

	test('finds an act that was never acknowledged, by hand or by the product, and one that no story names', () => {
		expect(neverDone(done([...playedActs]), byProduct)).toEqual([]);
		expect(neverDone(done([...playedActs].filter((act) => act !== 'card.make')), byProduct)).toEqual(['card.make was never acknowledged']);
		expect(neverDone(done([...playedActs]), new Map())).toHaveLength(jobActs.length);
		expect(neverDone(done([...playedActs, 'case.read']), byProduct)).toEqual(['case.read is done, and named in no story']);
	});

	test('has a line for each act, with how often it was done and cut', () => {
		const ledger = done(['card.make', 'card.make']);
		ledger.noteCut('card.make');
		expect(tableOfActs(ledger, byProduct).find((line) => line.startsWith('card.make '))).toMatch(/^card\.make +2 +1 +a question$/);
		expect(tableOfActs(ledger, byProduct)).toHaveLength(1 + driven.size);
	});
});
