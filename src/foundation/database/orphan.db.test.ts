import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { processBegan } from './folder-lock.server.ts';
import { startDatabase } from './supervisor.server.ts';

let folder: string | undefined;
afterEach(() => {
	if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** A process that has died and that its parent does not collect: it still answers to its number. */
async function makeZombie(): Promise<{ readonly pid: number; bury(): void }> {
	const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
	const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))));
	while (processBegan(pid) !== undefined) await wait(5);
	process.kill(pid, 0);
	return { pid, bury: () => parent.kill('SIGKILL') };
}

test.skipIf(process.platform === 'win32')('a server that died and is not buried yet is waited for', async () => {
	folder = mkdtempSync(join(tmpdir(), 'loopplank-orphan-'));
	const first = await startDatabase({ folder, durable: false });
	const file = join(folder, 'cluster', 'postmaster.pid');
	const written = readFileSync(file, 'utf8');
	await first.stop();
	expect(existsSync(file)).toBe(false);
	const zombie = await makeZombie();
	writeFileSync(file, written.replace(/^\d+/, String(zombie.pid)));
	const starting = startDatabase({ folder, durable: false });
	await wait(300);
	zombie.bury();
	const second = await starting;
	expect(second.adopted).toBe(false);
	await second.stop();
});
