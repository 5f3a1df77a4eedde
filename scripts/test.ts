/**
 * `npm test`: all checks and tests, two stages at a time, one line a stage, the output of those that fail.
 * `--only NAME` (again for more) runs some. The last line is `N passed, M failed`; exit 1 when one failed or none ran.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countOf, listStages } from './stages.ts';
import type { Count, Stage } from './stages.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = mkdtempSync(join(tmpdir(), 'loopplank-test-'));
const atOnce = 2;
/** Longer than any stage takes on a slow machine: what takes longer hangs. */
const longestMs = 20 * 60_000;
const running = new Set<ChildProcess>();

/** Runs one script of Node; answers its exit code and all that it said. */
function run(step: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<{ code: number; output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, step, {
			cwd: root,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...environment }
		});
		running.add(child);
		let output = '';
		const limit = setTimeout(() => {
			output += `\nstopped after ${longestMs / 60_000} minutes\n`;
			child.kill('SIGKILL');
		}, longestMs);
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8');
			stream.on('data', (text: string) => (output += text));
		}
		child.once('error', reject);
		child.once('close', (code) => {
			clearTimeout(limit);
			running.delete(child);
			resolve({ code: code ?? 1, output });
		});
	});
}

async function runStage(stage: Stage): Promise<Count> {
	if (stage.absent !== undefined) {
		process.stdout.write(`${'-'.padEnd(6)}${stage.name.padEnd(28)}${stage.absent}\n`);
		return { passed: 0, failed: 0 };
	}
	const start = performance.now();
	const report = join(reports, `${stage.name.replaceAll(' ', '-')}.json`);
	let code = 0;
	let output = '';
	for (const step of stage.steps) {
		const more = stage.counted ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`] : [];
		const result = await run([...step, ...more], stage.environment);
		output += result.output;
		code = result.code;
		if (code !== 0) break;
	}
	const count = stage.counted
		? countOf(existsSync(report) ? readFileSync(report, 'utf8') : null, code)
		: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
	const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
	const counts = `${count.passed} passed${count.failed > 0 ? `, ${count.failed} failed` : ''}`;
	process.stdout.write(`${(count.failed > 0 ? 'FAIL' : 'ok').padEnd(6)}${stage.name.padEnd(28)}${seconds} s  ${counts}\n`);
	if (count.failed > 0) process.stdout.write(`\n${output.trimEnd()}\n\n`);
	return count;
}

/** Stages in their order, `atOnce` beside each other; those that want to be alone come when all others are done. */
async function runAll(stages: readonly Stage[]): Promise<Count> {
	const queue = stages.filter((stage) => !stage.alone);
	const counts: Count[] = [];
	const worker = async () => {
		for (let stage = queue.shift(); stage; stage = queue.shift()) counts.push(await runStage(stage));
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	for (const stage of stages) if (stage.alone) counts.push(await runStage(stage));
	return counts.reduce((sum, count) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }), {
		passed: 0,
		failed: 0
	});
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		for (const child of running) child.kill(signal);
		rmSync(reports, { recursive: true, force: true });
		process.exit(1);
	});
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const all = listStages(root);
const unknown = (values.only ?? []).filter((name) => !all.some((stage) => stage.name === name));
if (unknown.length > 0) {
	process.stderr.write(`No stage is called ${unknown.join(', ')}. There are: ${all.map((stage) => stage.name).join(', ')}.\n`);
	process.exit(1);
}
try {
	// Makes what tsconfig.json extends. It takes the files away for a moment, so nothing may run beside it.
	const sync = await run(['node_modules/@sveltejs/kit/svelte-kit.js', 'sync']);
	if (sync.code !== 0) process.stdout.write(sync.output);
	const { passed, failed } = await runAll(values.only ? all.filter((stage) => values.only?.includes(stage.name)) : all);
	const broken = failed + (sync.code === 0 ? 0 : 1);
	process.stdout.write(`${passed} passed, ${broken} failed\n`);
	process.exitCode = broken > 0 || passed === 0 ? 1 : 0;
} finally {
	rmSync(reports, { recursive: true, force: true });
}
