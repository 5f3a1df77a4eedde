import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { test as plainTest } from 'vitest';
import { processBegan } from './folder-lock.server.ts';
import { startDatabase } from './supervisor.server.ts';
import type { DatabaseWish, RunningDatabase } from './supervisor.server.ts';

const postgresBin = process.env['LOOPPLANK_POSTGRES_BIN'];
export const asRoot = process.getuid?.() === 0;
/** Containers often refuse these to root. */
export const namespaces = asRoot && spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true']).status === 0;
/** Whether another user can run our programs: not where a folder above this checkout is closed to others. */
export const openToOthers = asRoot && spawnSync(process.execPath, ['--version'], { uid: 65534, gid: 65534 }).status === 0;
export const mayMount = asRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;

// Memory where the system offers it: making a database is mostly writing.
const base = realpathSync(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
const newFolder = (name: string): string => {
	const made = mkdtempSync(join(base, name)); // 0700: as root with namespaces this is the home folder closed to others
	if (asRoot && !namespaces) chmodSync(made, 0o755);
	return made;
};

export interface UserIds {
	readonly uid: number;
	readonly gid: number;
}

interface Other {
	readonly pid: number;
	readonly serverPid: number;
	/** Resolves with what it printed after the first line, and its exit code. */
	readonly ended: Promise<{ readonly said: string; readonly code: number | null }>;
}

/** A folder of a test's own, and what it starts in it; ended and removed after the test. */
export interface Stage {
	readonly folder: string;
	/** Puts a database that was made before in the folder's `db`; making one takes a second. */
	fromSeed(to?: string): void;
	/** Starts the database in the folder's `db`, without waiting for the disk unless told otherwise. */
	start(more?: Partial<DatabaseWish>): Promise<RunningDatabase>;
	/** Another process of ours, in a process group of its own, that does `before`, starts the database and then does `then`. */
	otherProcess(then: string, as?: UserIds, before?: string): Promise<Other>;
}

/** A test of starting and stopping databases: each gets a stage, and they share one database made before. */
export const test = plainTest.extend<{ $worker: { seed: string }; $test: { stage: Stage } }>({
	seed: [
		// oxlint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const seed = newFolder('loopplank-seed-');
			try {
				await (await startDatabase({ folder: join(seed, 'db'), postgresBin, durable: false })).stop();
				await use(seed);
			} finally {
				rmSync(seed, { recursive: true, force: true });
			}
		},
		{ scope: 'worker' }
	],
	stage: async ({ seed }, use) => {
		const folder = newFolder('loopplank-supervisor-');
		const running: RunningDatabase[] = [];
		const children: number[] = [];
		await use({
			folder,
			fromSeed(to = join(folder, 'db')) {
				const copied = spawnSync('cp', ['-a', join(seed, 'db'), to], { encoding: 'utf8' });
				if (copied.status !== 0) throw new Error(copied.stderr);
			},
			async start(more = {}) {
				const database = await startDatabase({ folder: join(folder, 'db'), postgresBin, durable: false, ...more });
				running.push(database);
				return database;
			},
			async otherProcess(then, as, before) {
				const other = await otherProcess(folder, then, as, before);
				children.push(other.pid);
				return other;
			}
		});
		for (const pid of children) if (processBegan(pid) !== undefined) process.kill(pid, 'SIGKILL');
		await Promise.all(running.map((database) => database.stop()));
		// A server that a killed process left behind is found by starting once more.
		if (existsSync(join(folder, 'db/cluster/postmaster.pid')))
			await (await startDatabase({ folder: join(folder, 'db'), postgresBin, durable: false })).stop();
		rmSync(folder, { recursive: true, force: true });
	}
});

/** The first value that a statement answers. */
export const query = async (url: string, sql: string): Promise<unknown> => {
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
export const eventually = async <T>(ask: () => Promise<T>): Promise<T> => {
	for (let tries = 0; ; tries++) {
		try {
			return await ask();
		} catch (error) {
			if (tries === 200) throw error;
			await wait(50);
		}
	}
};

/** Whether a process ends within ten seconds. */
export const gone = async (pid: number): Promise<boolean> => {
	for (let tries = 0; tries < 200; tries++) {
		if (processBegan(pid) === undefined) return true;
		await wait(50);
	}
	return false;
};

/** Another process of ours, in a process group of its own, that starts the database and then does `then`. */
const otherProcess = async (folder: string, then: string, as?: UserIds, before = ''): Promise<Other> => {
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
