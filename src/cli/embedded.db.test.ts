import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportDigest } from '#foundation/backup/snapshot.server.ts';
import { addManyCases, addTestNetwork } from '#foundation/backup/testing.server.ts';
import { migrate } from '#foundation/database/migrate.server.ts';
import { findRunning } from '#foundation/database/running.server.ts';
import { startDatabase } from '#foundation/database/supervisor.server.ts';
import type { RunningDatabase } from '#foundation/database/supervisor.server.ts';
import { finishCommand, runCommand, startCommand } from './testing.server.ts';
import type { Ran } from './testing.server.ts';

let home: string;
let running: RunningDatabase | undefined;
let recipient: string;
const keyFile = (): string => join(home, 'backup.key');
const data = (): string => join(home, 'data');
const run = (...words: string[]): Promise<Ran> => runCommand(['--data', data(), ...words]);

/** The same programs as the commands take: those of the product, or another PostgreSQL's when the whole run is on it. */
const postgresBin = process.env['LOOPPLANK_POSTGRES_BIN'];

beforeAll(async () => {
	// Memory where the system offers it: commands make databases that wait for the disk, and the disk is not what is tried here.
	home = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'loopplank-embedded-'));
	running = await startDatabase({ folder: join(data(), 'database'), durable: false, postgresBin });
	await migrate(running.urls.owner);
	const owner = new pg.Client({ connectionString: running.urls.owner });
	await owner.connect();
	await addManyCases(owner, await addTestNetwork(owner, new Date()), new Date(), 1_500);
	await owner.end();
	recipient = (await run('backup-key', keyFile())).out.trim();
});
afterAll(async () => {
	await running?.stop();
	await rm(home, { recursive: true, force: true });
});

/** Kills a command with -9 as soon as it says so on stderr. */
const killAt = async (words: readonly string[], sign: string): Promise<Ran> => {
	const child = startCommand(words);
	let said = '';
	child.stderr.on('data', (piece: Buffer) => {
		said += piece.toString('utf8');
		if (said.includes(sign)) child.kill('SIGKILL');
	});
	return await finishCommand(child);
};

describe('the database in the data folder', { timeout: 120_000 }, () => {
	test('a folder without one is said, and stays without', async () => {
		const nothing = join(home, 'nothing');
		for (const words of [['verify'], ['backup', join(home, 'x.age'), '-r', recipient]]) {
			const ran = await runCommand(['--data', nothing, ...words]);
			expect(ran).toMatchObject({
				code: 1,
				out: '',
				err: `There is no database in ${nothing}. Give the right folder with --data, or set DATABASE_URL.\n`
			});
		}
		expect(existsSync(nothing)).toBe(false);
	});

	test('a command speaks to the one that runs, and leaves it running', async () => {
		const verified = await run('verify');
		expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('1,500 lines') });
		const file = join(home, 'first.age');
		expect((await run('backup', file, '-r', recipient)).code).toBe(0);
		// 1,500 cases and no keyring: that is found, in the database that runs.
		const doctor = await run('doctor', '--json');
		expect(doctor.code).toBe(1);
		expect(JSON.parse(doctor.out)).toMatchObject({
			findings: expect.arrayContaining([expect.objectContaining({ code: 'keyring_absent' })])
		});
		expect(doctor.out).not.toContain('backup_never');
		expect(findRunning(join(data(), 'database'))).toEqual(running?.urls);
	});

	test('a backup that is killed leaves no backup; the next one sweeps what it left', async () => {
		const file = join(home, 'killed.age');
		const killed = await killAt(['--data', data(), 'backup', file, '-r', recipient], '10%');
		expect(killed.signal).toBe('SIGKILL');
		expect(existsSync(file)).toBe(false);
		expect((await readdir(home)).some((name) => /^killed\.age\.\d+\.part$/.test(name))).toBe(true);
		expect((await run('backup', file, '-r', recipient)).code).toBe(0);
		expect((await readdir(home)).filter((name) => name.startsWith('killed'))).toEqual(['killed.age']);
	});

	test('a restore that is killed leaves an empty database, into which it goes the next time', async () => {
		const there = join(home, 'there');
		const words = ['--data', there, 'restore', join(home, 'first.age'), '-i', keyFile()];
		const killed = await killAt(words, '50%');
		expect(killed.signal).toBe('SIGKILL');
		const again = await runCommand([...words, '--json']);
		expect(again.err.replaceAll(/\d+%\n/g, '')).toBe('');
		expect(JSON.parse(again.out)).toMatchObject({ ok: true, epoch: 2, cases: 1500, keysMissing: 1500 });
		// Started for the time of the command, and stopped with it.
		expect(findRunning(join(there, 'database'))).toBeUndefined();
		const restored = await startDatabase({ folder: join(there, 'database'), postgresBin });
		try {
			expect(await exportDigest(restored.urls.owner)).toEqual(await exportDigest(running?.urls.owner ?? ''));
		} finally {
			await restored.stop();
		}
	});

	const older = '/usr/lib/postgresql/15/bin';
	test.runIf(existsSync(older) && postgresBin === undefined)('a database of PostgreSQL 15 moves up by backup and restore', async () => {
		const before = join(home, 'fifteen');
		const source = await startDatabase({ folder: join(before, 'database'), postgresBin: older, durable: false });
		try {
			expect(source.version).toBe(15);
			await migrate(source.urls.owner);
			const owner = new pg.Client({ connectionString: source.urls.owner });
			await owner.connect();
			await addManyCases(owner, await addTestNetwork(owner, new Date()), new Date(), 50);
			await owner.end();
			const file = join(home, 'fifteen.age');
			expect((await runCommand(['--data', before, 'backup', file, '-r', recipient])).code).toBe(0);
			const after = join(home, 'newest');
			expect((await runCommand(['--data', after, 'restore', file, '-i', keyFile()])).code).toBe(0);
			const target = await startDatabase({ folder: join(after, 'database'), durable: false, postgresBin });
			try {
				expect(target.version).toBeGreaterThan(15);
				expect(await exportDigest(target.urls.owner)).toEqual(await exportDigest(source.urls.owner));
			} finally {
				await target.stop();
			}
		} finally {
			await source.stop();
		}
		// The folder of the older version itself is refused in a sentence.
		expect(await runCommand(['--data', before, 'verify'])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('15') });
	});

	test('it is started for a command when it does not run, and stopped after', async () => {
		await running?.stop();
		running = undefined;
		expect(await run('verify')).toMatchObject({ code: 0, err: '' });
		expect(findRunning(join(data(), 'database'))).toBeUndefined();
	});
});
