import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDoor } from '../database/door.server.ts';
import type { Door } from '../database/door.server.ts';
import { copyTestDatabase, testDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import { openFolderKeyring } from '../keyring/keyring.server.ts';
import type { Keyring } from '../keyring/keyring.server.ts';
import { sealAll } from '../log/seal.server.ts';
import { settle } from '../log/testing.server.ts';
import { verifyLog } from '../log/verify.server.ts';
import { makeBackup } from './backup.server.ts';
import type { BackupMade } from './backup.server.ts';
import { makeBackupKey } from './keys.server.ts';
import type { BackupKey } from './keys.server.ts';
import type { BackupOutcome } from './problem.ts';
import { verifyBackup } from './read-backup.server.ts';
import { restoreBackup } from './restore.server.ts';
import { exportDigest } from './snapshot.server.ts';
import { leftOut } from './tables.server.ts';
import { addManyCases, addTestAgreement, addTestCase, addTestNetwork } from './testing.server.ts';
import type { TestNetwork } from './testing.server.ts';

const now = new Date('2026-03-02T09:00:00Z');
const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));

let folder: string;
let database: TestDatabase;
let owner: pg.Client;
let door: Door;
let keyring: Keyring;
let key: BackupKey;
let network: TestNetwork;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'backup-'));
	database = await testDatabase();
	owner = await database.connections.owner();
	door = openDoor(database.connections);
	keyring = await openFolderKeyring(join(folder, 'keyring'), random);
	key = await makeBackupKey('x25519');
	network = await addTestNetwork(owner, now);
});
afterAll(async () => {
	await owner.end();
	await database.drop();
	await rm(folder, { recursive: true });
});

/** A database that was never migrated. */
const emptyDatabase = (): Promise<TestDatabase> => copyTestDatabase(inject('testCluster'), 'template0');

const backUp = (name: string, more: Partial<Parameters<typeof makeBackup>[0]> = {}): Promise<BackupOutcome<BackupMade>> =>
	makeBackup({ ownerUrl: database.urls.owner, file: join(folder, name), recipients: [key.recipient], now, ...more });

const valueOf = <T>(outcome: BackupOutcome<T>): T => {
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
	return outcome.value;
};

describe('a restored installation', () => {
	test('holds the same, its log is whole, and its words open with the keyring alone', async () => {
		const { caseId, wordsId } = await addTestCase(door, keyring, network, now, 'De huur is drie maanden niet betaald. 🙂 \\ \t "x"');
		await addTestAgreement(door, network, caseId, now);
		await settle(owner);
		await sealAll(door, network.networkId, () => now);
		await addTestAgreement(door, network, caseId, now); // not sealed yet
		const made = valueOf(await backUp('whole.age'));
		expect(valueOf(await verifyBackup(made.file, [key.identity])).rows).toBe(made.rows);

		const other = await emptyDatabase();
		const there = await other.connections.owner();
		try {
			const restored = valueOf(await restoreBackup({ file: made.file, identities: [key.identity], ownerUrl: other.urls.owner }));
			expect(restored).toMatchObject({ rows: made.rows, tables: made.tables, epoch: made.epoch + 1 });
			expect(await exportDigest(other.urls.owner)).toEqual(await exportDigest(database.urls.owner));

			const log = await verifyLog(there);
			expect(log.findings).toEqual([]);
			expect(log.networks).toEqual((await verifyLog(owner)).networks);
			expect(log.networks[0]).toMatchObject({ lines: 3, unsealed: 1 });
			// Sealing goes on from where it was: first what the old epoch left, then the new epoch's lines.
			const doorThere = openDoor(other.connections);
			await addTestAgreement(doorThere, network, caseId, now);
			await settle(there);
			expect(await sealAll(doorThere, network.networkId, () => now)).toBe(2);
			expect(await verifyLog(there)).toMatchObject({ findings: [], networks: [{ lines: 4, unsealed: 0 }] });
			expect((await there.query('select distinct epoch from log_line order by 1')).rows).toEqual([
				{ epoch: made.epoch },
				{ epoch: made.epoch + 1 }
			]);

			const sealed = (await there.query<{ ciphertext: Buffer }>('select ciphertext from case_words where words_id = $1', [wordsId])).rows[0]
				?.ciphertext;
			const open = (ring: Keyring): Promise<string | null> =>
				ring.openWords({ networkId: network.networkId, caseId }, { aboutId: caseId, part: 'stuck', wordsId }, sealed ?? Buffer.of());
			expect(await open(keyring)).toBe('De huur is drie maanden niet betaald. 🙂 \\ \t "x"');
			expect(await open(await openFolderKeyring(join(folder, 'another-keyring'), random))).toBeNull();

			// Row security holds as before: for the owner too, and nobody without context sees a row.
			const open_tables = await there.query(
				`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'app', 'identity')
				and not (c.relrowsecurity and c.relforcerowsecurity)`
			);
			expect(open_tables.rows).toEqual([]);
			expect((await other.connections.app.query('select * from case_record')).rows).toEqual([]);
		} finally {
			await there.end();
			await other.drop();
		}
	});

	test('an installation that was used is refused, and stays as it was', async () => {
		const made = valueOf(await backUp('for-a-full-one.age'));
		const before = await exportDigest(database.urls.owner);
		const outcome = await restoreBackup({ file: made.file, identities: [key.identity], ownerUrl: database.urls.owner });
		expect(outcome).toMatchObject({ ok: false, problem: { code: 'not_empty' } });
		expect(await exportDigest(database.urls.owner)).toEqual(before);
	});
});

