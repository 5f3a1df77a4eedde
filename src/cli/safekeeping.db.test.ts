import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { exportDigest } from '#foundation/backup/snapshot.server.ts';
import { addTestAgreement, addTestCase, addTestNetwork } from '#foundation/backup/testing.server.ts';
import type { TestNetwork } from '#foundation/backup/testing.server.ts';
import { openDoor } from '#foundation/database/door.server.ts';
import type { Door } from '#foundation/database/door.server.ts';
import { copyTestDatabase, testDatabase } from '#foundation/database/testing.server.ts';
import type { TestDatabase } from '#foundation/database/testing.server.ts';
import { openFolderKeyring } from '#foundation/keyring/keyring.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { sealAll } from '#foundation/log/seal.server.ts';
import { settle } from '#foundation/log/testing.server.ts';
import { realWorld } from '#foundation/world.ts';
import { openCommands, runCommand, serverSettings } from './testing.server.ts';
import type { Commands, Ran } from './testing.server.ts';

/** The numbers of the migrations, in order: they may miss some. */
const listSteps = async (): Promise<number[]> =>
	(await readdir(new URL('../../database/migrations/', import.meta.url)))
		.filter((name) => name.endsWith('.sql'))
		.map((name) => Number(name.slice(0, 4)))
		.toSorted((a, b) => a - b);

const now = new Date();
let home: string;
let database: TestDatabase;
let owner: pg.Client;
let door: Door;
let keyring: Keyring;
let network: TestNetwork;
let made: { readonly caseId: string; readonly wordsId: string };
let keyFile: string;
let recipient: string;
let commands: Commands;

const dataFolder = (): string => join(home, 'data');
/** A command on this installation, in the process for many. */
const run = (...words: string[]): Promise<Ran> => commands.run(['--data', dataFolder(), ...words], serverSettings(database.urls));
/** The same as a process of its own, as people run it: each command once. */
const runAlone = (...words: string[]): Promise<Ran> => runCommand(['--data', dataFolder(), ...words], serverSettings(database.urls));
const jsonOf = (ran: Ran): Record<string, unknown> => JSON.parse(ran.out) as Record<string, unknown>;

beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'safekeeping-'));
	commands = openCommands();
	database = await testDatabase();
	owner = await database.connections.owner();
	door = openDoor(database.connections);
	keyring = await openFolderKeyring(join(dataFolder(), 'keyring'), realWorld.random);
	network = await addTestNetwork(owner, now);
	made = await addTestCase(door, keyring, network, now, 'De huur is niet betaald.');
	await addTestAgreement(door, network, made.caseId, now);
	await settle(owner);
	await sealAll(door, network.networkId, () => now);
	keyFile = join(home, 'backup.key');
	recipient = (await runAlone('backup-key', keyFile)).out.trim();
});
afterAll(async () => {
	await commands.close();
	await owner.end();
	await database.drop();
	await rm(home, { recursive: true });
});

describe('loopplank backup-key', { timeout: 60_000 }, () => {
	test('shows the public part and keeps the private part for this user alone', async () => {
		expect(recipient).toMatch(/^age1pq1[a-z0-9]+$/);
		expect((await stat(keyFile)).mode & 0o077).toBe(0);
		expect(await readFile(keyFile, 'utf8')).toMatch(/^# created: .*\n# public key: age1pq1.*\nAGE-SECRET-KEY-PQ-1[A-Z0-9]+\n$/);
		const classic = await run('backup-key', join(home, 'classic.key'), '--classic', '--json');
		expect(jsonOf(classic)).toMatchObject({ ok: true, recipient: expect.stringMatching(/^age1[a-z0-9]{58}$/) });
		expect(classic.out + classic.err).not.toContain('AGE-SECRET');
	});

	test('refuses a file that is there, and a place beside the data', async () => {
		const before = await readFile(keyFile, 'utf8');
		expect(await run('backup-key', keyFile)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be written') });
		expect(await readFile(keyFile, 'utf8')).toBe(before);
		for (const inside of ['backup.key', 'keyring/backup.key', '../data/backup.key'])
			expect(await run('backup-key', join(dataFolder(), inside))).toMatchObject({
				code: 1,
				out: '',
				err: expect.stringContaining('data folder')
			});
		expect(await readdir(dataFolder())).toEqual(['keyring']);
	});
});

describe('loopplank migrate', { timeout: 60_000 }, () => {
	test('brings an empty database to the newest step, and says when it is there', async () => {
		const empty = await copyTestDatabase(inject('testCluster'), 'template0');
		try {
			const first = await runCommand(['--data', dataFolder(), 'migrate', '--json'], serverSettings(empty.urls));
			const { applied, newest } = jsonOf(first) as { applied: number[]; newest: number };
			expect(applied).toEqual(await listSteps());
			expect(newest).toBe(applied.at(-1));
			const again = await commands.run(['--data', dataFolder(), 'migrate'], serverSettings(empty.urls));
			expect(again).toMatchObject({ code: 0, out: `The database was at step ${newest} already, the newest.\n` });
		} finally {
			await empty.drop();
		}
	});

	test('refuses a database login that row security does not hold, in one sentence', async () => {
		const ran = await commands.run(['--data', dataFolder(), 'migrate'], {
			...serverSettings(database.urls),
			DATABASE_URL: database.urls.owner
		});
		expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Refused: loopplank_owner.*\n$/) });
		const half = await commands.run(['migrate'], { DATABASE_URL: database.urls.app });
		expect(half).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_JOBS_URL is not set') });
	});
});

