import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countOf, listServers, listStages } from './stages.ts';

const report = (numPassedTests: number, numFailedTests: number) => JSON.stringify({ numPassedTests, numFailedTests });

test('counts the tests of a run, and never takes a broken run for a good one', () => {
	expect(countOf(report(5, 0), 0)).toEqual({ passed: 5, failed: 0 });
	expect(countOf(report(5, 2), 1)).toEqual({ passed: 5, failed: 2 });
	expect(countOf(report(5, 0), 1)).toEqual({ passed: 5, failed: 1 });
	expect(countOf(report(0, 0), 0)).toEqual({ passed: 0, failed: 1 });
	expect(countOf(null, 0)).toEqual({ passed: 0, failed: 1 });
	expect(() => countOf('{}', 0)).toThrow();
});

test('a stage that has nothing to run says so', () => {
	const folder = mkdtempSync(join(tmpdir(), 'stages-'));
	try {
		const absent = () => listStages(folder).flatMap((stage) => (stage.absent === undefined ? [] : [stage.name]));
		expect(absent()).toEqual(['journeys', 'faults']);
		mkdirSync(join(folder, 'e2e/faults'), { recursive: true });
		writeFileSync(join(folder, 'e2e/faults/run.ts'), '');
		writeFileSync(join(folder, 'e2e/case.journey.ts'), '');
		expect(absent()).toEqual([]);
		const names = listStages(folder).map((stage) => stage.name);
		expect(new Set(names).size).toBe(names.length);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('finds the servers that the product runs on', () => {
	const folder = mkdtempSync(join(tmpdir(), 'servers-'));
	try {
		for (const version of ['13', '15', '18', 'x']) {
			mkdirSync(join(folder, version, 'bin'), { recursive: true });
			writeFileSync(join(folder, version, 'bin', 'initdb'), '');
		}
		mkdirSync(join(folder, '16'));
		expect(listServers(folder).map((server) => server.version)).toEqual(['PostgreSQL 15', 'PostgreSQL 18']);
		expect(listServers(join(folder, 'none'))).toEqual([]);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
