import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, closeSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.server.ts';
import { processBegan } from './folder-lock.server.ts';
import type { RunAs } from './run-as.server.ts';
import { StartError, startProblemOf } from './start-problem.ts';
import type { ServerAddress } from './urls.ts';

/** Everything one PostgreSQL data folder ("cluster") needs to be made and run. */
export interface Cluster {
	/** PostgreSQL's data folder. */
	readonly folder: string;
	/** What the server says; errors of statements are left out, they may hold words of people. */
	readonly logFile: string;
	readonly binaries: PostgresBinaries;
	readonly major: number;
	readonly runAs: RunAs;
	/** False only for throwaway clusters: no fsync, so that tests are quick. */
	readonly durable: boolean;
	/** Given where there are no sockets: the administrator's password. */
	readonly adminPassword?: string;
}

export const adminName = 'loopplank_admin';

/** Node's and our own words apart, PostgreSQL's programs speak English with us: their messages are read below. */
const environment = (): NodeJS.ProcessEnv => {
	const { PGDATA: _data, PGHOST: _host, PGPORT: _port, PGOPTIONS: _options, ...rest } = process.env;
	return { ...rest, LC_ALL: 'C', TZ: 'UTC' };
};

const words = (cluster: Cluster, program: string, given: readonly string[]): readonly [string, readonly string[]] => {
	const [first = program, ...more] = [...cluster.runAs.prefix, program, ...given];
	return [first, more];
};

/** The major version of the programs, by asking them. Throws `StartError` `binaries_do_not_run` with what the system said. */
export const majorOf = (binaries: PostgresBinaries, prefix: readonly string[] = []): number => {
	const [program = binaries.postgres, ...given] = [...prefix, binaries.postgres, '--version'];
	const answer = spawnSync(program, given, { encoding: 'utf8', env: environment() });
	const major = Number(/\(PostgreSQL\) (\d+)/.exec(answer.stdout ?? '')?.[1]);
	if (!Number.isInteger(major)) {
		throw new StartError('binaries_do_not_run', {
			folder: binaries.folder,
			reason: firstLine(answer.stderr ?? answer.error?.message ?? '')
		});
	}
	return major;
};

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

/** Reads a folder's major version; undefined when there is no cluster in it. */
export const majorOfFolder = (folder: string): number | undefined => {
	try {
		return Number(readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim());
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
};

/** The last error a program wrote, as a problem: a full disk and a closed folder are known, the rest is shown as it is. */
const problemFromOutput = (output: string, folder: string): StartError => {
	if (/No space left on device|Disk quota exceeded|Check free disk space/.test(output)) return new StartError('disk_full', { folder });
	if (/Permission denied|Read-only file system|Operation not permitted/.test(output))
		return new StartError('folder_not_writable', { folder });
	const said = output.split('\n').filter((line) => /(FATAL|PANIC|error):/.test(line));
	return new StartError('server_did_not_start', { reason: (said.at(-1) ?? firstLine(output)).replace(/^.*?(FATAL|PANIC|error): */, '') });
};

const run = (
	program: string,
	given: readonly string[],
	user: RunAs['user']
): Promise<{ readonly code: number | null; readonly output: string }> =>
	new Promise((resolve, reject) => {
		const child = spawn(program, [...given], { stdio: ['ignore', 'pipe', 'pipe'], env: environment(), windowsHide: true, ...user });
		let output = '';
		child.stdout.on('data', (data: Buffer) => (output += data.toString()));
		child.stderr.on('data', (data: Buffer) => (output += data.toString()));
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output }));
	});

const draftName = 'making-';

/**
 * Makes the data folder, whole or not at all: it is built beside its place and then renamed, so that a process that dies half way
 * leaves nothing that looks like a database.
 */
