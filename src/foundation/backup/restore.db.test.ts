import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { migrate, migrationsFolder } from '../database/migrate.server.ts';
import { copyTestDatabase } from '../database/testing.server.ts';
import type { TestDatabase } from '../database/testing.server.ts';
import { makeBackup } from './backup.server.ts';
import { makeBackupKey } from './keys.server.ts';
import type { BackupKey } from './keys.server.ts';
import { restoreBackup } from './restore.server.ts';
import { exportDigest } from './snapshot.server.ts';
import { addManyCases, addTestNetwork } from './testing.server.ts';

const now = new Date('2026-03-02T09:00:00Z');

/** What a later migration may bring: a deferred check, a trigger that changes what comes in, a row of its own, a table that refers to itself. */
const later = `
create table tally (
	network_id uuid not null references network,
	tally_id integer not null,
	reverses integer,
	cents bigint not null,
	stamp text not null,
	primary key (network_id, tally_id),
	foreign key (network_id, reverses) references tally
);
alter table tally enable row level security;
alter table tally force row level security;
create policy owner_all on tally to loopplank_owner using (true) with check (true);
create function app.check_tally() returns trigger language plpgsql as $$
	begin
		if (select sum(cents) from public.tally where network_id = new.network_id) <> 0 then raise exception 'not zero'; end if;
		return null;
	end $$;
create constraint trigger sums_to_zero after insert on tally deferrable initially deferred for each row execute function app.check_tally();
create function app.stamp_tally() returns trigger language plpgsql as $$ begin new.stamp := 'stamped at ' || clock_timestamp(); return new; end $$;
create trigger stamps before insert on tally for each row execute function app.stamp_tally();
create table greeting (greeting_id integer primary key, words text not null);
alter table greeting enable row level security;
alter table greeting force row level security;
create policy owner_all on greeting to loopplank_owner using (true) with check (true);
insert into greeting values (1, 'dag'), (2, 'goedemorgen');
`;

let folder: string;
let key: BackupKey;
let newer: string;
let newest: string;
const databases: TestDatabase[] = [];

const emptyDatabase = async (): Promise<TestDatabase> => {
	const database = await copyTestDatabase(inject('testCluster'), 'template0');
	databases.push(database);
	return database;
};
const backUp = async (database: TestDatabase, name: string): Promise<string> => {
	const made = await makeBackup({ ownerUrl: database.urls.owner, file: join(folder, name), recipients: [key.recipient], now });
	if (!made.ok) throw new Error(JSON.stringify(made.problem));
	return made.value.file;
};
const restore = (file: string, database: TestDatabase, migrations: string): ReturnType<typeof restoreBackup> =>
	restoreBackup({ file, identities: [key.identity], ownerUrl: database.urls.owner, migrations });
const asOwner = async <T>(database: TestDatabase, work: (owner: pg.Client) => Promise<T>): Promise<T> => {
	const owner = await database.connections.owner();
	try {
		return await work(owner);
	} finally {
		await owner.end();
	}
};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'restore-'));
	key = await makeBackupKey('x25519');
	// Numbers may have gaps: the next one after the last.
	const last = Math.max(...(await readdir(migrationsFolder)).map((name) => Number.parseInt(name, 10)).filter(Number.isFinite));
	const number = (n: number): string => String(n).padStart(4, '0');
	newer = join(folder, 'newer');
	await cp(migrationsFolder, newer, { recursive: true });
	await writeFile(join(newer, `${number(last + 1)}_later.sql`), later);
	newest = join(folder, 'newest');
	await cp(newer, newest, { recursive: true });
	await writeFile(
		join(newest, `${number(last + 2)}_latest.sql`),
		`alter table case_record add column weight integer not null default 7; update greeting set words = upper(words);`
	);
});
afterAll(async () => {
	for (const database of databases) await database.drop();
	await rm(folder, { recursive: true });
});