test('a snapshot taken while eight write holds every agreement with its log line, and nothing half', async () => {
	const cases = await Promise.all(Array.from({ length: 8 }, () => addTestCase(door, keyring, network, now, 'x')));
	await addManyCases(owner, network, now, 2_000);
	let going = true;
	let written = 0;
	const writers = cases.map(async ({ caseId }) => {
		while (going) {
			await addTestAgreement(door, network, caseId, now);
			written++;
		}
	});
	const agreements = async (client: pg.Client): Promise<number> =>
		Number((await client.query('select count(*)::int as n from agreement')).rows[0].n);
	const before = await agreements(owner);
	const made = valueOf(await backUp('while-writing.age'));
	const during = written;
	going = false;
	await Promise.all(writers);
	expect(during).toBeGreaterThan(10);

	const other = await emptyDatabase();
	const there = await other.connections.owner();
	try {
		valueOf(await restoreBackup({ file: made.file, identities: [key.identity], ownerUrl: other.urls.owner }));
		const half = await there.query(
			`select a.agreement_id, l.object_id from agreement a full join (select * from log_line where act = 'agreement.make') l on l.object_id = a.agreement_id
			where a.agreement_id is null or l.object_id is null`
		);
		expect(half.rows).toEqual([]);
		expect(await agreements(there)).toBeGreaterThanOrEqual(before);
		expect(await agreements(there)).toBeLessThan(await agreements(owner));
	} finally {
		await there.end();
		await other.drop();
	}
});

describe('what is left behind', () => {
	test('a backup that is broken off leaves no file, and one that was killed is swept by the next', async () => {
		const stop = new AbortController();
		const asked = backUp('broken-off.age', { signal: stop.signal, onProgress: () => stop.abort() });
		await expect(asked).rejects.toThrow(/abort/i);
		expect((await readdir(folder)).filter((name) => name.startsWith('broken-off'))).toEqual([]);

		await writeFile(join(folder, 'broken-off.age.999999999.part'), 'half');
		await writeFile(join(folder, 'another.age.999999999.part'), 'half');
		valueOf(await backUp('broken-off.age'));
		expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual(['another.age.999999999.part']);
	});

	test('a database is empty after a restore that could not end', async () => {
		const made = valueOf(await backUp('to-break.age'));
		const other = await emptyDatabase();
		try {
			let killed = 0;
			const restore = restoreBackup({
				file: made.file,
				identities: [key.identity],
				ownerUrl: other.urls.owner,
				onProgress: ({ table }) => {
					if (table !== 'public.case_record' || killed++ > 0) return;
					// The server ends the connection: the same as a process that was killed, seen from there.
					void owner.query(
						`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'loopplank restore' and datname = $1`,
						[new URL(other.urls.owner).pathname.slice(1)]
					);
				}
			});
			await expect(restore).rejects.toThrow();
			expect(killed).toBe(1);
			const there = await other.connections.owner();
			const tables = await there.query(
				`select relname from pg_class where relkind = 'r' and relnamespace not in (select oid from pg_namespace where nspname like 'pg\\_%' or nspname = 'information_schema')`
			);
			await there.end();
			expect(tables.rows).toEqual([]);
			valueOf(await restoreBackup({ file: made.file, identities: [key.identity], ownerUrl: other.urls.owner }));
		} finally {
			await other.drop();
		}
	});
});

