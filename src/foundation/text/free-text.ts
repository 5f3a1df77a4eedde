import { findPersonalData } from './personal-data.ts';
import type { PersonalData } from './personal-data.ts';

/** What the product does with personal data in any free text: a BSN is refused, the rest is pointed out and left to the writer. */
export interface FreeTextCheck {
	/** Field codes; the text is not stored when there is one. */
	readonly errors: readonly ('bsn' | 'null_byte')[];
	/** IBAN, phone, e-mail, postcode with house number: shown as a question, "is this needed here?". */
	readonly warnings: readonly PersonalData[];
}

/**
 * Checks a free text before it is stored. `bsn`: holds a BSN, in any spacing (may not be processed here: Wabb, article 10).
 * `null_byte`: holds a character that a database and a JSON document cannot carry (U+0000, half a surrogate pair).
 */
export function checkFreeText(text: string): FreeTextCheck {
	const found = findPersonalData(text);
	const errors: ('bsn' | 'null_byte')[] = [];
	if (found.some((item) => item.kind === 'bsn')) errors.push('bsn');
	if (!isStorable(text)) errors.push('null_byte');
	return { errors, warnings: found.filter((item) => item.kind !== 'bsn') };
}

/** False when the text holds a null byte or half a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text);

/** Length as people count: code points, so that an emoji outside the basic plane is one. */
export function countCharacters(text: string): number {
	let count = 0;
	for (const _ of text) count++;
	return count;
}
