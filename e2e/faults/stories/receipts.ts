import { jpegPhoto, pdfFile } from '../../../src/foundation/files/testing.server.ts';
import type { Cast } from '../story.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Two receipts as they come in: a photo, which is drawn anew, and a PDF of some size, which takes a while to write. */
const receipts: Promise<readonly string[]> = Promise.all([jpegPhoto(640, 480), Promise.resolve(pdfFile(200_000))]).then((files) =>
	files.map(base64)
);

/** A receipt by itself. */
export async function receipt(cast: Cast): Promise<string> {
	const files = await receipts;
	return files[cast.next() % files.length] ?? '';
}

/** A household that nobody else is. */
const household = (cast: Cast) => {
	const number = cast.next();
	return { postcode: '5211 AB', houseNumber: String(1 + (number % 9_000)), birthDate: `19${String(30 + (number % 60))}-02-28` };
};

export const cardPayment = async (cast: Cast, amount: string) => ({
	...{ amount, way: 'card', receipt: await receipt(cast), ...household(cast) }
});

export const transferPayment = async (cast: Cast, amount: string, way: 'transfer' | 'member' = 'transfer') => ({
	...{ amount, way, payee: 'Witgoed', iban: 'NL91ABNA0417164300', reference: `F${cast.next()}` },
	...{ receipt: await receipt(cast), ...household(cast) }
});
