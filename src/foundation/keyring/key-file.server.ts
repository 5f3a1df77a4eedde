import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, open, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A key file: version byte, 32 bytes key, the first 8 bytes of the key's SHA-256, by which a damaged file is told from a wrong key. */
const version = 1;
const keySize = 32;
const checkSize = 8;

/**
 * The key in a file; null when there is no such file. Throws when the file is damaged.
 * Read in one breath: for 41 bytes the way over the thread pool costs thirty times the reading (0.67 against 0.02 ms).
 */
export function readKeyFile(path: string): Uint8Array | null {
	for (let attempt = 0; ; attempt++) {
		let bytes: Buffer;
		try {
			bytes = readFileSync(path);
		} catch (error) {
			if (hasCode(error, 'ENOENT')) return null;
			throw error;
		}
		const key = bytes.subarray(1, 1 + keySize);
		if (bytes[0] === version && bytes.length === 1 + keySize + checkSize && checkOf(key).equals(bytes.subarray(1 + keySize))) return key;
		// A key that is being destroyed is overwritten after its name is gone: looked for again, it is not there.
		if (attempt > 0) throw new Error(`the key file ${basename(path)} is damaged`);
	}
}

/**
 * Makes a key file, whole or not at all, on disk when this returns: written under another name first, then linked to its own.
 * @returns false when there is a file of that name already; that one stays as it is
 */
export async function createKeyFile(path: string, key: Uint8Array, random: (size: number) => Uint8Array): Promise<boolean> {
	if (key.length !== keySize) throw new RangeError(`a key has ${keySize} bytes`);
	const folder = dirname(path);
	await makeFolder(folder);
	const draft = `${path}.${Buffer.from(random(8)).toString('hex')}.new`;
	await writeSynced(draft, Buffer.concat([Uint8Array.of(version), key, checkOf(key)]));
	try {
		await link(draft, path);
		return true;
	} catch (error) {
		if (hasCode(error, 'EEXIST')) return false;
		throw error;
	} finally {
		await unlink(draft);
		await syncFolder(folder);
	}
}

/** Leaves a mark, takes the name away, then overwrites what the name stood for. Drafts that a crash left go with it. */
export async function destroyKeyFile(path: string, mark: string, random: (size: number) => Uint8Array): Promise<void> {
	const folder = dirname(path);
	await makeFolder(folder);
	await writeMark(mark);
	const names = (await readdir(folder)).filter(
		(name) => name === basename(path) || (name.startsWith(`${basename(path)}.`) && name.endsWith('.new'))
	);
	for (const name of names) {
		let file;
		try {
			file = await open(join(folder, name), 'r+');
		} catch (error) {
			// Another process destroys the same key.
			if (hasCode(error, 'ENOENT')) continue;
			throw error;
		}
		try {
			await unlinkIfThere(join(folder, name));
			await syncFolder(folder);
			await file.write(random(1 + keySize + checkSize), 0, 1 + keySize + checkSize, 0);
			await file.sync();
		} finally {
			await file.close();
		}
	}
}

async function unlinkIfThere(path: string): Promise<void> {
	try {
		await unlink(path);
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw error;
	}
}

async function writeMark(mark: string): Promise<void> {
	try {
		await writeSynced(mark, new Uint8Array());
	} catch (error) {
		if (!hasCode(error, 'EEXIST')) throw error;
	}
	await syncFolder(dirname(mark));
}

/** Writes a new file for this user alone and waits until it is on disk. */
export async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
	const file = await open(path, 'wx', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** Makes a folder and those above it, for this user alone, each on disk in the folder above it. */
export async function makeFolder(folder: string): Promise<void> {
	const first = await mkdir(folder, { recursive: true, mode: 0o700 });
	if (first === undefined) return;
	for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** A new or removed name is on disk only when its folder is. Windows has no such call for folders. */
export async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const file = await open(folder, 'r');
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}

const checkOf = (key: Uint8Array): Buffer => createHash('sha256').update(key).digest().subarray(0, checkSize);

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
