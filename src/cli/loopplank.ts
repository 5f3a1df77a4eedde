#!/usr/bin/env node
import { Command } from 'commander';
import { startProblemKey, startProblemOf } from '#foundation/database/start-problem.ts';
import { register as registerDemo } from './demo.ts';
import { register as registerNetwork } from './network.ts';
import { register as registerServe } from './serve.ts';
import { sayLocally } from './words.ts';

const program = new Command('loopplank')
	.description(sayLocally('cli.loopplank'))
	.option('--data <folder>', sayLocally('cli.option.data'), process.env['LOOPPLANK_DATA'] ?? 'data')
	.showHelpAfterError();

for (const register of [registerServe, registerDemo, registerNetwork]) register(program);

try {
	await program.parseAsync();
} catch (error) {
	const problem = startProblemOf(error);
	if (!problem) throw error;
	process.stderr.write(`${sayLocally(startProblemKey(problem), problem.values)}\n`);
	process.exitCode = 1;
}
