/** A text in which look-alike characters are made plain, with the way back to where each stood in the original. */
export interface FoldedText {
	readonly text: string;
	/** Index in the original of the character at `index` of the folded text. */
	at(index: number): number;
}

const ascii = /^[\0-\x7f]*$/;
const digit = /^\p{Nd}$/u;
const invisible = /^\p{Cf}$/u;
const dash = /^[\p{Pd}\u2212]$/u;
const lineBreak = /^[\u2028\u2029\u0085]$/;
const space = /^\s$/;

/**
 * Digits of every script become 0-9, full-width letters and signs become plain ones, dashes `-`, spaces ` `; invisible characters
 * (zero-width, soft hyphen, direction marks) fall away. Line breaks stay.
 */
export function foldText(original: string): FoldedText {
	if (ascii.test(original)) return { text: original, at: (index) => index };
	const places: number[] = [];
	let text = '';
	let place = 0;
	for (const character of original) {
		const plain = character <= '\x7f' ? character : foldCharacter(character);
		if (plain !== '') {
			// A character outside the basic plane is two places long in the original and stays so when it was not folded.
			for (let i = 0; i < plain.length; i++) places.push(place + i);
			text += plain;
		}
		place += character.length;
	}
	return { text, at: (index) => places[index] ?? original.length };
}

function foldCharacter(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
	if (digit.test(character)) return String(digitValue(code));
	if (invisible.test(character)) return '';
	if (dash.test(character)) return '-';
	if (lineBreak.test(character)) return '\n';
	if (space.test(character)) return ' ';
	return character;
}

/** Unicode gives each script its decimal digits as one run of ten, zero first; some runs lie against each other. */
function digitValue(code: number): number {
	let first = code;
	while (digit.test(String.fromCodePoint(first - 1))) first--;
	return (code - first) % 10;
}
