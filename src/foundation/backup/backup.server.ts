import { createHash } from 'node:crypto';
import { open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import type { Encrypter } from 'age-encryption';
import product from '../../../package.json' with { type: 'json' };
import { processBegan } from '../database/folder-lock.server.ts';
import { isMissing } from '../keyring/keyring.server.ts';
import { makeFolder, syncFolder } from '../keyring/key-file.server.ts';
import { dataSize, encodeFrame, firstLine, formatVersion, tableName } from './frames.ts';
import type { BackupHeader } from './frames.ts';
import { encrypterFor } from './keys.server.ts';
import { asOutcome, BackupError } from './problem.ts';
import type { BackupOutcome } from './problem.ts';
import { readRows, RowTally, withSnapshot } from './snapshot.server.ts';
import type { Snapshot } from './snapshot.server.ts';

/** How far a backup, a check or a restore is, in rows. */
export interface Progress {
	readonly rows: number;
	readonly of: number;
	/** The table it is at. */
	readonly table: string;
}

export interface BackupWish {
	readonly ownerUrl: string;
	/** Where the backup is to stand; must not exist. Folders above it are made. */
	readonly file: string;
	/** `age1…`, one or more: each can read the backup with its own identity. */
	readonly recipients: readonly string[];
	readonly now: Date;
	readonly onProgress?: (progress: Progress) => void;
	/** Ends it half way; nothing is left behind. */
	readonly signal?: AbortSignal;
}

export interface BackupMade {
	readonly file: string;
	/** Of the file. */
	readonly bytes: number;
	readonly rows: number;
	readonly tables: number;
	readonly epoch: number;
}

/**
 * Makes a backup of everything people made, in one snapshot, while the product serves: all tables save the listed ones, sessions among them, and the
 * search index. The keys of the words are never in it. The file has its name only when it is whole and on disk.
 * Problems: `no_recipient`, `bad_recipient`, `file_exists`, `not_migrated`. A full or closed disk is thrown as the system said it.
 */
export const makeBackup = (wish: BackupWish): Promise<BackupOutcome<BackupMade>> =>
	asOutcome(async () => {
		const encrypter = encrypterFor(wish.recipients);
		const file = resolve(wish.file);
		if (await exists(file)) throw new BackupError('file_exists', { file });
		await makeFolder(dirname(file));
		await sweepParts(file);
		return await withSnapshot(wish.ownerUrl, (snapshot) => writeBackup(wish, file, encrypter, snapshot));
	});

async function writeBackup(wish: BackupWish, file: string, encrypter: Encrypter, snapshot: Snapshot): Promise<BackupMade> {
	const header: BackupHeader = {
		format: formatVersion,
		product: product.version,
		madeAt: wish.now.toISOString(),
		epoch: snapshot.epoch,
		migrations: snapshot.migrations,
		tables: snapshot.tables.map(({ schema, name, columns, rows }) => ({ schema, name, columns, rows }))
	};
	const part = `${file}.${process.pid}.part`;
	const bytes = await writeSealed(part, frames(snapshot, header, wish.onProgress), encrypter, wish.signal);
	await rename(part, file);
	await syncFolder(dirname(file));
	const rows = header.tables.reduce((sum, table) => sum + table.rows, 0);
	return { file, bytes, rows, tables: header.tables.length, epoch: header.epoch };
}

/** The frames of a backup, in order. */
async function* frames(snapshot: Snapshot, header: BackupHeader, onProgress: BackupWish['onProgress']): AsyncGenerator<Buffer> {
	const all = createHash('sha256');
	const noted = (bytes: Buffer): Buffer => {
		all.update(bytes);
		return bytes;
	};
	const of = header.tables.reduce((sum, table) => sum + table.rows, 0);
	let rows = 0;
	yield noted(firstLine);
	yield noted(encodeFrame('H', header));
	for (const table of snapshot.tables) {
		const name = tableName(table);
		yield noted(encodeFrame('T', { table: name }));
		const tally = new RowTally();
		for await (const data of inPieces(readRows(snapshot.client, table))) {
			tally.add(data);
			yield noted(encodeFrame('D', data));
			onProgress?.({ rows: rows + tally.rows, of, table: name });
		}
		const end = tally.end();
		if (end.rows !== table.rows) throw new Error(`${name} counted ${table.rows} rows and gave ${end.rows}`);
		rows += end.rows;
		yield noted(encodeFrame('E', end));
	}
	yield encodeFrame('Z', { tables: header.tables.length, rows, sha256: all.digest('hex') });
}

/** The server sends a row or a few at a time; they are put together to pieces of a fair size. */
async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let waiting: Buffer[] = [];
	let size = 0;
	for await (const bytes of source) {
		waiting.push(bytes);
		size += bytes.length;
		if (size < dataSize) continue;
		yield Buffer.concat(waiting);
		waiting = [];
		size = 0;
	}
	if (size > 0) yield Buffer.concat(waiting);
}

/** Compresses, encrypts and writes to a new file that only this user can read; on disk when this returns. Answers its bytes. */
export async function writeSealed(
	path: string,
	content: AsyncIterable<Buffer>,
	encrypter: Encrypter,
	signal?: AbortSignal
): Promise<number> {
	const file = await open(path, 'wx', 0o600);
	let size = 0;
	try {
		await pipeline(
			Readable.from(content, { objectMode: false }),
			createZstdCompress(),
			async function* (source: AsyncIterable<Buffer>) {
				yield* await encrypter.encrypt(asWebStream(source));
			},
			async (source: AsyncIterable<Uint8Array>) => {
				for await (const bytes of source) {
					await file.writeFile(bytes);
					size += bytes.length;
				}
			},
			...(signal === undefined ? [] : [{ signal }])
		);
		await file.sync();
	} catch (error) {
		await file.close();
		await unlink(path);
		throw error;
	}
	await file.close();
	return size;
}

/** What age reads from: pulled only as fast as it is written away. */
function asWebStream(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
	const pieces = source[Symbol.asyncIterator]();
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			const next = await pieces.next();
			if (next.done === true) controller.close();
			else controller.enqueue(next.value);
		},
		async cancel() {
			await pieces.return?.();
		}
	});
}

async function exists(file: string): Promise<boolean> {
	try {
		await stat(file);
		return true;
	} catch (error) {
		if (isMissing(error)) return false;
		throw error;
	}
}

/** Takes away what a backup of the same name left when it was killed. */
async function sweepParts(file: string): Promise<void> {
	const start = `${basename(file)}.`;
	for (const name of await readdir(dirname(file))) {
		const pid = name.startsWith(start) ? /^(\d+)\.part$/.exec(name.slice(start.length))?.[1] : undefined;
		if (pid !== undefined && (Number(pid) === process.pid || processBegan(Number(pid)) === undefined))
			await unlink(join(dirname(file), name));
	}
}