describe('what is refused', () => {
	test('no recipient, a wrong one, a private key as one, a file that is there, a database without tables', async () => {
		expect(await backUp('a.age', { recipients: [] })).toMatchObject({ problem: { code: 'no_recipient' } });
		expect(await backUp('a.age', { recipients: ['age1nonsense'] })).toMatchObject({
			problem: { code: 'bad_recipient', values: { recipient: 'age1nonsense' } }
		});
		const secret = await backUp('a.age', { recipients: [key.identity] });
		expect(secret).toMatchObject({ problem: { code: 'bad_recipient' } });
		expect(JSON.stringify(secret)).not.toContain(key.identity.slice(10));
		const made = valueOf(await backUp('there.age'));
		const before = await readFile(made.file);
		expect(await backUp('there.age')).toMatchObject({ problem: { code: 'file_exists' } });
		expect(await readFile(made.file)).toEqual(before);
		const other = await emptyDatabase();
		expect(await backUp('b.age', { ownerUrl: other.urls.owner })).toMatchObject({ problem: { code: 'not_migrated' } });
		await other.drop();
	});

	test('two recipients each read it, another key does not; only this user may read the file', async () => {
		const hybrid = await makeBackupKey('hybrid');
		const stranger = await makeBackupKey('x25519');
		const { file } = valueOf(await backUp('two.age', { recipients: [key.recipient, hybrid.recipient] }));
		for (const { identity } of [key, hybrid]) expect((await verifyBackup(file, [identity])).ok).toBe(true);
		expect(await verifyBackup(file, [stranger.identity])).toMatchObject({ ok: false, problem: { code: 'wrong_key' } });
		expect((await stat(file)).mode & 0o077).toBe(0);
		expect((await readFile(file)).includes('case_record')).toBe(false);
	});
});

test('every table stands in a backup or in the list of what does not', async () => {
	const { tables } = await exportDigest(database.urls.owner);
	const all = await owner.query<{ name: string }>(
		`select schemaname || '.' || tablename as name from pg_tables join pg_class c on c.oid = format('%I.%I', schemaname, tablename)::regclass
		where schemaname in ('public', 'app', 'identity') and c.relpersistence = 'p' order by 1`
	);
	expect([...tables.map(({ table }) => table), ...leftOut.keys()].toSorted()).toEqual(all.rows.map(({ name }) => name).toSorted());
});

test('ten thousand cases go out, are checked and come back, and say how far they are', { timeout: 120_000 }, async () => {
	await addManyCases(owner, network, now, 10_000);
	const seen: number[] = [];
	const made = valueOf(await backUp('many.age', { onProgress: ({ rows, of }) => seen.push(rows / of) }));
	expect(made.rows).toBeGreaterThan(60_000);
	expect(seen.length).toBeGreaterThan(20);
	expect(seen).toEqual(seen.toSorted((a, b) => a - b));
	expect(seen.at(-1)).toBe(1);
	valueOf(await verifyBackup(made.file, [key.identity]));
	const other = await emptyDatabase();
	try {
		const back: number[] = [];
		valueOf(
			await restoreBackup({
				file: made.file,
				identities: [key.identity],
				ownerUrl: other.urls.owner,
				onProgress: ({ rows, of }) => back.push(rows / of)
			})
		);
		expect(back.at(-1)).toBe(1);
		expect((await exportDigest(other.urls.owner)).sha256).toBe((await exportDigest(database.urls.owner)).sha256);
	} finally {
		await other.drop();
	}
});
