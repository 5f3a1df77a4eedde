import { existsSync, globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a stage found. A check counts as one test, a run of vitest as its tests. */
export interface Count {
	readonly passed: number;
	readonly failed: number;
}

export interface Stage {
	readonly name: string;
	/** Scripts for Node, one after the other until one fails. */
	readonly steps: readonly (readonly string[])[];
	/** The steps are one run of vitest, whose tests are counted. */
	readonly counted: boolean;
	/** Watches the clock or starts a whole installation: nothing runs beside it. */
	readonly alone: boolean;
	readonly environment?: Readonly<Record<string, string>>;
	/** Why there is nothing to run yet. */
	readonly absent?: string;
}

const bin = {
	prettier: 'node_modules/prettier/bin/prettier.cjs',
	eslint: 'node_modules/eslint/bin/eslint.js',
	tsc: 'node_modules/typescript/bin/tsc',
	svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
	vitest: 'node_modules/vitest/vitest.mjs'
};

/** The stages of `npm test` in their order. `root` is the project's folder. */
export function listStages(root: string): Stage[] {
	const check = (name: string, ...steps: string[][]): Stage => ({ name, steps, counted: false, alone: false });
	const tests = (name: string, project: string, more: Partial<Stage> = {}): Stage => ({
		name,
		steps: [[bin.vitest, 'run', '--project', project, '--allowOnly=false']],
		counted: true,
		alone: false,
		...more
	});
	const journeys = globSync('e2e/**/*.journey.ts', { cwd: root }).length > 0;
	const faults = existsSync(join(root, 'e2e/faults/run.ts'));
	return [
		check('format', [bin.prettier, '--check', '--log-level', 'warn', '.']),
		check('lint', [bin.eslint, '.']),
		check('types', [bin.tsc, '--noEmit']),
		check('components', [bin.svelteCheck, '--tsconfig', './tsconfig.json', '--threshold', 'error', '--output', 'human']),
		check('database types', ['scripts/database-types.ts', '--check']),
		tests('rules', 'rules'),
		// Each starts servers and kills them: beside another run their waiting would be the machine's, not the product's.
		tests('database', 'database', { alone: true }),
		...listServers().map(({ version, folder }) =>
			tests(`database on ${version}`, 'database', { alone: true, environment: { LOOPPLANK_POSTGRES_BIN: folder } })
		),
		tests('journeys', 'journeys', { alone: true, ...(journeys ? {} : { absent: 'no journeys in e2e/' }) }),
		{
			name: 'faults',
			steps: [['e2e/faults/run.ts', '--rounds', '10']],
			counted: false,
			alone: true,
			...(faults ? {} : { absent: 'no harness in e2e/faults/' })
		}
	];
}

/** PostgreSQL servers that stand where Debian puts them, of the majors that the product runs on. */
export function listServers(home = '/usr/lib/postgresql'): { version: string; folder: string }[] {
	if (!existsSync(home)) return [];
	return readdirSync(home)
		.filter((version) => /^1[5-8]$/.test(version) && existsSync(join(home, version, 'bin', 'initdb')))
		.sort()
		.map((version) => ({ version: `PostgreSQL ${version}`, folder: join(home, version, 'bin') }));
}

/**
 * The count of a stage of vitest, from its JSON report (null when it wrote none) and its exit code. A run that fails without a failed test,
 * such as a file that cannot be loaded, or that ran no test at all, counts as one failed.
 */
export function countOf(report: string | null, exitCode: number): Count {
	const { numPassedTests: passed, numFailedTests: failed } =
		report === null ? { numPassedTests: 0, numFailedTests: 0 } : readReport(report);
	return { passed, failed: Math.max(failed, exitCode === 0 && passed > 0 ? 0 : 1) };
}

function readReport(report: string): { numPassedTests: number; numFailedTests: number } {
	const parsed: unknown = JSON.parse(report);
	if (typeof parsed === 'object' && parsed !== null && 'numPassedTests' in parsed && 'numFailedTests' in parsed) {
		const { numPassedTests, numFailedTests } = parsed;
		if (typeof numPassedTests === 'number' && typeof numFailedTests === 'number') return { numPassedTests, numFailedTests };
	}
	throw new Error('the report of vitest has another form than expected');
}
