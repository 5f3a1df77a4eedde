import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fileKind, heicPixels } from './file-kind.ts';
import { largestUpload, takeReceipt } from './receipt.server.ts';
import { heicBomb, heicPhoto, jpegPhoto, pdfFile, pngBomb } from './testing.server.ts';

const taken = async (bytes: Uint8Array) => {
	const outcome = await takeReceipt(bytes);
	if (!outcome.ok) throw new Error(outcome.code);
	return outcome.value;
};
const refused = async (bytes: Uint8Array): Promise<string | null> => {
	const outcome = await takeReceipt(bytes);
	return outcome.ok ? null : outcome.code;
};

describe('a photo of a receipt', () => {
	test('comes in upright, as JPEG, without the place and the phone that stood in it', async () => {
		const photo = await jpegPhoto();
		expect((await sharp(photo).metadata()).exif).toBeDefined();
		const { mediaType, bytes } = await taken(photo);
		const after = await sharp(bytes).metadata();
		expect({ mediaType, format: after.format, width: after.width, height: after.height, exif: after.exif }).toEqual({
			...{ mediaType: 'image/jpeg', format: 'jpeg', width: 64, height: 96, exif: undefined }
		});
		expect(Buffer.from(bytes).includes('Telefoon')).toBe(false);
	});
	test('is drawn smaller when it is large', async () => {
		const { bytes } = await taken(await jpegPhoto(4032, 3024));
		const { width, height } = await sharp(bytes).metadata();
		expect(Math.max(width, height)).toBe(2000);
	});
	test('of an iPhone (HEIC) becomes a JPEG', async () => {
		const { mediaType, bytes } = await taken(heicPhoto());
		const { format, width, height } = await sharp(bytes).metadata();
		expect({ mediaType, format, width, height }).toEqual({ mediaType: 'image/jpeg', format: 'jpeg', width: 96, height: 64 });
		const [red = 0, , blue = 0] = await sharp(bytes).extract({ left: 30, top: 20, width: 1, height: 1 }).raw().toBuffer();
		expect(blue).toBeGreaterThan(red + 50);
	});
	test.each(['png', 'webp'] as const)('may be %s, see-through is white', async (format) => {
		const image = sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
		const { bytes } = await taken(new Uint8Array(await image.toFormat(format).toBuffer()));
		expect((await sharp(bytes).stats()).dominant.r).toBeGreaterThan(240);
	});
	test('gives the same bytes each time, so that a form that is sent twice is one', async () => {
		const photo = await jpegPhoto();
		expect(await taken(photo)).toEqual(await taken(photo));
	});
});

describe('a PDF', () => {
	test('stays as it is, whatever it was called', async () => {
		const { mediaType, bytes } = await taken(pdfFile());
		expect(mediaType).toBe('application/pdf');
		expect(bytes).toEqual(pdfFile());
	});
	test('of more than 5 MB is refused', async () => expect(await refused(pdfFile(5_000_001))).toBe('file_too_large'));
});

describe('what is not what it seems', () => {
	test('40 MB is refused before anything is looked at', async () => {
		const large = new Uint8Array(40_000_000);
		large.set(await jpegPhoto());
		expect(await refused(large)).toBe('file_too_large');
		expect(await refused(large.subarray(0, largestUpload + 1))).toBe('file_too_large');
	});
	test.each([
		['a PNG', pngBomb()],
		['a HEIC', heicBomb()]
	])('%s that says it has 3,600,000,000 pixels is refused by its head, at once', async (_, bomb) => {
		const started = performance.now();
		expect(await refused(bomb)).toBe('image_too_large');
		expect(performance.now() - started).toBeLessThan(10_000);
	});
	test('a real picture of 56 million pixels is refused too', async () => {
		const wide = await sharp({ create: { width: 8_000, height: 7_000, channels: 3, background: '#fff' } })
			.png()
			.toBuffer();
		expect(await refused(new Uint8Array(wide))).toBe('image_too_large');
	});
	test('an empty file, a web page, a drawing and a program are no receipt', async () => {
		expect(await refused(new Uint8Array())).toBe('required');
		for (const text of ['<!doctype html><script>alert(1)</script>', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'MZ\x90\0', 'GIF89a'])
			expect(await refused(new TextEncoder().encode(text))).toBe('file_unknown');
	});
	test('half a photo, and a head without a picture, are broken', async () => {
		const photo = await jpegPhoto(800, 600);
		expect(await refused(photo.subarray(0, photo.length >> 1))).toBe('file_broken');
		expect(await refused(heicPhoto().subarray(0, 400))).toBe('file_broken');
		expect(await refused(heicPhoto().subarray(0, 12))).toBe('file_broken');
		expect(await refused(new TextEncoder().encode('RIFF\0\0\0\0WEBPonzin'))).toBe('file_broken');
	});
	test('a picture that took too long is not called broken', async () => {
		const outcome = await takeReceipt(await jpegPhoto(4032, 3024), 1);
		expect(outcome.ok ? null : outcome.code).toBe('file_slow');
	});
	test('many at once wait their turn', async () => {
		const photo = await jpegPhoto();
		expect(new Set(await Promise.all(Array.from({ length: 5 }, () => refused(photo))))).toEqual(new Set([null]));
	});
});

test('the kind of a file is read from its first bytes, and of a HEIC its size from its head', async () => {
	expect([fileKind(pdfFile()), fileKind(await jpegPhoto()), fileKind(heicPhoto()), fileKind(pngBomb())]).toEqual([
		'pdf',
		'jpeg',
		'heic',
		'png'
	]);
	expect(heicPixels(heicPhoto())).toBe(96 * 64);
	expect(heicPixels(heicBomb())).toBe(3_600_000_000);
	expect(heicPixels(pdfFile())).toBeNull();
});
