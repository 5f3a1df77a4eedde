import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appliedMigrations, listMigrations, migrate } from './migrate.server.ts';
import { emptyTestDatabase } from './testing.server.ts';
import type { TestDatabase } from './testing.server.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
	database = await emptyTestDatabase();
	folder = mkdtempSync(join(tmpdir(), 'loopplank-migrations-'));
	write('0001_first.sql', 'create table one (n integer); insert into one values (1);');
	write('0002_second.sql', 'create table two (n integer);');
});
afterEach(async () => {
	await database.drop();
	rmSync(folder, { recursive: true });
});

const write = (name: string, sql: string): void => writeFileSync(join(folder, name), sql);
const asOwner = async <T>(act: (client: pg.Client) => Promise<T>): Promise<T> => {
	const client = await database.connections.owner();
	try {
		return await act(client);
	} finally {
		await client.end();
	}
};
const names = async (): Promise<readonly string[]> => (await asOwner(appliedMigrations)).map((migration) => migration.name);

test('in order, once, and up to a number', async () => {
	expect(await migrate(database.urls.owner, { folder, upTo: 1 })).toEqual([1]);
	expect(await names()).toEqual(['first']);
	expect(await migrate(database.urls.owner, { folder })).toEqual([2]);
	expect(await migrate(database.urls.owner, { folder })).toEqual([]);
	expect(await names()).toEqual(['first', 'second']);
});

test('one that came later under a lower number is applied too', async () => {
	write('0009_ninth.sql', 'create table nine (n integer);');
	expect(await migrate(database.urls.owner, { folder })).toEqual([1, 2, 9]);
	write('0005_fifth.sql', 'create table five (n integer);');
	expect(await migrate(database.urls.owner, { folder })).toEqual([5]);
	expect(await names()).toEqual(['first', 'second', 'fifth', 'ninth']);
});

test('several processes at once do it once', async () => {
	const done = await Promise.all(Array.from({ length: 5 }, () => migrate(database.urls.owner, { folder })));
	expect(done.flat().toSorted()).toEqual([1, 2]);
});

test('one that fails is said with its line, and leaves nothing of itself', async () => {
	write('0003_third.sql', 'create table three (n integer);\n\ninsert into three values (1);\ninsert into nowhere values (1);\n');
	await expect(migrate(database.urls.owner, { folder })).rejects.toMatchObject({
		problem: { code: 'migration_failed', values: { number: 3, name: 'third', line: 4, reason: 'relation "nowhere" does not exist' } }
	});
	expect(await names()).toEqual(['first', 'second']);
	expect((await asOwner((client) => client.query(`select to_regclass('three') as there`))).rows).toEqual([{ there: null }]);
	write('0003_third.sql', 'create table three (n integer);');
	expect(await migrate(database.urls.owner, { folder })).toEqual([3]);
});

test('an applied file that was changed is refused; other line ends are no change', async () => {
	write('0002_second.sql', 'create table two (\nn integer);');
	await migrate(database.urls.owner, { folder });
	write('0002_second.sql', 'create table two (\r\nn integer);');
	expect(await migrate(database.urls.owner, { folder })).toEqual([]);
	write('0002_second.sql', 'create table two (\nn bigint);');
	await expect(migrate(database.urls.owner, { folder })).rejects.toMatchObject({
		problem: { code: 'migration_changed', values: { number: 2, name: 'second' } }
	});
});

test('a database that is newer than the program is refused', async () => {
	await migrate(database.urls.owner, { folder });
	rmSync(join(folder, '0002_second.sql'));
	await expect(migrate(database.urls.owner, { folder })).rejects.toMatchObject({
		problem: { code: 'migration_unknown', values: { number: 2, name: 'second', newest: 1 } }
	});
});

test('a number used twice or a name out of order is a fault in the folder', async () => {
	write('0002_again.sql', '');
	await expect(listMigrations(folder)).rejects.toThrow('a number of its own');
	rmSync(join(folder, '0002_again.sql'));
	write('three.sql', '');
	await expect(listMigrations(folder)).rejects.toThrow('NNNN_name.sql');
});

test('everyone may read the ledger, the owner alone writes it', async () => {
	await migrate(database.urls.owner, { folder });
	for (const role of ['app', 'jobs', 'identity'] as const) {
		expect((await database.connections[role].query('select number from app.migration order by 1')).rows).toEqual([
			{ number: 1 },
			{ number: 2 }
		]);
		await expect(database.connections[role].query('delete from app.migration')).rejects.toThrow('permission denied');
	}
});
