/** What a file is, by its content. Its name and what a browser says of it are not asked. */
export type FileKind = 'pdf' | 'jpeg' | 'png' | 'webp' | 'heic';

const startsWith = (bytes: Uint8Array, at: number, text: string): boolean =>
	bytes.length >= at + text.length && [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));

/** Brands of the pictures that phones make (ISO/IEC 23008-12); AVIF and films are none of them. */
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1', 'hevc', 'hevx']);

/** The kind of a file, or null when it is none that is taken here. */
export function fileKind(bytes: Uint8Array): FileKind | null {
	if (startsWith(bytes, 0, '%PDF-')) return 'pdf';
	if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
	if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
	if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return 'webp';
	if (startsWith(bytes, 4, 'ftyp') && heicBrands.has(String.fromCharCode(...bytes.subarray(8, 12)))) return 'heic';
	return null;
}

interface Box {
	readonly type: string;
	/** Its content, without its head. */
	readonly start: number;
	readonly end: number;
}

/** The boxes that stand side by side between two places (ISO/IEC 14496-12). What does not fit its surroundings ends the list. */
function* boxesIn(view: DataView, from: number, until: number): Generator<Box> {
	let at = from;
	while (at + 8 <= until) {
		let size = view.getUint32(at);
		let head = 8;
		if (size === 1 && at + 16 <= until) {
			size = Number(view.getBigUint64(at + 8));
			head = 16;
		} else if (size === 0) size = until - at;
		if (size < head || at + size > until) return;
		const type = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5), view.getUint8(at + 6), view.getUint8(at + 7));
		yield { type, start: at + head, end: at + size };
		at += size;
	}
}

/**
 * How many pixels the largest picture in a HEIC file has, read from its head (`meta/iprp/ipco/ispe`) without decoding anything; null when it does
 * not say.
 */
export function heicPixels(bytes: Uint8Array): number | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let largest: number | null = null;
	for (const meta of boxesIn(view, 0, bytes.length)) {
		if (meta.type !== 'meta') continue;
		// A full box: four bytes of version and flags first.
		for (const iprp of boxesIn(view, meta.start + 4, meta.end)) {
			if (iprp.type !== 'iprp') continue;
			for (const ipco of boxesIn(view, iprp.start, iprp.end)) {
				if (ipco.type !== 'ipco') continue;
				for (const ispe of boxesIn(view, ipco.start, ipco.end)) {
					if (ispe.type !== 'ispe' || ispe.end - ispe.start < 12) continue;
					largest = Math.max(largest ?? 0, view.getUint32(ispe.start + 4) * view.getUint32(ispe.start + 8));
				}
			}
		}
	}
	return largest;
}
