import sharp from 'sharp';

/** Files for tests: good ones, and ones that are not what they seem. */

/** A picture of 96 by 64 as a telephone makes it, with the place where it was taken (made with libheif 1.15 and x265). */
export const heicPhoto = (): Uint8Array => new Uint8Array(Buffer.from(heicText, 'base64'));
const heicText =
	'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAYBtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAANGlsb2MAAAAAREAAAgAB' +
	'AAAAAAGkAAEAAAAAAAAAWwACAAAAAAH/AAEAAAAAAAABEAAAADhpaW5mAAAAAAACAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAFWluZmUCAAABAAIAAEV4aWYAAAAAv2lwcnAAAAChaXBj' +
	'bwAAAHVodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQAoQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubAgAAAMACAAAAwAI' +
	'QCIAAQAHRAHBcrAiQAAAABRpc3BlAAAAAAAAAGAAAABAAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAoMAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAXNtZGF0' +
	'AAAAVygBrxmAwj0jr2u+yMyby0yKeJmcqWjyKdpuvR+uaup03jW4EGEbulQfxPljZso632mgWUNAtDxi6f7f6SCM1zYc8iqFOs5HpNbhuLYCzbavxFpT7FOkCAAAAABJSSoACAAAAAgA' +
	'EAECAAkAAAB+AAAAEgEDAAEAAAABAAAAGgEFAAEAAABuAAAAGwEFAAEAAAB2AAAAKAEDAAEAAAACAAAAEwIDAAEAAAABAAAAaYcEAAEAAACIAAAAJYgEAAEAAADWAAAAAAAAADhjAADo' +
	'AwAAOGMAAOgDAABUZWxlZm9vbgAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAAGAAAAADoAQAAQAAAEAAAAAAAAAAAgABAAIA' +
	'AgAAAE4AAAACAAUAAwAAAPQAAAAAAAAAMwAAAAEAAAApAAAAAQAAAAAAAAABAAAA';

/** A photo with the place and the phone in it, held on its side. */
export const jpegPhoto = async (width = 96, height = 64): Promise<Uint8Array> =>
	new Uint8Array(
		await sharp({ create: { width, height, channels: 3, background: '#fbf8f0' } })
			.withExif({ IFD0: { Model: 'Telefoon' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 41/1 0/1' } })
			.withMetadata({ orientation: 6 })
			.jpeg()
			.toBuffer()
	);

export const pdfFile = (size = 400): Uint8Array => {
	const bytes = new Uint8Array(size).fill(0x20);
	bytes.set(new TextEncoder().encode('%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF'));
	return bytes;
};

/** A PNG that says it is as large as this and holds next to nothing: decoding it would take gigabytes. */
export function pngBomb(width = 60_000, height = 60_000): Uint8Array {
	const bytes = new Uint8Array(pngDot());
	const view = new DataView(bytes.buffer);
	view.setUint32(16, width);
	view.setUint32(20, height);
	view.setUint32(29, crc32(bytes.subarray(12, 29)));
	return bytes;
}
const pngDot = (): Buffer =>
	Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** The same picture saying that it has 60,000 by 60,000 pixels. */
export function heicBomb(): Uint8Array {
	const bytes = heicPhoto();
	const at = Buffer.from(bytes).indexOf('ispe');
	const view = new DataView(bytes.buffer);
	view.setUint32(at + 8, 60_000);
	view.setUint32(at + 12, 60_000);
	return bytes;
}

function crc32(bytes: Uint8Array): number {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}
