import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { processBegan } from './folder-lock.server.ts';
import { startDatabase } from './supervisor.server.ts';
import type { DatabaseWish, RunningDatabase } from './supervisor.server.ts';

const postgresBin = process.env['LOOPPLANK_POSTGRES_BIN'];
const asRoot = process.getuid?.() === 0;
/** Containers often refuse these to root. */
const namespaces = asRoot && spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true']).status === 0;
const mayMount = asRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;
const newFolder = (name: string): string => {
	const made = mkdtempSync(join(base, name)); // 0700: as root with namespaces this is the home folder closed to others
	if (asRoot && !namespaces) chmodSync(made, 0o755);
	return made;
};

// Memory where the system offers it: making a database is mostly writing.
const base = realpathSync(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/** A database made once; most tests begin with a copy of it. */
let seed: string;
beforeAll(async () => {
	seed = newFolder('loopplank-seed-');
	await (await startDatabase({ folder: join(seed, 'db'), postgresBin, durable: false })).stop();
});
afterAll(() => rmSync(seed, { recursive: true, force: true }));
const fromSeed = (): void => {
	spawnSync('cp', ['-a', join(seed, 'db'), join(folder, 'db')]);
};

let folder: string;
let running: RunningDatabase[] = [];
let children: number[] = [];
beforeEach(() => {
	folder = newFolder('loopplank-supervisor-');
	running = [];
	children = [];
});
afterEach(async () => {
	for (const pid of children) if (processBegan(pid) !== undefined) process.kill(pid, 'SIGKILL');
	await Promise.all(running.map((database) => database.stop()));
	// A server that a killed process left behind is found by starting once more.
	if (existsSync(join(folder, 'db/cluster/postmaster.pid')))
		await (await startDatabase({ folder: join(folder, 'db'), postgresBin, durable: false })).stop();
	rmSync(folder, { recursive: true, force: true });
});

const start = async (more: Partial<DatabaseWish> = {}): Promise<RunningDatabase> => {
	const database = await startDatabase({ folder: join(folder, 'db'), postgresBin, durable: false, ...more });
	running.push(database);
	return database;
};

const query = async (url: string, sql: string): Promise<unknown> => {
	const client = new pg.Client({ connectionString: url });
	client.on('error', () => undefined); // a test kills the server on purpose
	await client.connect();
	try {
		return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
	} finally {
		await client.end();
	}
};

/** Asks again until the server answers, at most ten seconds. */
const eventually = async <T>(ask: () => Promise<T>): Promise<T> => {
	for (let tries = 0; ; tries++) {
		try {
			return await ask();
		} catch (error) {
			if (tries === 200) throw error;
			await wait(50);
		}
	}
};

const gone = async (pid: number): Promise<boolean> => {
	for (let tries = 0; tries < 200; tries++) {
		if (processBegan(pid) === undefined) return true;
		await wait(50);
	}
	return false;
};

interface Other {
	readonly pid: number;
	readonly serverPid: number;
	/** Resolves with what it printed after the first line, and its exit code. */
	readonly ended: Promise<{ readonly said: string; readonly code: number | null }>;
}

/** Another process of ours, in a process group of its own, that starts the database and then does `then`. */
const otherProcess = async (then: string, as?: { readonly uid: number; readonly gid: number }, before = ''): Promise<Other> => {
	const program = `
		const { startDatabase } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'supervisor.server.ts')).href)});
		const { default: pg } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../node_modules/pg/esm/index.mjs')).href)});
		let database;
		try {
			database = await startDatabase(${JSON.stringify({ folder: join(folder, 'db'), postgresBin, durable: false })});
		} catch (error) {
			console.log(JSON.stringify(error.problem ?? error.message));
			process.exit(3);
		}
		setInterval(() => {}, 1000);
		${before}
		console.log(database.pid);
		${then}`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
		cwd: '/',
		...as
	});
	if (child.pid === undefined) throw new Error('The other process did not start.');
	children.push(child.pid);
	let said = '';
	const ended = new Promise<{ said: string; code: number | null }>((resolve) =>
		child.on('close', (code) => resolve({ said: said.slice(said.indexOf('\n') + 1), code }))
	);
	await new Promise<void>((resolve) => {
		child.stdout.on('data', (data: Buffer) => {
			said += data.toString();
			if (said.includes('\n')) resolve();
		});
		child.on('close', () => resolve());
	});
	return { pid: child.pid, serverPid: Number(said.split('\n')[0]), ended };
};

