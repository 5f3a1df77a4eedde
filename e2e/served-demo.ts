import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** Where the demo of this run is filled, once; each journey begins with a copy of its own. */
export const filledDemo = path.join(tmpdir(), `loopplank-journeys-${process.pid}`);

/** Starts `loopplank demo` on a free port, in a fresh copy of the demo network, and waits for the address it prints. */
export async function serveDemo(): Promise<ServedDemo> {
	await fillOnce();
	const folder = mkdtempSync(path.join(tmpdir(), 'loopplank-journey-'));
	copyInto(path.join(filledDemo, 'data'), folder);
	const demo = await start(folder);
	return {
		...demo,
		async stop() {
			await demo.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** Filling takes most of the time that a demo needs to start for the first time. */
async function fillOnce(): Promise<void> {
	const done = path.join(filledDemo, 'done');
	if (existsSync(done)) return;
	rmSync(filledDemo, { recursive: true, force: true });
	mkdirSync(filledDemo);
	await (await start(path.join(filledDemo, 'data'))).stop();
	writeFileSync(done, '');
}

/** Copies what is in a folder, with owner and rights: PostgreSQL may run as another user, and wants its folder for itself. */
function copyInto(from: string, to: string): void {
	if (process.platform === 'win32') cpSync(from, to, { recursive: true });
	else execFileSync('cp', ['-a', `${from}/.`, to]);
}

const start = (folder: string): Promise<ServedDemo> => startServing(folder, 'demo');

/** Starts a serving command on a free port, and waits for the address it prints. */
export async function startServing(
	folder: string,
	command: 'demo' | 'serve',
	settings: Readonly<Record<string, string>> = {}
): Promise<ServedDemo> {
	const child = spawn(process.execPath, [path.join(root, 'src/cli/loopplank.ts'), '--data', folder, command, '--port', '0'], {
		cwd: root,
		env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...settings },
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
		}
	};
}

function addressOf(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = '';
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`It printed no address. It said:\n${said}`));
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
			reject(new Error(`It ended with ${code}. It said:\n${said}`));
		});
	});
}
