import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { noteBackup } from '#foundation/backup/last-backup.server.ts';
import { addTestCase, addTestNetwork } from '#foundation/backup/testing.server.ts';
import { openDoor } from '#foundation/database/door.server.ts';
import { copyTestDatabase, testDatabase } from '#foundation/database/testing.server.ts';
import type { TestDatabase } from '#foundation/database/testing.server.ts';
import { openQueue, queues } from '#foundation/jobs/queue.server.ts';
import { openFolderKeyring } from '#foundation/keyring/keyring.server.ts';
import { sealAll } from '#foundation/log/seal.server.ts';
import { settle } from '#foundation/log/testing.server.ts';
import { realWorld } from '#foundation/world.ts';
import { checkMail, checkOrigin, checkPapers, checkRuntime, examine } from './doctor-checks.server.ts';
import type { DoctorFinding } from './doctor-checks.server.ts';
import { runCommand, serverSettings } from './testing.server.ts';

let home: string;
let database: TestDatabase;
let owner: pg.Client;
let networkId: string;
let caseId: string;
const hour = 3_600_000;

const keyringFolder = (): string => join(home, 'keyring');
/** What is asked of a server in good order. */
const settings = (): NodeJS.ProcessEnv => ({ ...serverSettings(database.urls), ORIGIN: 'https://pot.example.org' });
const seen = (env: NodeJS.ProcessEnv = settings(), now = new Date()): Promise<readonly DoctorFinding[]> =>
	examine({ dataFolder: home, env, now });
const keys = (findings: readonly DoctorFinding[]): string[] => findings.map(({ key }) => key).filter((key) => key !== 'doctor.disk_low');

beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), 'doctor-'));
	database = await testDatabase();
	owner = await database.connections.owner();
	const door = openDoor(database.connections);
	const keyring = await openFolderKeyring(keyringFolder(), realWorld.random);
	const network = await addTestNetwork(owner, new Date());
	networkId = network.networkId;
	for (let n = 0; n < 3; n++) ({ caseId } = await addTestCase(door, keyring, network, new Date(), `Tekst ${n}`));
	await settle(owner);
	await sealAll(door, networkId, () => new Date());
	await noteBackup(home, { file: '/elsewhere/last.age', madeAt: new Date().toISOString() });
});
afterAll(async () => {
	await owner.end();
	await database.drop();
	await rm(home, { recursive: true });
});

describe('as a command', { timeout: 60_000 }, () => {
	test('a sound installation has nothing wrong, and ends with 0; what may wait is said', async () => {
		const ran = await runCommand(['--data', home, 'doctor'], settings());
		expect(ran).toMatchObject({ code: 0, err: '' });
		expect(ran.out).toMatch(/^! No mail server is set/m);
		expect(ran.out).toMatch(/Nothing is wrong\./);
		const json = await runCommand(['--data', home, 'doctor', '--json', '--retry-jobs'], settings());
		expect(JSON.parse(json.out)).toMatchObject({
			ok: true,
			findings: expect.arrayContaining([expect.objectContaining({ level: 'advice', code: 'mail_missing' })])
		});
	});

	test('what is wrong is said in Dutch too, without a password, and ends with 1', async () => {
		const wrong = {
			...settings(),
			LANG: 'nl_NL.UTF-8',
			ORIGIN: 'http://pot.example.org',
			DATABASE_JOBS_URL: 'postgresql://loopplank_jobs:geheim@127.0.0.1:1/x'
		};
		const ran = await runCommand(['--data', home, 'doctor'], wrong);
		expect(ran).toMatchObject({ code: 1, err: '' });
		expect(ran.out).toMatch(/^✗ ORIGIN is http:\/\/pot\.example\.org\. Passkeys werken alleen op https/m);
		expect(ran.out).toMatch(/^✗ De database .*127\.0\.0\.1:1/m);
		expect(ran.out).toContain('Er zijn 2 dingen mis.');
		expect(ran.out + ran.err).not.toContain('geheim');
	});
});

describe('the database', { timeout: 60_000 }, () => {
	test('a folder without one is no fault yet', async () => {
		const nothing = await examine({ dataFolder: join(home, 'not', 'there'), env: {}, now: new Date() });
		expect(nothing.filter(({ level }) => level === 'wrong')).toEqual([]);
		expect(keys(nothing)).toContain('doctor.no_database');
	});

	test('half a set of addresses, and a database behind, are faults', async () => {
		expect(keys(await seen({ DATABASE_URL: database.urls.app }))).toContain('doctor.url_missing');
		const empty = await copyTestDatabase(inject('testCluster'), 'template0');
		try {
			expect(keys(await seen({ ...settings(), ...serverSettings(empty.urls) }))).toContain('doctor.migrations_missing');
		} finally {
			await empty.drop();
		}
	});

	test("PostgreSQL's programs are looked for where they are said to be", async () => {
		expect(keys(await seen({ LOOPPLANK_POSTGRES_BIN: home }))).toContain('start.binaries_missing');
	});
});