/** A database at the later migration, with what it brings in use. */
const laterDatabase = async (): Promise<TestDatabase> => {
	const database = await emptyDatabase();
	await migrate(database.urls.owner, { folder: newer });
	await asOwner(database, async (owner) => {
		const network = await addTestNetwork(owner, now);
		await addManyCases(owner, network, now, 5);
		// The second refers to one that comes after it by key; the greetings were changed by hand.
		await owner.query('insert into tally values ($1, 9, null, 500, $2), ($1, 2, 9, -500, $2)', [network.networkId, '']);
		await owner.query(`delete from greeting where greeting_id = 2`);
		await owner.query(`insert into greeting values (3, 'hoi')`);
	});
	return database;
};

describe('a restore', () => {
	test('brings back rows as they were, past triggers, deferred checks and rows that migrations put in', async () => {
		const source = await laterDatabase();
		const file = await backUp(source, 'later.age');
		const target = await emptyDatabase();
		expect(await restore(file, target, newer)).toMatchObject({ ok: true });
		expect(await exportDigest(target.urls.owner)).toEqual(await exportDigest(source.urls.owner));
		await asOwner(target, async (owner) => {
			const guards = await owner.query(
				`select c.relforcerowsecurity as forced, array(select tgenabled::text from pg_trigger where tgrelid = c.oid and not tgisinternal) as enabled
				from pg_class c where c.relname = 'tally'`
			);
			expect(guards.rows).toEqual([{ forced: true, enabled: ['O', 'O'] }]);
			const network = await owner.query<{ network_id: string }>('select network_id from network');
			await expect(owner.query('insert into tally values ($1, 20, null, 1, $2)', [network.rows[0]?.network_id, ''])).rejects.toThrow(
				'not zero'
			);
		});
	});

	test('migrates on from where the backup was made', async () => {
		const source = await laterDatabase();
		const file = await backUp(source, 'to-migrate.age');
		const target = await emptyDatabase();
		const restored = await restore(file, target, newest);
		if (!restored.ok) throw new Error(JSON.stringify(restored.problem));
		expect(restored.value.migratedTo).toBe(restored.value.migratedFrom + 1);
		await asOwner(target, async (owner) => {
			expect((await owner.query('select distinct weight from case_record')).rows).toEqual([{ weight: 7 }]);
			expect((await owner.query('select words from greeting order by 1')).rows).toEqual([{ words: 'DAG' }, { words: 'HOI' }]);
			expect((await owner.query('select epoch from app.installation')).rows).toEqual([{ epoch: 2 }]);
		});
	});

	test('refuses what a newer product made, and a step that was made otherwise; the database stays empty', async () => {
		const source = await laterDatabase();
		const file = await backUp(source, 'too-new.age');
		const target = await emptyDatabase();
		expect(await restore(file, target, migrationsFolder)).toMatchObject({ ok: false, problem: { code: 'newer_schema' } });
		const other = join(folder, 'other');
		await cp(newer, other, { recursive: true });
		const last = (await readdir(other)).toSorted().at(-1) ?? '';
		await writeFile(join(other, last), `${later}\n-- changed since`);
		expect(await restore(file, target, other)).toMatchObject({
			ok: false,
			problem: { code: 'other_migration', values: { name: 'later' } }
		});
		expect(await restore(file, target, newer)).toMatchObject({ ok: true });
	});
});

describe('an export', () => {
	test.each([
		['rows that its owner does not see', 'drop policy owner_all on greeting', 'no policy that lets its owner see every row'],
		[
			'rows that a policy takes away',
			'create policy hides on greeting as restrictive using (greeting_id > 1)',
			'no policy that lets its owner see every row'
		],
		['a table without a key', 'alter table greeting drop constraint greeting_pkey', 'no primary key'],
		['a table that counts with a sequence', 'alter table greeting add column n serial', 'counts with a sequence'],
		['a reference to what is left out', 'alter table greeting add column s uuid references identity.session', 'refers to identity.session']
	])('stops at %s, rather than be a little wrong', async (_, statement, reason) => {
		const database = await laterDatabase();
		await asOwner(database, (owner) => owner.query(statement));
		await expect(backUp(database, 'wrong.age')).rejects.toThrow(reason);
		expect(await readdir(folder)).not.toContain('wrong.age');
	});
});
