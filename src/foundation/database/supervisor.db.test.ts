import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { processBegan } from './folder-lock.server.ts';
import { openToOthers, mayMount, namespaces, query, test } from './supervisor-testing.server.ts';

describe('a first and a second start', () => {
	test('half of a data folder, from a start that was broken off, is made again; four logins, none a superuser; what was written is there the next time; the server is gone between', async ({
		stage
	}) => {
		mkdirSync(join(stage.folder, 'db/making-12ab/base'), { recursive: true });
		const steps: string[] = [];
		const beginning = performance.now();
		const first = await stage.start({ sayProgress: (step) => steps.push(step) });
		const making = performance.now() - beginning;
		expect(steps).toEqual(['making']);
		expect(readdirSync(join(stage.folder, 'db')).filter((name) => name.startsWith('making-'))).toEqual([]);
		expect(first.adopted).toBe(false);
		for (const role of ['app', 'jobs', 'identity', 'owner'] as const) {
			expect(await query(first.urls[role], 'select current_user')).toBe(`loopplank_${role}`);
			expect(
				await query(
					first.urls[role],
					`select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user`
				)
			).toBe(false);
		}
		await query(first.urls.owner, 'create table kept as select 42 as answer');
		await first.stop();
		await first.stop();
		expect(processBegan(first.pid)).toBeUndefined();
		const began = performance.now();
		const second = await stage.start();
		// Nothing is made again. Compared, since another machine, or a busy one, takes another time for both.
		expect(performance.now() - began).toBeLessThan(making);
		expect(await query(second.urls.owner, 'select answer from kept')).toBe(42);
		expect(second.pid).not.toBe(first.pid);
	});

	test('sorts by code point in UTF-8, with checksums, and keeps words of people out of its log', async ({ stage }) => {
		stage.fromSeed();
		const { urls, version } = await stage.start();
		expect(await query(urls.app, `select pg_encoding_to_char(encoding) from pg_database where datname = current_database()`)).toBe('UTF8');
		expect(await query(urls.app, `select string_agg(word, '' order by word) from unnest(array['é', 'Z', 'a', 'b']) word`)).toBe('Zabé');
		expect(await query(urls.app, `select upper('é')`)).toBe('É');
		expect(await query(urls.app, `select current_setting('data_checksums')`)).toBe('on');
		if (version >= 17)
			expect(await query(urls.app, `select datlocprovider::text from pg_database where datname = current_database()`)).toBe('b');
		await expect(query(urls.app, `select 'Mevrouw Jansen'::int`)).rejects.toThrow();
		expect(spawnSync('cat', [join(stage.folder, 'db/server.log')], { encoding: 'utf8' }).stdout).not.toContain('Jansen');
	});

	test('durable unless told otherwise', async ({ stage }) => {
		stage.fromSeed();
		const { urls } = await stage.start({ durable: true });
		expect(
			await query(
				urls.app,
				`select current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit')`
			)
		).toBe('ononon');
	});

	test('the socket is in a folder for this user alone, with a path short enough, also from a deep folder', async ({ stage }) => {
		const deep = join(stage.folder, 'a'.repeat(100), 'b'.repeat(100));
		mkdirSync(deep, { recursive: true });
		stage.fromSeed(join(deep, 'db'));
		const database = await stage.start({ folder: join(deep, 'db') });
		const socketFolder = decodeURIComponent(/host=(.*)$/.exec(database.urls.app)?.[1] ?? '');
		expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
		await database.stop();
		expect(existsSync(socketFolder)).toBe(false);
	});

	test('without sockets: loopback alone, and no login without its secret', async ({ stage }) => {
		const database = await stage.start({ sockets: false });
		expect(database.urls.app).toMatch(/^postgresql:\/\/loopplank_app:[0-9a-f]{64}@127\.0\.0\.1:\d+\/loopplank$/);
		expect(await query(database.urls.app, 'select current_user')).toBe('loopplank_app');
		expect(await query(database.urls.app, `select current_setting('listen_addresses')`)).toBe('127.0.0.1');
		await expect(query(database.urls.app.replace(/:[0-9a-f]{64}@/, ':password@'), 'select 1')).rejects.toThrow(
			'password authentication failed'
		);
		await expect(query(database.urls.app.replace('loopplank_app:', 'loopplank_owner:'), 'select 1')).rejects.toThrow(
			'password authentication failed'
		);
		expect(statSync(join(stage.folder, 'db/secret')).mode & 0o777).toBe(0o600);
	});
});

describe('what stands in the way is said with a code', () => {
	test('a database of another major version', async ({ stage }) => {
		stage.fromSeed();
		const database = await stage.start();
		await database.stop();
		writeFileSync(join(stage.folder, 'db/cluster/PG_VERSION'), '14\n');
		await expect(stage.start()).rejects.toMatchObject({
			problem: { code: 'other_major_version', values: { made: 14, here: database.version } }
		});
		writeFileSync(join(stage.folder, 'db/cluster/PG_VERSION'), `${database.version}\n`);
	});

	test('no programs', async ({ stage }) => {
		await expect(stage.start({ postgresBin: stage.folder })).rejects.toMatchObject({
			problem: { code: 'binaries_missing', values: { folder: stage.folder } }
		});
	});

	test('programs that do not run here', async ({ stage }) => {
		for (const name of ['postgres', 'initdb']) {
			writeFileSync(join(stage.folder, name), '#!/bin/sh\necho "error while loading shared libraries: libicuuc.so.60" >&2\nexit 127\n');
			chmodSync(join(stage.folder, name), 0o755);
		}
		await expect(stage.start({ postgresBin: stage.folder })).rejects.toMatchObject({
			problem: {
				code: 'binaries_do_not_run',
				values: { folder: stage.folder, reason: 'error while loading shared libraries: libicuuc.so.60' }
			}
		});
	});

	test('a file where the folder should be', async ({ stage }) => {
		writeFileSync(join(stage.folder, 'db'), '');
		await expect(stage.start()).rejects.toMatchObject({
			problem: { code: 'folder_is_file', values: { folder: join(stage.folder, 'db') } }
		});
		rmSync(join(stage.folder, 'db'));
	});

	test.runIf(openToOthers)('a folder of someone else', async ({ stage }) => {
		chmodSync(stage.folder, 0o755);
		const other = await stage.otherProcess('', { uid: 65534, gid: 65534 });
		expect((await other.ended).code).toBe(3);
		expect(existsSync(join(stage.folder, 'db'))).toBe(false);
	});

	test.runIf(mayMount && namespaces).for([
		['made', '20m', false],
		['started', '120m', true]
	] as const)('a full disk when the database is %s', async ([, size, made], { stage }) => {
		const disk = join(stage.folder, 'disk');
		mkdirSync(disk);
		expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).status).toBe(0);
		try {
			if (made) {
				stage.fromSeed(join(disk, 'db'));
				spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'other-file')}`, 'bs=4k']);
			}
			await expect(stage.start({ folder: join(disk, 'db') })).rejects.toMatchObject({
				problem: { code: 'disk_full', values: { folder: join(disk, 'db') } }
			});
		} finally {
			expect(spawnSync('umount', [disk]).status).toBe(0);
		}
	});
});
