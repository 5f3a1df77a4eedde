import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const module = fileURLToPath(new URL('serve.ts', import.meta.url));

/** A process that has ways out of its own, as the program has, then says that it serves and stays. */
const script = `
	import { stayUntilStopped } from ${JSON.stringify(module)};
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(99));
	setInterval(() => undefined, 1000);
	await stayUntilStopped({ lost: new Promise(() => undefined), stop: async () => undefined }, 'serving');
	process.exit(0);
`;

test.runIf(process.platform !== 'win32')(
	'whoever stops it the moment it says that it serves is heard, each time',
	{ timeout: 60_000 },
	async () => {
		const codes: (number | null)[] = [];
		for (let turn = 0; turn < 12; turn++)
			codes.push(
				await new Promise((resolve) => {
					const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
					const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
					child.stdout.once('data', () => child.kill('SIGINT'));
					child.once('exit', (code) => {
						clearTimeout(limit);
						resolve(code);
					});
				})
			);
		expect(codes).toEqual(codes.map(() => 0));
	}
);
