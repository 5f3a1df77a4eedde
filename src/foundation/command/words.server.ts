import type { Tx } from '../database/door.server.ts';
import type { KeyName, Keyring } from '../keyring/keyring.server.ts';

/**
 * Words as one text that no other words give: `part=length:text;` in order of part, `length` in bytes. What is written here may never change:
 * acceptances of years ago are proved with it.
 */
export const canonicalWords = (words: ReadonlyMap<string, string>): string =>
	[...words]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([part, text]) => `${part}=${Buffer.byteLength(text)}:${text};`)
		.join('');

/** The newest words of each part, opened; a part without words is left out. Null when the key is gone. */
export async function openNewestWords(
	tx: Tx,
	keyring: Keyring,
	key: KeyName,
	aboutId: string,
	parts: readonly string[]
): Promise<Map<string, string> | null> {
	const rows = await tx
		.selectFrom('caseWords')
		.distinctOn('part')
		.select(['part', 'wordsId', 'ciphertext'])
		.where('networkId', '=', key.networkId)
		.where('aboutId', '=', aboutId)
		.where('part', 'in', parts)
		.orderBy('part')
		.orderBy('at', 'desc')
		.orderBy('wordsId', 'desc')
		.execute();
	const words = new Map<string, string>();
	for (const { part, wordsId, ciphertext } of rows) {
		const text = await keyring.openWords(key, { aboutId, part, wordsId }, ciphertext);
		if (text === null) return null;
		words.set(part, text);
	}
	return words;
}