describe('a first and a second start', () => {
	test('four logins, none a superuser; what was written is there the next time; the server is gone between', async () => {
		const first = await start();
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
		const second = await start();
		expect(performance.now() - began).toBeLessThan(3000);
		expect(await query(second.urls.owner, 'select answer from kept')).toBe(42);
		expect(second.pid).not.toBe(first.pid);
	});

	test('sorts by code point in UTF-8, with checksums, and keeps words of people out of its log', async () => {
		fromSeed();
		const { urls, version } = await start();
		expect(await query(urls.app, `select pg_encoding_to_char(encoding) from pg_database where datname = current_database()`)).toBe('UTF8');
		expect(await query(urls.app, `select string_agg(word, '' order by word) from unnest(array['é', 'Z', 'a', 'b']) word`)).toBe('Zabé');
		expect(await query(urls.app, `select upper('é')`)).toBe('É');
		expect(await query(urls.app, `select current_setting('data_checksums')`)).toBe('on');
		if (version >= 17)
			expect(await query(urls.app, `select datlocprovider::text from pg_database where datname = current_database()`)).toBe('b');
		await expect(query(urls.app, `select 'Mevrouw Jansen'::int`)).rejects.toThrow();
		expect(spawnSync('cat', [join(folder, 'db/server.log')], { encoding: 'utf8' }).stdout).not.toContain('Jansen');
	});

	test('durable unless told otherwise', async () => {
		fromSeed();
		const { urls } = await start({ durable: true });
		expect(
			await query(
				urls.app,
				`select current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit')`
			)
		).toBe('ononon');
	});

	test('the socket is in a folder for this user alone, with a path short enough, also from a deep folder', async () => {
		const deep = join(folder, 'a'.repeat(100), 'b'.repeat(100));
		const database = await start({ folder: deep });
		const socketFolder = decodeURIComponent(/host=(.*)$/.exec(database.urls.app)?.[1] ?? '');
		expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
		await database.stop();
		expect(existsSync(socketFolder)).toBe(false);
	});

	test('without sockets: loopback alone, and no login without its secret', async () => {
		const database = await start({ sockets: false });
		expect(database.urls.app).toMatch(/^postgresql:\/\/loopplank_app:[0-9a-f]{64}@127\.0\.0\.1:\d+\/loopplank$/);
		expect(await query(database.urls.app, 'select current_user')).toBe('loopplank_app');
		expect(await query(database.urls.app, `select current_setting('listen_addresses')`)).toBe('127.0.0.1');
		await expect(query(database.urls.app.replace(/:[0-9a-f]{64}@/, ':password@'), 'select 1')).rejects.toThrow(
			'password authentication failed'
		);
		await expect(query(database.urls.app.replace('loopplank_app:', 'loopplank_owner:'), 'select 1')).rejects.toThrow(
			'password authentication failed'
		);
		expect(statSync(join(folder, 'db/secret')).mode & 0o777).toBe(0o600);
	});

	test('half of a data folder, from a start that was broken off, is made again', async () => {
		spawnSync('mkdir', ['-p', join(folder, 'db/making-12ab/base')]);
		const database = await start();
		expect(await query(database.urls.app, 'select 1')).toBe(1);
		expect(readdirSync(join(folder, 'db')).filter((name) => name.startsWith('making-'))).toEqual([]);
	});
});

