import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A demo that runs as a process of its own, in a folder of its own. */
export interface ServedDemo {
	readonly address: string;
	readonly folder: string;
	stop(): Promise<void>;
}

const giveUpAfter = 150_000;

/** Starts `loopplank demo` on a free port and waits for the address it prints. */
export async function serveDemo(): Promise<ServedDemo> {
	const folder = mkdtempSync(path.join(tmpdir(), 'loopplank-journey-'));
	const child = spawn(process.execPath, [path.join(root, 'src/cli/loopplank.ts'), '--data', folder, 'demo', '--port', '0'], {
		cwd: root,
		env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const address = await addressOf(child);
	return {
		address,
		folder,
		async stop() {
			const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
			child.kill('SIGINT');
			await gone;
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function addressOf(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = '';
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`The demo printed no address. It said:\n${said}`));
		}, giveUpAfter);
		const hear = (chunk: Buffer): void => {
			said += chunk.toString();
			const found = /http:\/\/localhost:\d+/.exec(said);
			if (!found) return;
			clearTimeout(timer);
			resolve(found[0]);
		};
		child.stdout?.on('data', hear);
		child.stderr?.on('data', hear);
		child.once('exit', (code) => {
			clearTimeout(timer);
			reject(new Error(`The demo ended with ${code}. It said:\n${said}`));
		});
	});
}
