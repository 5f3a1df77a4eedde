import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { memoryWithRoom } from '#foundation/database/testing.server.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A demo that runs as a process of its own, in a folder of its own. */
export interface ServedDemo {
	readonly address: string;
	readonly folder: string;
	stop(): Promise<void>;
}

const giveUpAfter = 150_000;

/** All demos of this run, in memory where there is room: the one that is filled once, and the copy of each journey. */
export const demosOfRun = path.join(memoryWithRoom() ?? tmpdir(), `loopplank-journeys-${process.pid}`);
const filledDemo = path.join(demosOfRun, 'filled');

/** Starts `loopplank demo` on a free port, in a fresh copy of the demo network, and waits for the address it prints. */
export async function serveDemo(): Promise<ServedDemo> {
	await fillOnce();
	const folder = mkdtempSync(path.join(demosOfRun, 'journey-'));
	copyInto(filledDemo, folder);
	const demo = await start(folder);
	return {
		...demo,
		async stop() {
			await demo.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** Filling takes most of the time that a demo needs to start for the first time. Journeys that run beside each other wait for the first. */
async function fillOnce(): Promise<void> {
	const [filling, done] = ['filling', 'done'].map((name) => path.join(demosOfRun, name)) as [string, string];
	mkdirSync(demosOfRun, { recursive: true });
	while (!existsSync(done)) {
		if (!isFirstAt(filling)) {
			await wait(200);
			continue;
		}
		try {
			rmSync(filledDemo, { recursive: true, force: true });
			await (await start(filledDemo)).stop();
			writeFileSync(done, '');
		} finally {
			rmSync(filling, { recursive: true });
		}
	}
}

/** Makes a folder that only one can make. */
function isFirstAt(folder: string): boolean {
	try {
		mkdirSync(folder);
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
		throw error;
	}
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