export const makeCluster = async (cluster: Cluster): Promise<void> => {
	// A name of its own: an initdb of a process that was killed may still be writing in the one before.
	for (const name of readdirSync(dirname(cluster.folder))) {
		if (name.startsWith(draftName)) rmSync(join(dirname(cluster.folder), name), { recursive: true, force: true });
	}
	const draft = join(dirname(cluster.folder), draftName + randomBytes(4).toString('hex'));
	const passwordFile = `${cluster.folder}.password`;
	const given = ['-D', draft, '-U', adminName, '--encoding=UTF8', '--data-checksums'];
	if (!cluster.durable) given.push('--no-sync');
	if (cluster.adminPassword === undefined) given.push('--auth=trust');
	else {
		writeFileSync(passwordFile, cluster.adminPassword, { mode: 0o600 });
		if (cluster.runAs.user !== undefined) chownSync(passwordFile, cluster.runAs.user.uid, cluster.runAs.user.gid);
		given.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`);
	}
	// The builtin provider sorts and folds the same on every machine; before 17 the C library's C.UTF-8 comes nearest.
	if (cluster.major >= 17) given.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
	else given.push('--locale=C.UTF-8');
	try {
		const answer = await run(...words(cluster, cluster.binaries.initdb, given), cluster.runAs.user);
		if (answer.code !== 0) throw problemFromOutput(answer.output, dirname(cluster.folder));
		renameSync(draft, cluster.folder);
	} finally {
		rmSync(passwordFile, { force: true });
		rmSync(draft, { recursive: true, force: true });
	}
};

/** What a server writes about itself in postmaster.pid. */
export interface Postmaster {
	readonly pid: number;
	readonly address: ServerAddress;
	readonly ready: boolean;
}

/** Reads postmaster.pid; undefined when there is none, or it is half written. */
export const readPostmaster = (folder: string): Postmaster | undefined => {
	let text: string;
	try {
		text = readFileSync(join(folder, 'postmaster.pid'), 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
	const [pid, , , port, socketFolder, , , status] = text.split('\n').map((line) => line.trim());
	if (pid === undefined || port === undefined || !(Number(pid) > 0)) return undefined;
	const address = socketFolder === undefined || socketFolder === '' ? { port: Number(port) } : { socketFolder };
	return { pid: Number(pid), address, ready: status === 'ready' || status === 'standby' };
};

const settingsFor = (cluster: Cluster, address: ServerAddress): readonly string[] => {
	const settings: Record<string, string> = {
		...('socketFolder' in address
			? {
					listen_addresses: '',
					unix_socket_directories: `"${address.socketFolder.replaceAll('"', '""')}"`,
					unix_socket_permissions: '0700',
					port: '5432'
				}
			: { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(address.port) }),
		timezone: 'UTC',
		log_timezone: 'UTC',
		// Failed statements and their values may hold words of people; the application meets those errors itself.
		log_min_messages: 'log',
		log_min_error_statement: 'panic',
		log_error_verbosity: 'terse',
		max_connections: '100',
		jit: 'off',
		...(cluster.durable
			? { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
			: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off', max_wal_size: '2GB' })
	};
	return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
};

const largestLog = 10 * 1024 * 1024; // bytes; then the log starts anew, one older is kept

const openLog = (cluster: Cluster): number => {
	try {
		if (statSync(cluster.logFile).size > largestLog) renameSync(cluster.logFile, `${cluster.logFile}.old`);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
	}
	return openSync(cluster.logFile, 'a', 0o600);
};

/** When our process ends without having stopped the server, the server is asked to end too. Answers how to undo that. */
export const endWithUs = (pid: number): (() => void) => {
	const end = (): void => {
		try {
			process.kill(pid, 'SIGINT');
		} catch {
			// it was gone already
		}
	};
	process.once('exit', end);
	return () => process.removeListener('exit', end);
};

/**
 * Starts the server and waits until it answers. It stands in a session of its own: Ctrl-C in a terminal reaches us alone, and we
 * stop it in order. Throws `StartError`.
 */
export const startServer = async (cluster: Cluster, address: ServerAddress): Promise<ChildProcess & { readonly pid: number }> => {
	const log = openLog(cluster);
	const from = statSync(cluster.logFile).size;
	const [program, given] = words(cluster, cluster.binaries.postgres, ['-D', cluster.folder, ...settingsFor(cluster, address)]);
	let child: ChildProcess;
	try {
		child = spawn(program, [...given], {
			stdio: ['ignore', log, log],
			env: environment(),
			detached: process.platform !== 'win32',
			windowsHide: true,
			...cluster.runAs.user
		});
	} finally {
		closeSync(log);
	}
	if (child.pid !== undefined) child.once('exit', endWithUs(child.pid));
	let failed: Error | undefined;
	child.on('error', (error) => (failed = error));
	for (;;) {
		await wait(4);
		if (failed !== undefined)
			throw startProblemOf(failed) === undefined
				? new StartError('binaries_do_not_run', { folder: cluster.binaries.folder, reason: failed.message })
				: failed;
		if (child.exitCode !== null || child.signalCode !== null) {
			throw problemFromOutput(readFileSync(cluster.logFile).subarray(from).toString('utf8'), dirname(cluster.folder));
		}
		const postmaster = readPostmaster(cluster.folder);
		if (child.pid !== undefined && postmaster?.ready === true && postmaster.pid === child.pid) {
			child.unref();
			return child as ChildProcess & { readonly pid: number };
		}
	}
};

const patience = 30_000; // milliseconds a fast shutdown may take before we stop the server the hard way (it recovers at next start)

/** Stops a server in order: connections are broken off, everything is written. Waits until it is gone. */
export const stopServer = async (cluster: Pick<Cluster, 'binaries' | 'folder'>, pid: number): Promise<void> => {
	const began = processBegan(pid);
	if (began === undefined) return;
	const gone = (): boolean => processBegan(pid) !== began;
	if (process.platform === 'win32') {
		spawnSync(cluster.binaries.pgCtl, ['stop', '-D', cluster.folder, '-m', 'fast', '-w', '-t', String(patience / 1000)], {
			stdio: 'ignore'
		});
		return;
	}
	for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
		try {
			process.kill(pid, signal);
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
			throw error;
		}
		for (let waited = 0; waited < patience; waited += 5) {
			if (gone()) return;
			await wait(5);
		}
	}
};
