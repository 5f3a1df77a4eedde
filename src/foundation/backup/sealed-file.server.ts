import { createDecipheriv, hkdfSync } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Decrypter } from 'age-encryption';
import { BackupError } from './problem.ts';

/** Bytes of the file that do not decrypt to what was written: from and to, counted from 0. */
export class Damaged extends Error {
	readonly from: number;
	readonly to: number;
	constructor(from: number, to: number, cause?: unknown) {
		super(`damaged from byte ${from} to ${to}`, cause === undefined ? undefined : { cause });
		this.from = from;
		this.to = to;
	}
}

const ageLine = 'age-encryption.org/v1\n';
/** Of the content in one piece; each has its own tag of 16 bytes. */
const chunkSize = 64 * 1024;
const tagSize = 16;
const nonceSize = 16;
/** An age header is a few hundred bytes a recipient, a post-quantum one two thousand. */
const largestHeader = 1024 * 1024;

/**
 * The content of a file in age's format (age-encryption.org/v1), piece by piece, each as it was written and where it was written. We read the pieces
 * ourselves, because only so is known which one is damaged. Throws `Damaged`, or `BackupError` `not_a_backup` or `wrong_key`.
 */
export async function* readSealed(file: string, handle: FileHandle, decrypter: Decrypter): AsyncGenerator<Buffer> {
	const { header, size } = await readHeader(file, handle);
	let fileKey: Uint8Array;
	try {
		fileKey = await decrypter.decryptHeader(header);
	} catch (error) {
		// age has no codes; these are its words for a header that is whole but for someone else.
		if (error instanceof Error && error.message.startsWith('no identity matched')) throw new BackupError('wrong_key', { file }, error);
		throw new Damaged(0, header.length - 1, error);
	}
	const salt = await readAt(handle, header.length, nonceSize);
	const key = Buffer.from(hkdfSync('sha256', fileKey, salt, 'payload', 32));
	let at = header.length + nonceSize;
	if (at >= size) throw new Damaged(header.length, Math.max(size, header.length + 1) - 1);
	for (let number = 0; at < size; number++) {
		const sealed = await readAt(handle, at, chunkSize + tagSize);
		const last = at + sealed.length >= size;
		const content = openChunk(key, number, last, sealed);
		// Only a file without content may end in an empty piece.
		if (content === null || (content.length === 0 && number > 0)) throw new Damaged(at, at + Math.max(sealed.length, 1) - 1);
		yield content;
		at += sealed.length;
	}
}

/** Null when it is not what was sealed as this piece. */
function openChunk(key: Buffer, number: number, last: boolean, sealed: Buffer): Buffer | null {
	if (sealed.length < tagSize) return null;
	const nonce = Buffer.alloc(12);
	nonce.writeUIntBE(number, 5, 6);
	nonce[11] = last ? 1 : 0;
	const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagSize });
	decipher.setAuthTag(sealed.subarray(sealed.length - tagSize));
	const content = decipher.update(sealed.subarray(0, sealed.length - tagSize));
	try {
		decipher.final();
	} catch (error) {
		// Node's word for a tag that does not fit; anything else is a fault of ours.
		if (error instanceof Error && /unable to authenticate/i.test(error.message)) return null;
		throw error;
	}
	return content;
}

async function readHeader(file: string, handle: FileHandle): Promise<{ readonly header: Buffer; readonly size: number }> {
	const found = await handle.stat();
	if (!found.isFile()) throw new BackupError('not_a_backup', { file });
	const head = await readAt(handle, 0, Math.min(largestHeader, found.size));
	if (!head.subarray(0, ageLine.length).equals(Buffer.from(ageLine))) throw new BackupError('not_a_backup', { file });
	const mac = head.indexOf('\n--- ');
	const end = mac === -1 ? -1 : head.indexOf('\n', mac + 1);
	if (end === -1) throw new Damaged(0, head.length - 1);
	return { header: head.subarray(0, end + 1), size: found.size };
}

/** So many bytes, or what is left of the file. */
async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
	const bytes = Buffer.alloc(length);
	let read = 0;
	for (let more = 1; more > 0 && read < length; read += more)
		more = (await handle.read(bytes, read, length - read, position + read)).bytesRead;
	return bytes.subarray(0, read);
}
