import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FieldCode } from '#foundation/outcome.ts';
import { fileKind } from './file-kind.ts';
import type { ImageAnswer, ImageTask } from './image-worker.server.ts';

/** Largest file that is taken, in bytes: a photo as a phone makes it. */
export const largestUpload = 10_000_000;
/** Largest receipt that is kept, in bytes. */
export const largestReceipt = 5_000_000;
const mostPixels = 50_000_000;
const longestSide = 2_000;
/** How long the thread may work at one picture, in milliseconds, counted from when it began. */
const patience = 20_000;
/** At most so many pictures at once in this process: each may take some hundred megabytes while it is open. */
const atOnce = 2;

export type ReceiptType = 'image/jpeg' | 'application/pdf';

/** A receipt as it is kept: a picture that was drawn anew, or a PDF as it came. */
export interface Receipt {
	readonly mediaType: ReceiptType;
	readonly bytes: Uint8Array;
}
export type ReceiptProblem = Extract<
	FieldCode,
	'required' | 'file_too_large' | 'file_unknown' | 'file_broken' | 'file_slow' | 'image_too_large'
>;

/**
 * Takes a file that someone sends as a receipt, whatever it is called. Pictures (JPEG, PNG, WebP, HEIC) are drawn anew as JPEG of at most 2000
 * pixels a side, without the place and the phone that stood in them; a PDF stays as it is, and is only ever handed out as a download.
 * Of a picture, the number of pixels is read before anything is decoded (at most 50 million).
 * @param milliseconds how long a picture may take, from when its thread begins: then it is `file_slow`, which says nothing of the picture.
 */
export async function takeReceipt(
	bytes: Uint8Array,
	milliseconds = patience
): Promise<{ readonly ok: true; readonly value: Receipt } | { readonly ok: false; readonly code: ReceiptProblem }> {
	if (bytes.length === 0) return { ok: false, code: 'required' };
	if (bytes.length > largestUpload) return { ok: false, code: 'file_too_large' };
	const kind = fileKind(bytes);
	if (kind === null) return { ok: false, code: 'file_unknown' };
	if (kind === 'pdf')
		return bytes.length > largestReceipt
			? { ok: false, code: 'file_too_large' }
			: { ok: true, value: { mediaType: 'application/pdf', bytes } };
	const answer = await inTurn(() =>
		openElsewhere({ kind, bytes, maxPixels: mostPixels, maxSide: longestSide, maxBytes: largestReceipt }, milliseconds)
	);
	if (answer.ok) return { ok: true, value: { mediaType: 'image/jpeg', bytes: answer.bytes } };
	const codes = { too_many_pixels: 'image_too_large', too_large: 'file_too_large', broken: 'file_broken', slow: 'file_slow' } as const;
	return { ok: false, code: codes[answer.why] };
}

/** The program of the thread stands in the source, also when this module was built into the pages. */
const findWorker = (): string => {
	const place = 'src/foundation/files/image-worker.server.ts';
	for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
		const file = path.join(folder, place);
		if (existsSync(file)) return file;
		if (folder === path.dirname(folder)) throw new Error(`${place} is not there`);
	}
};

/** Does a task in a thread of its own, which is ended when it takes longer than `milliseconds`. Waiting for the thread to begin does not count: that is the machine's doing. */
function openElsewhere(task: ImageTask, milliseconds: number): Promise<ImageAnswer | { readonly ok: false; readonly why: 'slow' }> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(findWorker(), {
			workerData: task,
			resourceLimits: { maxOldGenerationSizeMb: 512 },
			stdout: true,
			stderr: true
		});
		let timer: NodeJS.Timeout | undefined;
		const end = (settle: () => void): void => {
			clearTimeout(timer);
			void worker.terminate();
			settle();
		};
		const broken = (): void => end(() => resolve({ ok: false, why: 'broken' }));
		worker.once('online', () => {
			timer = setTimeout(() => end(() => resolve({ ok: false, why: 'slow' })), milliseconds);
		});
		worker.once('message', (answer: ImageAnswer) => end(() => resolve(answer)));
		worker.once('error', (error: NodeJS.ErrnoException) =>
			// Out of memory is the picture's doing; a program that cannot start is ours.
			error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? broken() : end(() => reject(error))
		);
		worker.once('exit', () => broken());
	});
}

let running = 0;
const waiting: (() => void)[] = [];
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
	else running++;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else running--;
	}
}