describe('crashes', () => {
	test('the server is killed: it is started again at the same address, and what was committed is there', async () => {
		const steps: string[] = [];
		const database = await start({ durable: true, sayProgress: (step) => steps.push(step) });
		await query(database.urls.owner, 'create table kept as select 42 as answer');
		const before = database.pid;
		process.kill(before, 'SIGKILL');
		await gone(before);
		expect(await eventually(() => query(database.urls.owner, 'select answer from kept'))).toBe(42);
		expect(database.pid).not.toBe(before);
		expect(steps).toEqual(['making', 'recovering']);
	});

	test('a server that keeps dying is given up, with a code', async () => {
		fromSeed();
		const database = await start();
		const lost = database.lost.catch((error: unknown) => error);
		for (let death = 0; death < 6; death++) {
			const before = database.pid;
			process.kill(before, 'SIGKILL');
			await gone(before);
			if (death < 5) await eventually(() => query(database.urls.app, 'select 1'));
		}
		expect(await lost).toMatchObject({ problem: { code: 'server_keeps_stopping' } });
	}, 60_000);

	test('stopping while it is being started again leaves nothing running', async () => {
		fromSeed();
		const database = await start();
		process.kill(database.pid, 'SIGKILL');
		await gone(database.pid);
		await database.stop();
		expect(processBegan(database.pid)).toBeUndefined();
	});

	test('our process is killed: the next start adopts the server it left, and stops it in the end', async () => {
		fromSeed();
		const other = await otherProcess('');
		process.kill(other.pid, 'SIGKILL');
		await other.ended;
		expect(processBegan(other.serverPid)).toBeDefined();
		const next = await start();
		expect(next).toMatchObject({ adopted: true, pid: other.serverPid });
		expect(await query(next.urls.app, 'select 1')).toBe(1);
		process.kill(next.pid, 'SIGKILL');
		await gone(other.serverPid);
		expect(await eventually(() => query(next.urls.app, 'select 2'))).toBe(2);
		await next.stop();
		expect(processBegan(next.pid)).toBeUndefined();
	});

	test('a server left behind that cannot be reached, or runs otherwise than wished, is stopped and started anew', async () => {
		fromSeed();
		const other = await otherProcess('');
		process.kill(other.pid, 'SIGKILL');
		await other.ended;
		const next = await start({ durable: true });
		expect(next.adopted).toBe(false);
		expect(processBegan(other.serverPid)).toBeUndefined();
		await next.stop();

		const third = await otherProcess('console.log(database.urls.app)');
		await wait(100);
		process.kill(third.pid, 'SIGKILL');
		const socketFolder = decodeURIComponent(/host=(.*)$/m.exec((await third.ended).said)?.[1] ?? '');
		rmSync(socketFolder, { recursive: true });
		const fourth = await start();
		expect(fourth.adopted).toBe(false);
		expect(processBegan(third.serverPid)).toBeUndefined();
	});

	test('our process ends without stopping: the server ends too', async () => {
		fromSeed();
		const other = await otherProcess('console.log(database.urls.app); process.exit(5);');
		const { code, said } = await other.ended;
		expect(code).toBe(5);
		expect(await gone(other.serverPid)).toBe(true);
		const socketFolder = decodeURIComponent(/host=(.*)$/m.exec(said)?.[1] ?? '');
		expect(socketFolder).toContain('loopplank-');
		expect(existsSync(socketFolder)).toBe(false);
	});

	test('Ctrl-C reaches us and not the server, which we stop in order', async () => {
		fromSeed();
		const other = await otherProcess(
			'',
			undefined,
			`
			process.on('SIGINT', async () => {
				await new Promise((done) => setTimeout(done, 300));
				const client = new pg.Client({ connectionString: database.urls.app });
				await client.connect();
				console.log('still answers', (await client.query('select 1 as one')).rows[0].one);
				await client.end();
				await database.stop();
				process.exit(0);
			});`
		);
		process.kill(-other.pid, 'SIGINT'); // the whole process group, as a terminal does
		expect(await other.ended).toEqual({ said: 'still answers 1\n', code: 0 });
		expect(processBegan(other.serverPid)).toBeUndefined();
	});
});

describe('one at a time', () => {
	test('a folder that a living process has is refused, and free when it stops', async () => {
		fromSeed();
		const other = await otherProcess('');
		await expect(start()).rejects.toMatchObject({ problem: { code: 'already_running', values: { pid: other.pid } } });
		process.kill(other.pid, 'SIGKILL');
		await other.ended;
		expect(await query((await start()).urls.app, 'select 1')).toBe(1);
	});
});