describe('loopplank verify', { timeout: 60_000 }, () => {
	test('says that the log is whole, and gives the seal to keep', async () => {
		const ran = await runAlone('verify');
		expect(ran).toMatchObject({ code: 0, err: '' });
		const seal = /Newest seal, to keep elsewhere: (\S+)/.exec(ran.out)?.[1] ?? '';
		expect(seal).toMatch(/^proef-[0-9a-f]{12}:1:[0-9a-f]{64}$/);
		expect(ran.out).toContain('2 lines and 1 seal');
		expect((await run('verify', '--seal', seal)).code).toBe(0);
		expect((await run('verify', '--seal', seal.replace(/^[^:]*:/, ''))).code).toBe(0);
		expect(jsonOf(await run('verify', '--json', '--network', seal.split(':')[0] ?? ''))).toMatchObject({
			ok: true,
			networks: [{ lines: 2 }],
			findings: []
		});
	});

	test('finds an altered line and a cut-off end, names them, and ends with 1', async () => {
		const verify = (...words: string[]): Promise<Ran> => run('verify', ...words);
		await owner.query(`update log_line set act = 'case.altered' where act = 'case.open'`);
		expect(await verify()).toMatchObject({ code: 1, err: expect.stringContaining('a line under seal 1 was altered') });
		expect(jsonOf(await verify('--json'))).toMatchObject({ ok: false, findings: [{ kind: 'line_altered', sealNumber: 1 }] });
		await owner.query(`update log_line set act = 'case.open' where act = 'case.altered'`);
		expect((await verify()).code).toBe(0);
		expect(await verify('--seal', `1:${'a'.repeat(64)}`)).toMatchObject({ code: 1, err: expect.stringContaining('The log was rewritten') });
		expect(await verify('--seal', `7:${'a'.repeat(64)}`)).toMatchObject({ code: 1, err: expect.stringContaining('Its end was cut off') });
	});

	test('wrong use ends with 2; a network that is not there is refused', async () => {
		const used = ['--data', dataFolder(), 'verify', '--seal', 'nonsense'];
		// The process for many commands says what a process of its own says.
		expect(await commands.run(used)).toEqual(await runCommand(used));
		for (const words of [
			['--seal', 'nonsense'],
			['--backup', 'x.age'],
			['--backup', 'x.age', '-i', keyFile, '--network', 'proef']
		])
			expect((await run('verify', ...words)).code, words.join(' ')).toBe(2);
		expect(await runAlone('verify', '--network', 'nowhere')).toMatchObject({
			code: 1,
			err: expect.stringContaining('There is no network nowhere')
		});
	});
});

