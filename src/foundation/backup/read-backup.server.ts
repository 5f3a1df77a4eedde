import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import type { Progress } from './backup.server.ts';
import { decodeFrames, FormError, formatVersion, tableName } from './frames.ts';
import type { BackupHeader, BackupTable, Frame } from './frames.ts';
import { decrypterFor } from './keys.server.ts';
import { asOutcome, BackupError } from './problem.ts';
import type { BackupOutcome } from './problem.ts';
import { Damaged, readSealed } from './sealed-file.server.ts';
import { RowTally } from './snapshot.server.ts';

/** What a backup holds, in its order. Rows are COPY text; a piece may end in the middle of a row. */
export type BackupPart =
	| { readonly kind: 'header'; readonly header: BackupHeader }
	| { readonly kind: 'table'; readonly table: BackupTable }
	| { readonly kind: 'rows'; readonly bytes: Buffer; readonly table: BackupTable }
	| { readonly kind: 'end'; readonly table: BackupTable; readonly sha256: string };

const count = z.number().int().nonnegative();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().min(1);
const headerSchema: z.ZodType<BackupHeader> = z.object({
	format: z.literal(formatVersion),
	product: text,
	madeAt: z.iso.datetime(),
	epoch: z.number().int().positive(),
	migrations: z.array(z.object({ number: z.number().int().positive(), name: text, sha256: digest })).min(1),
	tables: z.array(z.object({ schema: text, name: text, columns: z.array(text).min(1), rows: count }))
});
/** What every format keeps. */
const anyHeaderSchema = z.object({ format: z.number().int().positive(), product: text });
const tableSchema = z.object({ table: text });
const endSchema = z.object({ rows: count, bytes: count, sha256: digest });
const trailerSchema = z.object({ tables: count, rows: count, sha256: digest });

/**
 * Reads a backup and checks it as it goes: what was yielded is as it was made, and the end is reached only by a whole file.
 * Throws `BackupError` `unreadable`, `bad_identity`, `not_a_backup`, `wrong_key`, `newer_format`, or `damaged` with the place.
 */
export async function* readBackup(file: string, identities: readonly string[]): AsyncGenerator<BackupPart> {
	const decrypter = decrypterFor(identities, file);
	const handle = await openFile(file);
	let begun = false;
	let table: string | undefined;
	try {
		for await (const part of checkFrames(decodeFrames(unpack(Readable.from(readSealed(file, handle, decrypter), { objectMode: false }))))) {
			begun = true;
			if ('table' in part) table = tableName(part.table);
			yield part;
		}
	} catch (error) {
		if (error instanceof NewerFormat) throw new BackupError('newer_format', { file, product: error.product });
		if (error instanceof Damaged) throw new BackupError('damaged', { file, from: error.from, to: error.to, table: table ?? 'none' }, error);
		// Whole by its encryption, but not by our rules: no backup, or one that someone put together by hand.
		if (error instanceof FormError && !begun) throw new BackupError('not_a_backup', { file }, error);
		if (error instanceof FormError) throw new BackupError('damaged', { file, from: 'none', to: 'none', table: table ?? 'none' }, error);
		throw error;
	} finally {
		await handle.close();
	}
}

async function openFile(file: string): Promise<FileHandle> {
	try {
		return await open(file, 'r');
	} catch (error) {
		throw new BackupError('unreadable', { file, why: error instanceof Error ? error.message : String(error) }, error);
	}
}

