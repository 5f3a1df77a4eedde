/**
 * What a backup is inside: a first line, then frames of one type byte, four bytes length (big endian) and that many bytes.
 * `H` header, then for each table `T` its name, any number of `D` rows as PostgreSQL's COPY text, `E` its count and digest; last `Z`.
 * Around it stand zstd and then age, so that `age --decrypt -i KEY | zstd -d` shows it without us.
 */
export const firstLine: Buffer = Buffer.from('loopplank backup\n');

/** Raised when a product of today could no longer read it. */
export const formatVersion = 1;

/** Bytes of rows in one frame, about. */
export const dataSize: number = 64 * 1024;

/** No frame is longer; a row may be as long as PostgreSQL's largest value. */
const largestFrame = 1024 ** 3;

export type FrameType = 'H' | 'T' | 'D' | 'E' | 'Z';
export interface Frame {
	readonly type: FrameType;
	readonly payload: Buffer;
}

export interface BackupTable {
	readonly schema: string;
	readonly name: string;
	readonly columns: readonly string[];
	readonly rows: number;
}

/** The header frame. Later formats keep `format` and `product` where they are, so that this product can say what it needs. */
export interface BackupHeader {
	readonly format: number;
	/** Version of the product that made it. */
	readonly product: string;
	/** ISO 8601, UTC. */
	readonly madeAt: string;
	/** Epoch of the log; a restore begins the next. */
	readonly epoch: number;
	/** The migrations the database had had, in order. */
	readonly migrations: readonly { readonly number: number; readonly name: string; readonly sha256: string }[];
	/** In an order in which they can be loaded. */
	readonly tables: readonly BackupTable[];
}

/** The end of a table: its rows, the bytes of its rows, and their SHA-256 in hex. */
export interface TableEnd {
	readonly rows: number;
	readonly bytes: number;
	readonly sha256: string;
}

/** The last frame: SHA-256 in hex over everything before it. */
export interface Trailer {
	readonly tables: number;
	readonly rows: number;
	readonly sha256: string;
}

export const tableName = (table: { readonly schema: string; readonly name: string }): string => `${table.schema}.${table.name}`;

export function encodeFrame(type: FrameType, payload: Buffer | object): Buffer {
	const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
	const head = Buffer.alloc(5);
	head.write(type, 0, 'latin1');
	head.writeUInt32BE(body.length, 1);
	return Buffer.concat([head, body]);
}

/** What is no backup, or not by these rules. */
export class FormError extends Error {}

const isFrameType = (type: string): type is FrameType => type.length === 1 && 'HTDEZ'.includes(type);

/** Reads frames from bytes as they come, with the raw bytes of each. Throws `FormError` when they follow no rule or stop half way. */
export async function* decodeFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame & { readonly raw: Buffer }> {
	let waiting: Buffer[] = [];
	let size = 0;
	const take = (length: number): Buffer => {
		const all = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : Buffer.concat(waiting);
		waiting = all.length > length ? [all.subarray(length)] : [];
		size -= length;
		return all.subarray(0, length);
	};
	let begun = false;
	let head: { readonly type: FrameType; readonly length: number; readonly raw: Buffer } | undefined;
	for await (const bytes of source) {
		waiting.push(bytes);
		size += bytes.length;
		if (!begun) {
			if (size < firstLine.length) continue;
			if (!take(firstLine.length).equals(firstLine)) throw new FormError('first line');
			begun = true;
		}
		for (;;) {
			if (head === undefined) {
				if (size < 5) break;
				const raw = take(5);
				const type = raw.toString('latin1', 0, 1);
				const length = raw.readUInt32BE(1);
				if (!isFrameType(type) || length > largestFrame) throw new FormError('frame');
				head = { type, length, raw };
			}
			if (size < head.length) break;
			const payload = take(head.length);
			yield { type: head.type, payload, raw: Buffer.concat([head.raw, payload]) };
			head = undefined;
		}
	}
	if (!begun || head !== undefined || size > 0) throw new FormError('cut off');
}
