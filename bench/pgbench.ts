import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { urlForDatabase } from '../src/foundation/database/urls.ts';
import type { DatabaseUrls } from '../src/foundation/database/urls.ts';

const run = promisify(execFile);

/** What pgbench's TPC-B-like script did on the same server. */
export interface Posted {
	readonly scale: number;
	readonly clients: number;
	readonly perSecond: number;
	/** Milliseconds, the mean that it prints. */
	readonly mean: number;
}

/** The version that is installed, or null where there is none. */
export async function findPgbench(): Promise<string | null> {
	try {
		return (await run('pgbench', ['--version'])).stdout.trim();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}

const numberIn = (text: string, pattern: RegExp): number => {
	const found = Number(pattern.exec(text)?.[1]);
	if (!Number.isFinite(found)) throw new Error(`pgbench said nothing of ${pattern.source}.`);
	return found;
};

/**
 * Runs pgbench's built-in TPC-B-like script, in a database of its own that is dropped afterwards.
 * @param wish.scales branches: with one, all wait for one row as all postings to one pot do; with as many as clients they seldom wait
 */
export async function measurePgbench(
	urls: DatabaseUrls,
	wish: { readonly scales: readonly number[]; readonly clients: readonly number[]; readonly seconds: number }
): Promise<Posted[]> {
	if (urls.admin === undefined) throw new Error('pgbench needs a server that is ours.');
	const database = 'bench_tpcb';
	const admin = new pg.Client({ connectionString: urls.admin });
	await admin.connect();
	try {
		await admin.query(`create database ${database}`);
		const url = urlForDatabase(urls.admin, database);
		const posted: Posted[] = [];
		for (const scale of wish.scales) {
			await run('pgbench', ['-i', '-q', '-s', String(scale), url]);
			for (const clients of wish.clients) {
				const { stdout } = await run('pgbench', [
					'-n',
					'-b',
					'tpcb-like',
					'-c',
					String(clients),
					'-j',
					'2',
					'-T',
					String(wish.seconds),
					url
				]);
				posted.push({
					...{ scale, clients, perSecond: numberIn(stdout, /tps = ([0-9.]+)/), mean: numberIn(stdout, /latency average = ([0-9.]+) ms/) }
				});
			}
		}
		return posted;
	} finally {
		await admin.query(`drop database if exists ${database}`);
		await admin.end();
	}
}
