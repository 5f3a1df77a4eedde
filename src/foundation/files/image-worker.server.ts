import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { heicPixels } from './file-kind.ts';
import type { FileKind } from './file-kind.ts';

/** A picture of someone else is opened in a thread of its own, which is ended when it takes too long. It knows nothing but the picture. */

export interface ImageTask {
	readonly kind: Exclude<FileKind, 'pdf'>;
	readonly bytes: Uint8Array;
	readonly maxPixels: number;
	readonly maxSide: number;
	readonly maxBytes: number;
}

/** `too_many_pixels` is said before a pixel is decoded. */
export type ImageAnswer =
	| { readonly ok: true; readonly bytes: Uint8Array; readonly width: number; readonly height: number }
	| { readonly ok: false; readonly why: 'too_many_pixels' | 'broken' | 'too_large' };

interface HeicImage {
	readonly width: number;
	readonly height: number;
	decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
}
/** It has no types of its own. */
const decodeHeic = createRequire(import.meta.url)('heic-decode') as {
	all(wish: { buffer: Uint8Array }): Promise<HeicImage[] & { dispose(): void }>;
};

// Only these three readers; libvips knows many more.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
sharp.cache(false);
sharp.concurrency(1);

const seconds = 10;

async function open(task: ImageTask): Promise<{ image: Sharp } | { why: 'too_many_pixels' | 'broken' }> {
	if (task.kind === 'heic') {
		const pixels = heicPixels(task.bytes);
		if (pixels === null || pixels === 0) return { why: 'broken' };
		if (pixels > task.maxPixels) return { why: 'too_many_pixels' };
		const images = await decodeHeic.all({ buffer: task.bytes });
		try {
			const [first] = images;
			if (!first) return { why: 'broken' };
			if (first.width * first.height > task.maxPixels) return { why: 'too_many_pixels' };
			const { width, height, data } = await first.decode();
			return { image: sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 4 }, limitInputPixels: task.maxPixels }) };
		} finally {
			images.dispose();
		}
	}
	const image = sharp(task.bytes, { limitInputPixels: task.maxPixels, failOn: 'error', animated: false });
	// Reads the head alone.
	const { width, height } = await sharp(task.bytes, { limitInputPixels: false }).metadata();
	if (width * height > task.maxPixels) return { why: 'too_many_pixels' };
	return { image };
}

async function convert(task: ImageTask): Promise<ImageAnswer> {
	const opened = await open(task);
	if ('why' in opened) return { ok: false, why: opened.why };
	// Turned as it was held, on white, without anything a phone wrote beside the picture: sharp leaves all of that out.
	const upright = opened.image
		.autoOrient()
		.timeout({ seconds })
		.resize({ width: task.maxSide, height: task.maxSide, fit: 'inside', withoutEnlargement: true })
		.flatten({ background: '#ffffff' });
	for (const quality of [80, 60]) {
		const { data, info } = await upright.clone().jpeg({ quality }).toBuffer({ resolveWithObject: true });
		if (data.length <= task.maxBytes) return { ok: true, bytes: new Uint8Array(data), width: info.width, height: info.height };
	}
	return { ok: false, why: 'too_large' };
}

if (parentPort) {
	try {
		parentPort.postMessage(await convert(workerData as ImageTask));
	} catch (error) {
		// Whatever the readers throw, it says of this picture that it cannot be read.
		if (!(error instanceof Error)) throw error;
		parentPort.postMessage({ ok: false, why: 'broken' } satisfies ImageAnswer);
	}
}