describe.runIf(asRoot)('who runs it', () => {
	const nobody = { uid: 65534, gid: 65534 };

	test.runIf(namespaces)('as root, under a folder closed to others: the files stay root’s', async () => {
		const database = await start();
		expect(statSync(join(folder, 'db/cluster/PG_VERSION')).uid).toBe(0);
		expect(await query(database.urls.app, 'select 1')).toBe(1);
	});

	test('where user namespaces are refused: as an existing user, if every folder above is open', async () => {
		chmodSync(folder, 0o755);
		const database = await start({ namespaces: false });
		expect(statSync(join(folder, 'db/cluster/PG_VERSION')).uid).not.toBe(0);
		expect(await query(database.urls.app, 'select 1')).toBe(1);
		await database.stop();
		// Once another user's, it stays that user's.
		expect(await query((await start()).urls.app, 'select 2')).toBe(2);
	});

	test('where user namespaces are refused and a folder above is closed: one plain problem', async () => {
		chmodSync(folder, 0o700);
		await expect(start({ namespaces: false })).rejects.toMatchObject({ problem: { code: 'root_not_possible' } });
	});

	test.runIf(namespaces)('a database made in a namespace is handed over when namespaces are refused later', async () => {
		chmodSync(folder, 0o755);
		const first = await start();
		await query(first.urls.owner, 'create table kept as select 42 as answer');
		await first.stop();
		expect(await query((await start({ namespaces: false })).urls.owner, 'select answer from kept')).toBe(42);
	});

	test('as an ordinary user', async () => {
		spawnSync('chown', ['65534:65534', folder]);
		const other = await otherProcess('await database.stop(); process.exit(0);', nobody);
		expect(await other.ended).toEqual({ said: '', code: 0 });
		expect(statSync(join(folder, 'db/cluster/PG_VERSION')).uid).toBe(65534);
	});

	test('as a user without a name, as containers have them: through a namespace, or one plain problem', async () => {
		const nameless = { uid: 54321, gid: 54321 };
		spawnSync('chown', ['54321:54321', folder]);
		const possible = spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true'], nameless).status === 0;
		const other = await otherProcess('await database.stop(); process.exit(0);', nameless);
		expect((await other.ended).code).toBe(possible ? 0 : 3);
		expect(existsSync(join(folder, 'db/cluster/PG_VERSION'))).toBe(possible);
	});
});

describe('what stands in the way is said with a code', () => {
	test('a database of another major version', async () => {
		fromSeed();
		const database = await start();
		await database.stop();
		writeFileSync(join(folder, 'db/cluster/PG_VERSION'), '14\n');
		await expect(start()).rejects.toMatchObject({ problem: { code: 'other_major_version', values: { made: 14, here: database.version } } });
		writeFileSync(join(folder, 'db/cluster/PG_VERSION'), `${database.version}\n`);
	});

	test('no programs', async () => {
		await expect(start({ postgresBin: folder })).rejects.toMatchObject({ problem: { code: 'binaries_missing', values: { folder } } });
	});

	test('programs that do not run here', async () => {
		for (const name of ['postgres', 'initdb']) {
			writeFileSync(join(folder, name), '#!/bin/sh\necho "error while loading shared libraries: libicuuc.so.60" >&2\nexit 127\n');
			chmodSync(join(folder, name), 0o755);
		}
		await expect(start({ postgresBin: folder })).rejects.toMatchObject({
			problem: { code: 'binaries_do_not_run', values: { folder, reason: 'error while loading shared libraries: libicuuc.so.60' } }
		});
	});

	test('a file where the folder should be', async () => {
		writeFileSync(join(folder, 'db'), '');
		await expect(start()).rejects.toMatchObject({ problem: { code: 'folder_is_file', values: { folder: join(folder, 'db') } } });
		rmSync(join(folder, 'db'));
	});

	test.runIf(asRoot)('a folder of someone else', async () => {
		chmodSync(folder, 0o755);
		const other = await otherProcess('', { uid: 65534, gid: 65534 });
		expect((await other.ended).code).toBe(3);
		expect(existsSync(join(folder, 'db'))).toBe(false);
	});

	test.runIf(mayMount && namespaces).each([
		['made', '20m', false],
		['started', '120m', true]
	])('a full disk when the database is %s', async (_, size, made) => {
		const disk = join(folder, 'disk');
		mkdirSync(disk);
		expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).status).toBe(0);
		try {
			if (made) {
				spawnSync('cp', ['-a', join(seed, 'db'), join(disk, 'db')]);
				spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'other-file')}`, 'bs=4k']);
			}
			await expect(start({ folder: join(disk, 'db') })).rejects.toMatchObject({
				problem: { code: 'disk_full', values: { folder: join(disk, 'db') } }
			});
		} finally {
			expect(spawnSync('umount', [disk]).status).toBe(0);
		}
	});
});
