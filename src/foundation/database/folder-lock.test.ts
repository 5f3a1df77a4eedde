import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder, processBegan } from './folder-lock.server.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'loopplank-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const claim = (): Record<string, unknown> =>
	JSON.parse(readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8')) as Record<string, unknown>;

/** A claim as another process would have left it. */
const leave = async (change: Record<string, unknown>, number = 7): Promise<void> => {
	const lock = await lockFolder(folder);
	const mine = claim();
	await lock.release();
	for (const name of readdirSync(folder)) rmSync(join(folder, name));
	writeFileSync(join(folder, `owner.${number}`), JSON.stringify({ ...mine, ...change }));
};

const refused = { problem: { code: 'already_running' } };

test('a second owner is refused, until the first lets go', async () => {
	const first = await lockFolder(folder);
	await expect(lockFolder(folder)).rejects.toMatchObject(refused);
	await first.release();
	const second = await lockFolder(folder);
	await second.release();
	expect(readdirSync(folder)).toHaveLength(1);
});

test('of many at once exactly one gets it, also when a dead owner stands in the way', async () => {
	await leave({ pid: 999_999_999 });
	const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
	expect(tries.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
	for (const outcome of tries) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused);
});

test('a dead owner, a number that was reused, and half a claim stand in nobody’s way', async () => {
	await leave({ pid: 999_999_999 });
	await (await lockFolder(folder)).release();
	await leave({ began: '1' }); // our own number, begun at another moment
	await (await lockFolder(folder)).release();
	await leave({});
	writeFileSync(join(folder, 'owner.7'), '{"pid":');
	await (await lockFolder(folder)).release();
	expect(readdirSync(folder)).toEqual(['owner.8']);
});

test.runIf(process.platform === 'linux')('a zombie owner is a dead owner', async () => {
	// The shell starts a child that lives until the shell has become a program that never asks how it ended.
	const shell = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 20'], { stdio: ['ignore', 'pipe', 'ignore'] });
	const zombie = await new Promise<number>((resolve) => shell.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))));
	try {
		for (let tries = 0; tries < 500 && !readFileSync(`/proc/${zombie}/stat`, 'utf8').includes(') Z '); tries++) await wait(20);
		expect(readFileSync(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ');
		expect(processBegan(zombie)).toBeUndefined();
		await leave({ pid: zombie, began: '' });
		await (await lockFolder(folder)).release();
	} finally {
		shell.kill('SIGKILL');
	}
});

test('an owner in another container is told by its signs of life', async () => {
	await leave({ place: 'other boot pid:[1]', host: 'other' });
	const file = join(folder, 'owner.7');
	const beat = setInterval(() => utimesSync(file, new Date(), new Date()), 200);
	await expect(lockFolder(folder)).rejects.toMatchObject({ problem: { code: 'already_running', values: { host: 'other' } } });
	clearInterval(beat);
	await (await lockFolder(folder, 500)).release();
});

test('the same machine after it was started again: the owner is gone, without waiting', async () => {
	const lock = await lockFolder(folder);
	const place = String(claim()['place']).split(' ');
	await lock.release();
	await leave({ place: [place[0], 'an-earlier-boot', ...place.slice(2)].join(' ') });
	const began = performance.now();
	await (await lockFolder(folder)).release();
	if (process.platform === 'linux') expect(performance.now() - began).toBeLessThan(1000);
});
