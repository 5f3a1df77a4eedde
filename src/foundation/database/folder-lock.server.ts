import { execFileSync } from 'node:child_process';
import { copyFile, link, readFile, readdir, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { constants, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from './start-problem.ts';

/**
 * One process at a time owns a data folder. Claims are files `owner.1`, `owner.2`, …; the highest is the one that counts. Whoever
 * finds its owner gone makes the next number, which only one can (a hard link is made once). The highest is never removed, only
 * marked as left, so that nobody can be fooled by a number that was used before.
 */
export interface FolderLock {
	release(): Promise<void>;
}

interface Claim {
	readonly pid: number;
	/** When the process began, as the system tells it: a reused process number has another. Empty where it cannot be known. */
	readonly began: string;
	/** Host, boot and process namespace: only inside the same one does a process number say anything. */
	readonly place: string;
	readonly host: string;
	readonly left: boolean;
}

const beat = 3_000; // milliseconds between two signs of life
const longSilence = 10_000; // milliseconds: an owner elsewhere that gives no sign for so long is gone

/** When a process began, or undefined when there is no such process or it is a zombie. Empty when alive but not to be known. */
export const processBegan = (pid: number): string | undefined => {
	if (!Number.isInteger(pid) || pid <= 0) return undefined;
	try {
		process.kill(pid, 0);
	} catch (error) {
		// EPERM: it lives, and is another user's.
		if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined;
	}
	try {
		if (process.platform === 'linux') {
			const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
			const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
			return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? '');
		}
		if (process.platform === 'win32') return '';
		const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
		return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
	} catch {
		return undefined; // it ended between the question and the answer
	}
};

/** Host, boot and process namespace, as one word. */
const place = async (): Promise<string> => {
	if (process.platform !== 'linux') return hostname();
	const [boot, namespace] = await Promise.all([readFile('/proc/sys/kernel/random/boot_id', 'utf8'), readlink('/proc/self/ns/pid')]);
	return `${hostname()} ${boot.trim()} ${namespace}`;
};

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const numbers = async (folder: string): Promise<readonly number[]> =>
	(await readdir(folder))
		.map((name) => /^owner\.(\d+)$/.exec(name)?.[1])
		.filter((number) => number !== undefined)
		.map(Number)
		.toSorted((a, b) => b - a);

const readClaim = async (file: string): Promise<Claim | undefined> => {
	try {
		return JSON.parse(await readFile(file, 'utf8')) as Claim;
	} catch (error) {
		if (isCode(error, 'ENOENT')) return undefined;
		// Half written: torn by a power cut, so nobody's.
		if (error instanceof SyntaxError) return { pid: 0, began: '', place: '', host: '', left: true };
		throw error;
	}
};

const ownerLives = async (file: string, claim: Claim, here: string, silence: number): Promise<boolean> => {
	if (claim.left) return false;
	if (claim.place === here) {
		const began = processBegan(claim.pid);
		return (
			began !== undefined &&
			(claim.pid !== process.pid || began === claim.began) &&
			(began === '' || claim.began === '' || began === claim.began)
		);
	}
	// The same host after a restart of the machine: whoever it was is gone.
	if (claim.host === hostname() && claim.place.split(' ')[2] === here.split(' ')[2]) return false;
	// Another container or machine on the same folder: only its signs of life tell.
	const first = (await stat(file)).mtimeMs;
	for (let waited = 0; waited < silence; waited += 100) {
		await wait(100);
		try {
			if ((await stat(file)).mtimeMs !== first) return true;
		} catch (error) {
			if (isCode(error, 'ENOENT')) return true;
			throw error;
		}
	}
	return false;
};

/**
 * Takes the folder, from a dead or zombie owner if need be. Throws `StartError` `already_running` (with `pid` and `host`) when a
 * living process has it. `folder` must exist. `silence`: milliseconds after which an owner in another container counts as gone.
 */
export const lockFolder = async (folder: string, silence: number = longSilence): Promise<FolderLock> => {
	const here = await place();
	const mine: Claim = { pid: process.pid, began: processBegan(process.pid) ?? '', place: here, host: hostname(), left: false };
	const draft = join(folder, `claim.${process.pid}.${Math.random().toString(36).slice(2)}`);
	for (;;) {
		const highest = (await numbers(folder))[0] ?? 0;
		if (highest > 0) {
			const file = join(folder, `owner.${highest}`);
			const claim = await readClaim(file);
			if (claim === undefined) continue;
			if (await ownerLives(file, claim, here, silence))
				throw new StartError('already_running', { folder, pid: claim.pid, host: claim.host });
		}
		const file = join(folder, `owner.${highest + 1}`);
		await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
		try {
			await makeOnce(draft, file);
		} catch (error) {
			if (isCode(error, 'EEXIST')) continue; // another was first: look who
			throw error;
		} finally {
			await rm(draft, { force: true });
		}
		const now = await numbers(folder);
		if (now[0] !== highest + 1) {
			await rm(file, { force: true });
			continue;
		}
		await Promise.all(now.slice(1).map((number) => rm(join(folder, `owner.${number}`), { force: true })));
		return held(file, draft, mine);
	}
};

/** Makes `file` with the contents of `draft`, whole, unless it is there. */
const makeOnce = async (draft: string, file: string): Promise<void> => {
	try {
		await link(draft, file);
	} catch (error) {
		// Some file systems know no hard links; then it is made at once too, though not whole at once.
		if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].some((code) => isCode(error, code))) throw error;
		await copyFile(draft, file, constants.COPYFILE_EXCL);
	}
};

const held = (file: string, draft: string, mine: Claim): FolderLock => {
	const timer = setInterval(() => {
		const now = new Date();
		// The folder may be gone already (a test's, thrown away): then there is nothing left to guard.
		utimes(file, now, now).catch(() => clearInterval(timer));
	}, beat);
	timer.unref();
	return {
		release: async () => {
			clearInterval(timer);
			await writeFile(draft, JSON.stringify({ ...mine, left: true } satisfies Claim), { mode: 0o600 });
			await rename(draft, file);
		}
	};
};