async function* checkFrames(frames: AsyncIterable<Frame & { readonly raw: Buffer }>): AsyncGenerator<BackupPart> {
	const all = createHash('sha256').update('loopplank backup\n');
	let header: BackupHeader | undefined;
	let next = 0;
	let rows = 0;
	let current: { readonly table: BackupTable; readonly tally: RowTally } | undefined;
	let ended = false;
	for await (const frame of frames) {
		if (ended) throw new FormError('something behind the end');
		if (header === undefined) {
			header = parseHeader(frame);
			yield { kind: 'header', header };
		} else if (frame.type === 'T' && current === undefined) {
			const table = header.tables[next++];
			if (table === undefined || parse(tableSchema, frame).table !== tableName(table)) throw new FormError('table out of order');
			current = { table, tally: new RowTally() };
			yield { kind: 'table', table };
		} else if (frame.type === 'D' && current !== undefined) {
			current.tally.add(frame.payload);
			yield { kind: 'rows', bytes: frame.payload, table: current.table };
		} else if (frame.type === 'E' && current !== undefined) {
			const said = parse(endSchema, frame);
			const found = current.tally.end();
			if (found.rows !== said.rows || found.bytes !== said.bytes || found.sha256 !== said.sha256 || found.rows !== current.table.rows)
				throw new FormError('rows differ');
			rows += found.rows;
			yield { kind: 'end', table: current.table, sha256: found.sha256 };
			current = undefined;
		} else if (frame.type === 'Z' && current === undefined) {
			const said = parse(trailerSchema, frame);
			if (said.sha256 !== all.digest('hex') || said.tables !== next || next !== header.tables.length || said.rows !== rows)
				throw new FormError('end differs');
			ended = true;
		} else throw new FormError('frame out of order');
		if (!ended) all.update(frame.raw);
	}
	if (!ended) throw new FormError('no end');
}

class NewerFormat extends Error {
	readonly product: string;
	constructor(product: string) {
		super('newer format');
		this.product = product;
	}
}

function parseHeader(frame: Frame): BackupHeader {
	if (frame.type !== 'H') throw new FormError('no header');
	const any = parse(anyHeaderSchema, frame);
	if (any.format > formatVersion) throw new NewerFormat(any.product);
	return parse(headerSchema, frame);
}

function parse<T>(schema: z.ZodType<T>, frame: Frame): T {
	let json: unknown;
	try {
		json = JSON.parse(frame.payload.toString('utf8'));
	} catch (error) {
		throw new FormError('not JSON', { cause: error });
	}
	const parsed = schema.safeParse(json);
	if (!parsed.success) throw new FormError(`frame ${frame.type}`, { cause: parsed.error });
	return parsed.data;
}

async function* unpack(packed: Readable): AsyncGenerator<Buffer> {
	const unzipped = createZstdDecompress();
	packed.once('error', (error) => unzipped.destroy(error));
	packed.pipe(unzipped);
	try {
		for await (const bytes of unzipped) yield bytes as Buffer;
	} catch (error) {
		// Bytes that are as they were made and yet no zstd were made by something else.
		if (error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD_'))
			throw new FormError('no zstd', { cause: error });
		throw error;
	} finally {
		packed.destroy();
		unzipped.destroy();
	}
}

export interface VerifiedBackup {
	readonly header: BackupHeader;
	readonly tables: readonly { readonly table: string; readonly rows: number; readonly sha256: string }[];
	readonly rows: number;
}

/**
 * Reads a whole backup without keeping any of it: whether it is as it was made, and if not, where.
 * Problems: those of `readBackup`.
 */
export const verifyBackup = (
	file: string,
	identities: readonly string[],
	onProgress?: (progress: Progress) => void
): Promise<BackupOutcome<VerifiedBackup>> =>
	asOutcome(async () => {
		let header: BackupHeader | undefined;
		const tables: { table: string; rows: number; sha256: string }[] = [];
		let rows = 0;
		for await (const part of readBackup(file, identities)) {
			if (part.kind === 'header') header = part.header;
			if (part.kind !== 'end') continue;
			rows += part.table.rows;
			tables.push({ table: tableName(part.table), rows: part.table.rows, sha256: part.sha256 });
			onProgress?.({ rows, of: header?.tables.reduce((sum, table) => sum + table.rows, 0) ?? rows, table: tableName(part.table) });
		}
		if (header === undefined) throw new Error('a backup was read to its end without a header');
		return { header, tables, rows };
	});