describe('loopplank backup and restore', { timeout: 60_000 }, () => {
	test('a backup goes into an empty installation, with the keys by their own way', async () => {
		const backups = join(home, 'backups');
		expect(await runAlone('backup', join(backups, 'first.age'), '-r', recipient)).toMatchObject({
			code: 0,
			err: expect.stringContaining('100%')
		});
		const file = join(backups, 'first.age');
		expect(await run('verify', '--backup', file, '-i', keyFile)).toMatchObject({ code: 0, out: expect.stringContaining('is whole') });

		const named = jsonOf(await run('backup', backups, '-r', recipient, '--json'));
		expect(String(named['file'])).toMatch(/loopplank-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.backup\.age$/);
		expect(await run('backup', file, '-r', recipient)).toMatchObject({ code: 1, err: expect.stringContaining('is there already') });
		await writeFile(join(home, 'recipients.txt'), `# ours\n${recipient}\n`);
		expect((await run('backup', join(backups, 'second.age'), '-R', join(home, 'recipients.txt'))).code).toBe(0);
		const copied = jsonOf(await run('keyring', 'copy', join(home, 'copies'), '-r', recipient, '--json'));
		expect(copied).toMatchObject({ ok: true, keys: 1 });

		const empty = await copyTestDatabase(inject('testCluster'), 'template0');
		const there = (...words: string[]): Promise<Ran> => commands.run(['--data', join(home, 'there'), ...words], serverSettings(empty.urls));
		try {
			expect(await there('restore', file)).toMatchObject({ code: 2 });
			const restored = await runCommand(['--data', join(home, 'there'), 'restore', file, '-i', keyFile], serverSettings(empty.urls));
			expect(restored).toMatchObject({ code: 0, err: expect.stringContaining('100%') });
			expect(restored.out).toContain('The keys of 1 of 1 cases are not here');
			expect(await exportDigest(empty.urls.owner)).toEqual(await exportDigest(database.urls.owner));
			expect((await there('verify')).code).toBe(0);
			expect(await there('restore', file, '-i', keyFile)).toMatchObject({
				code: 1,
				err: expect.stringContaining('This database is in use')
			});

			const back = await there('keyring', 'restore', String(copied['file']), '-i', keyFile);
			expect(back).toMatchObject({ code: 0, out: expect.stringContaining('2 keys put back') });
			const ring = await openFolderKeyring(join(home, 'there', 'keyring'), realWorld.random);
			const sealed = await empty.connections.owner();
			const row = await sealed.query<{ ciphertext: Buffer }>('select ciphertext from case_words');
			await sealed.end();
			const words = await ring.openWords({ networkId: network.networkId, caseId: made.caseId }, { aboutId: made.caseId, part: 'stuck', wordsId: made.wordsId }, row.rows[0]?.ciphertext ?? Buffer.of()); // prettier-ignore
			expect(words).toBe('De huur is niet betaald.');
		} finally {
			await empty.drop();
		}
	});

	test('what cannot be read, or is damaged, is refused in a sentence without a stack', async () => {
		const file = join(home, 'to-damage.age');
		expect((await run('backup', file, '-r', recipient)).code).toBe(0);
		const bytes = await readFile(file);
		bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
		const damaged = join(home, 'damaged.age');
		await writeFile(damaged, bytes);
		const other = join(home, 'other.key');
		await run('backup-key', other);
		const empty = await copyTestDatabase(inject('testCluster'), 'template0');
		try {
			const tries: readonly (readonly [readonly string[], RegExp])[] = [
				[['verify', '--backup', damaged, '-i', keyFile], /^This backup is damaged between byte \d+ and byte \d+/],
				[['verify', '--backup', file, '-i', other], /^This key does not open/],
				[['verify', '--backup', keyFile, '-i', keyFile], /is not a backup of Loopplank\.$/],
				[['verify', '--backup', join(home, 'nowhere.age'), '-i', keyFile], /cannot be read/],
				[['verify', '--backup', file, '-i', file], /holds no private key/],
				[['restore', damaged, '-i', keyFile], /^This backup is damaged/],
				[['restore', file, '-i', other], /^This key does not open/],
				[['backup', join(home, 'x.age')], /^Say for whom the backup is/],
				[['backup', join(home, 'x.age'), '-r', 'age1nonsense'], /^age1nonsense is not a public key/],
				[['keyring', 'restore', file, '-i', keyFile], /is not a copy of the keys/],
				[['keyring', 'restore', join(home, 'nowhere.age'), '-i', keyFile], /cannot be read/],
				[['keyring', 'copy', home, '-r', recipient, '-r', recipient], /for one public key/]
			];
			const answers = await Promise.all(
				tries.map(([words]) => commands.run(['--data', join(home, 'nothing-yet'), ...words], serverSettings(empty.urls)))
			);
			for (const [index, ran] of answers.entries()) {
				const [words, sentence] = tries[index] ?? [[], /^$/];
				expect(ran, words.join(' ')).toMatchObject({ code: 1, out: '' });
				expect(ran.err.trim(), words.join(' ')).toMatch(sentence);
				expect(ran.err).not.toMatch(/\n\s+at /);
			}
			const tables = await empty.connections.owner();
			expect((await tables.query(`select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`)).rowCount).toBe(0);
			await tables.end();
			expect(await readdir(home)).not.toContain('x.age');
		} finally {
			await empty.drop();
		}
	});

	test('an old copy of the keys, and one of another installation, are refused', async () => {
		const elsewhere = join(home, 'elsewhere');
		const ring = join(elsewhere, 'keyring');
		await openFolderKeyring(ring, realWorld.random);
		const { file } = jsonOf(await run('keyring', 'copy', join(home, 'copies'), '-r', recipient, '--json'));
		const refused = await runCommand(['--data', elsewhere, 'keyring', 'restore', String(file), '-i', keyFile]);
		expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('holds other keys already') });
		expect(await readdir(ring)).toEqual(['installation.key']);
		expect(await commands.run(['--data', join(home, 'no-keyring'), 'keyring', 'copy', home, '-r', recipient])).toMatchObject({
			code: 1,
			err: expect.stringContaining('There is no keyring')
		});
	});
});
