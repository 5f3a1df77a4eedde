import { spawn } from 'node:child_process';
import path from 'node:path';
import { ownEnvironment } from '../e2e/faults/site.ts';

const program = path.resolve(import.meta.dirname, '../src/cli/loopplank.ts');

/** Starts the demo on a data folder, waits until it says where it is, and stops it in order. Answers the milliseconds until it said so. */
export async function timeDemoStart(folder: string): Promise<number> {
	const began = performance.now();
	const child = spawn(process.execPath, [program, '--data', folder, 'demo', '--port', '0'], {
		env: ownEnvironment(),
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
	const took = await new Promise<number>((resolve, reject) => {
		let out = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
			if (/http:\/\/localhost:\d+/.test(out)) resolve(performance.now() - began);
		});
		void gone.then(() => reject(new Error(`The demo ended before it was ready.\n${said}`)));
	});
	child.kill('SIGINT');
	await gone;
	return took;
}