describe('the keyring', { timeout: 60_000 }, () => {
	test('one that is gone, one that is open to all, and a key that is missing', async () => {
		await rename(keyringFolder(), `${keyringFolder()}.away`);
		expect(await seen()).toContainEqual({ level: 'wrong', key: 'doctor.keyring_absent', values: { folder: keyringFolder(), count: 3 } });
		await rename(`${keyringFolder()}.away`, keyringFolder());

		await chmod(keyringFolder(), 0o755);
		expect(keys(await seen())).toContain('doctor.keyring_open_to_all');
		await chmod(keyringFolder(), 0o700);

		const file = join(keyringFolder(), networkId, caseId.slice(-3), `${caseId}.key`);
		await rename(file, `${file}.away`);
		expect(await seen()).toContainEqual({ level: 'wrong', key: 'doctor.keys_missing', values: { missing: 1, cases: 3 } });
		await rename(`${file}.away`, file);
		expect(keys(await seen())).toEqual(['doctor.mail_missing']);
	});

	test('words that were changed in the database do not open; of a destroyed key that is no fault', async () => {
		const before = await owner.query<{ words_id: string; ciphertext: Buffer }>(
			'select words_id, ciphertext from case_words where case_id = $1',
			[caseId]
		);
		await owner.query(`update case_words set ciphertext = set_byte(ciphertext, 20, 255 - get_byte(ciphertext, 20)) where case_id = $1`, [
			caseId
		]);
		expect(await seen()).toContainEqual({ level: 'wrong', key: 'doctor.words_closed', values: { closed: 1, tried: 3 } });
		await owner.query('update case_words set ciphertext = $2 where words_id = $1', [before.rows[0]?.words_id, before.rows[0]?.ciphertext]);

		await (await openFolderKeyring(keyringFolder(), realWorld.random)).destroyKey(networkId, caseId);
		expect(keys(await seen())).toEqual(['doctor.mail_missing']);
	});
});

test('lines that wait long for their seal, a line in the future, an old backup', async () => {
	const door = openDoor(database.connections);
	const keyring = await openFolderKeyring(keyringFolder(), realWorld.random);
	const network = await addTestNetwork(owner, new Date(Date.now() - 2 * hour));
	await addTestCase(door, keyring, network, new Date(Date.now() - hour), 'x');
	expect(await seen()).toContainEqual({
		level: 'wrong',
		key: 'doctor.unsealed',
		values: { name: `proef-${network.networkId.slice(-12)}`, minutes: 60 }
	});
	await settle(owner);
	await sealAll(door, network.networkId, () => new Date());
	expect(keys(await seen())).toEqual(['doctor.mail_missing']);

	await addTestCase(door, keyring, network, new Date(Date.now() + hour), 'x');
	await settle(owner);
	await sealAll(door, network.networkId, () => new Date());
	expect(keys(await seen())).toContain('doctor.log_ahead');
	expect(await seen(settings(), new Date(Date.now() + 9 * 24 * hour))).toContainEqual({
		level: 'advice',
		key: 'doctor.backup_old',
		values: { days: 9 }
	});
});

test('jobs that were given up, by kind, with what to do', { timeout: 60_000 }, async () => {
	const boss = await openQueue(database.connections.jobs, () => undefined);
	await boss.send(queues.dead, { kind: 'mail.send', networkId: null, payload: {} });
	await boss.stop({ graceful: true, timeout: 1000, close: false });
	const [found] = (await seen()).filter(({ key }) => key === 'doctor.dead_letters');
	expect(found).toMatchObject({ level: 'wrong', values: { kind: 'mail.send', count: 1 } });
	const ran = await runCommand(['--data', home, 'doctor'], settings());
	expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('then run: loopplank doctor --retry-jobs') });
});

describe('what needs no database', { timeout: 60_000 }, () => {
	test('Node', () => {
		expect(keys(checkRuntime('24.21.0'))).toEqual([]);
		expect(keys(checkRuntime('22.18.0'))).toEqual([]);
		expect(keys(checkRuntime('22.17.1'))).toEqual(['doctor.node_old']);
		expect(keys(checkRuntime('20.19.0'))).toEqual(['doctor.node_old']);
	});

	test('tells where no paper can be made', async () => {
		expect(await checkPapers(new Date())).toEqual([]);
		expect(keys(await checkPapers(new Date(), '@loopplank/not-there'))).toEqual(['doctor.papers_unavailable']);
	});

	test.each([
		[undefined, 'doctor.origin_missing'],
		['https://pot.example.org', null],
		['http://localhost:4173', null],
		['http://pot.localhost', null],
		['http://127.0.0.1:4173', 'doctor.origin_insecure'],
		['http://pot.example.org', 'doctor.origin_insecure'],
		['https://pot.example.org/', 'doctor.origin_bad'],
		['https://pot.example.org/demo', 'doctor.origin_bad'],
		['pot.example.org', 'doctor.origin_bad'],
		['ftp://pot.example.org', 'doctor.origin_bad']
	])('ORIGIN %s', (origin, key) => {
		expect(keys(checkOrigin(origin === undefined ? {} : { ORIGIN: origin }))).toEqual(key === null ? [] : [key]);
	});

	test('the mail server: not set, half set, not a server, one that answers, one that does not', async () => {
		const from = 'pot@example.org';
		expect(keys(await checkMail({}))).toEqual(['doctor.mail_missing']);
		expect(await checkMail({ SMTP_URL: 'smtp://localhost' })).toEqual([
			{ level: 'wrong', key: 'doctor.mail_bad', values: { name: 'MAIL_FROM' } }
		]);
		expect(await checkMail({ MAIL_FROM: from })).toEqual([{ level: 'wrong', key: 'doctor.mail_bad', values: { name: 'SMTP_URL' } }]);
		expect(keys(await checkMail({ SMTP_URL: 'https://mail.example.org', MAIL_FROM: from }))).toEqual(['doctor.mail_bad']);
		const server = createServer((socket) => socket.end());
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		const url = `smtp://someone:secret@127.0.0.1:${port}`;
		expect(await checkMail({ SMTP_URL: url, MAIL_FROM: from })).toEqual([]);
		await new Promise((resolve) => server.close(resolve));
		const gone = await checkMail({ SMTP_URL: url, MAIL_FROM: from });
		expect(keys(gone)).toEqual(['doctor.mail_unreachable']);
		expect(JSON.stringify(gone)).not.toContain('secret');
	});
});
